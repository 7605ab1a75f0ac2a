//! What one mock is set to: fixtures, times, policies, defects. Plain data; starts nothing.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::mock::defect::{self, Arming, DEFECTS, Defect};
use crate::mock::fault::FaultPlan;
use crate::mock::fixture::{Fixtures, Pace};
use crate::mock::noise::{NOISES, Noise};
use crate::mock::policy::{POLICIES, Policies};
use crate::mock::protocol::Operation;

/// Which calls of a long poll need the bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectAuth {
    /// Every call.
    Required,
    /// The initial call alone.
    InitialOnly,
}

impl RedirectAuth {
    /// The words for them.
    pub(super) const WORDS: [(&str, Self); 2] =
        [("required", Self::Required), ("initial-only", Self::InitialOnly)];
}

/// Everything that decides how a mock behaves.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// Processes, triggers and who may use them.
    pub fixtures: Arc<Fixtures>,
    /// How long a waiting call is held before it is redirected.
    pub hold: Duration,
    /// The longest life of a job that a caller waits for.
    pub cap: Duration,
    /// Which calls of a long poll need the bearer.
    pub redirect_auth: RedirectAuth,
    /// The open choices.
    pub policies: Policies,
    /// The deliberate violations, and when each of them strikes.
    pub defects: Vec<(&'static Defect, Arming)>,
    /// What happens to calls on their way.
    pub faults: FaultPlan,
    /// The harmless differences, in the order of their table.
    pub noises: Vec<&'static Noise>,
    /// The source of every id and of every chance.
    pub seed: u64,
    /// The wall time at which the mock starts.
    pub epoch: Timestamp,
    /// Whether the listener for hooks answers; without it every operation is unsupported.
    pub hooks: bool,
    /// The origin of absolute references; absent: the one that the caller addressed.
    pub base: Option<String>,
    /// Whether a request to where nothing is served is a client's violation.
    pub strict: bool,
}

impl Configuration {
    /// For virtual time: long holds and jobs, which cost nothing there.
    pub fn embedded() -> Self {
        const EPOCH: i64 = 1_593_412_192;
        Self {
            fixtures: Arc::new(Fixtures::at(Pace::Embedded)),
            hold: Duration::from_secs(25),
            cap: Duration::from_mins(15),
            redirect_auth: RedirectAuth::Required,
            policies: Policies::default(),
            defects: Vec::new(),
            faults: FaultPlan::default(),
            noises: Vec::new(),
            seed: 0,
            epoch: Timestamp::constant(EPOCH, 0),
            hooks: true,
            base: None,
            strict: false,
        }
    }

    /// For real time over sockets: everything ends within seconds.
    pub fn quick() -> Self {
        Self {
            fixtures: Arc::new(Fixtures::at(Pace::Quick)),
            hold: Duration::from_millis(400),
            cap: Duration::from_secs(4),
            ..Self::embedded()
        }
    }

    /// The same mock with one policy set by its text.
    pub fn with_policy(mut self, key: &str, value: &str) -> Result<Self, ConfigurationError> {
        self.policies.set(key, value)?;
        Ok(self)
    }

    /// The same mock with one more defect: `ID`, `ID@nth:3` or `ID@chance:0.02`.
    pub fn with_defect(mut self, text: &str) -> Result<Self, ConfigurationError> {
        let (id, arming) = text.split_once('@').map_or((text, None), |(id, arming)| (id, Some(arming)));
        let defect =
            DEFECTS.iter().find(|defect| defect.id == id).ok_or_else(|| ConfigurationError::defect(id))?;
        let arming = match arming {
            Some(text) => Arming::parse(text).ok_or_else(|| ConfigurationError::arming(text))?,
            None => defect.arming,
        };
        self.defects.push((defect, arming));
        Ok(self)
    }

    /// The same mock with one more noise.
    pub fn with_noise(mut self, id: &str) -> Result<Self, ConfigurationError> {
        if !NOISES.iter().any(|noise| noise.id == id) {
            return Err(ConfigurationError::noise(id));
        }
        let wanted =
            |noise: &&'static Noise| noise.id == id || self.noises.iter().any(|own| own.id == noise.id);
        self.noises = NOISES.iter().filter(wanted).collect();
        Ok(self)
    }

    /// The same mock with the tenant's switch for calls that follow a redirect.
    #[must_use]
    pub fn with_redirect_auth(self, redirect_auth: RedirectAuth) -> Self {
        Self { redirect_auth, ..self }
    }

    /// The same mock with the task queue, the triggers, or both.
    #[must_use]
    pub fn speaking(mut self, elma: bool, uipath: bool) -> Self {
        let fixtures = Arc::make_mut(&mut self.fixtures);
        if !elma {
            fixtures.systems.clear();
            fixtures.processes.clear();
        }
        if !uipath {
            fixtures.bearers.clear();
            fixtures.triggers.clear();
        }
        self
    }

    /// The same mock with these faults and no others.
    #[must_use]
    pub fn with_faults(self, faults: FaultPlan) -> Self {
        Self { faults, ..self }
    }

    /// Whether calls about this can come to anything.
    pub fn serves(&self, operation: Operation) -> bool {
        let fixtures = &self.fixtures;
        if operation.is_elma() { !fixtures.processes.is_empty() } else { !fixtures.triggers.is_empty() }
    }

    /// The same mock with another seed.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }
}

/// A setting that does not exist. Its text says which, and what there is instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigurationError(String);

impl ConfigurationError {
    pub(super) fn policy(key: &str, value: &str) -> Self {
        let Some((_, values)) = POLICIES.iter().find(|(known, _)| *known == key) else {
            let keys: Vec<_> = POLICIES.iter().map(|(key, _)| *key).collect();
            return Self(format!("the mock has no policy `{key}`; there are {}", keys.join(", ")));
        };
        Self(format!("the mock does not play `{key}` as {value:?}; it plays {}", values.join(", ")))
    }

    fn defect(id: &str) -> Self {
        let clause = id.split('/').next().unwrap_or(id);
        let near: Vec<_> =
            DEFECTS.iter().filter(|defect| defect.id.starts_with(clause)).map(|defect| defect.id).collect();
        if near.is_empty() {
            return Self(format!("there is no defect `{id}`; `list defects` shows all of them"));
        }
        Self(format!("there is no defect `{id}`; the clause has {}", near.join(", ")))
    }

    fn noise(id: &str) -> Self {
        let ids: Vec<_> = NOISES.iter().map(|noise| noise.id).collect();
        Self(format!("the mock has no noise `{id}`; there are {}", ids.join(", ")))
    }

    fn arming(text: &str) -> Self {
        Self(format!("a defect cannot be armed with `{text}`; write one of {}", defect::ARMINGS.join(", ")))
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for ConfigurationError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::policy::Location;

    #[test]
    fn a_policy_is_set_by_its_text() {
        let configuration = Configuration::embedded().with_policy("location", "relative").unwrap();
        assert_eq!(configuration.policies.location, Location::Relative);
    }

    #[test]
    fn an_unknown_value_names_the_ones_that_exist() {
        let error = Configuration::embedded().with_policy("foreign_read", "none").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the mock does not play `foreign_read` as \"none\"; it plays allow, deny"
        );
    }

    #[test]
    fn an_unknown_defect_names_its_neighbours() {
        let error = Configuration::embedded().with_defect("UIP-ASYNC-11/nonsense").unwrap_err();
        assert!(error.to_string().contains("UIP-ASYNC-11/302-instead-of-303"), "{error}");
    }

    #[test]
    fn a_defect_can_be_armed_in_its_text() {
        let configuration =
            Configuration::embedded().with_defect("UIP-ASYNC-11/302-instead-of-303@nth:2").unwrap();
        assert_eq!(configuration.defects[0].1, Arming::Nth(2));
    }
}
