//! The registry of defects checked against itself: each one shows on the wire, and first where it says it does.
//!
//! A fixed walk through both protocols is played on the clean mock and on one with the defect. It judges nothing:
//! two transcripts are equal, or they are not.

mod walk;

use std::collections::BTreeSet;

use super::defect::{Arming, Aspect, Defect, Operation};
use super::{Configuration, RedirectAuth};
use walk::Seen;

/// The transcript of the clean mock, for others to be compared with.
pub struct SelfCheck {
    clean: Vec<Seen>,
}

impl SelfCheck {
    /// Plays the walk on the clean mock, twice: the error says that it does not repeat itself.
    pub fn begin() -> Result<Self, String> {
        let (clean, again) = (play(None)?, play(None)?);
        match first_difference(&clean, &again) {
            None => Ok(Self { clean }),
            Some((seen, _)) => Err(format!("the clean mock does not repeat itself: {}", seen.what)),
        }
    }

    /// Why a defect does not do what its entry says; `None` if it does.
    pub fn object(&self, defect: &'static Defect) -> Result<Option<String>, String> {
        let transcript = play(Some(defect))?;
        let Some((expected, found)) = first_difference(&self.clean, &transcript) else {
            return Ok(Some("nothing differs from the clean mock".to_owned()));
        };
        let differs = aspects(expected, found);
        let declares = |operation: Operation| {
            let declared = defect.affects.iter().filter(move |(affected, _)| *affected == operation);
            declared.map(|(_, aspect)| aspect.word()).any(|aspect| differs.contains(aspect))
        };
        let shown_by_jobs = defect.affects.iter().any(|(_, aspect)| *aspect == Aspect::State);
        if shown_by_jobs || found.operation.is_some_and(declares) {
            return Ok(None);
        }
        let differs: Vec<&str> = differs.into_iter().collect();
        Ok(Some(format!("differs first in {}, which it does not say: {}", differs.join(", "), found.what)))
    }
}

fn first_difference<'a>(clean: &'a [Seen], other: &'a [Seen]) -> Option<(&'a Seen, &'a Seen)> {
    clean.iter().zip(other).find(|(clean, other)| clean.reply != other.reply)
}

/// What one exchange of the clean and of the deviating transcript differ in.
fn aspects(clean: &Seen, other: &Seen) -> BTreeSet<&'static str> {
    let (clean, other) = (&clean.reply, &other.reply);
    let differences = [
        (Aspect::Status, clean.status != other.status || clean.at("/status") != other.at("/status")),
        (Aspect::Header, clean.headers != other.headers),
        (Aspect::Body, clean.body != other.body),
        (Aspect::Timing, clean.took != other.took),
    ];
    differences.into_iter().filter(|(_, differs)| *differs).map(|(aspect, _)| aspect.word()).collect()
}

/// The walk with each value of the tenant's switch, on a clock that jumps.
fn play(defect: Option<&'static Defect>) -> Result<Vec<Seen>, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = runtime.map_err(|error| format!("no runtime can be started: {error}"))?;
    let mut seen = Vec::new();
    for switch in [RedirectAuth::Required, RedirectAuth::InitialOnly] {
        let mut configuration = Configuration::embedded().with_redirect_auth(switch);
        configuration.defects.extend(defect.map(|defect| (defect, Arming::Always)));
        seen.extend(runtime.block_on(walk::play(configuration)));
    }
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::DEFECTS;

    #[test]
    fn a_defect_that_is_never_there_is_objected_to() {
        let silent = Defect { affects: &[], ..DEFECTS[0] };
        let objection = SelfCheck::begin().unwrap().object(Box::leak(Box::new(silent))).unwrap();
        assert_eq!(objection.unwrap(), "nothing differs from the clean mock");
    }

    #[test]
    fn every_defect_shows_first_where_it_says() {
        let check = SelfCheck::begin().unwrap();
        let object = |defect| Some(format!("{defect:?}: {}", check.object(defect).unwrap()?));
        let objections: Vec<String> = DEFECTS.iter().filter_map(object).collect();
        assert!(objections.is_empty(), "\n{}", objections.join("\n"));
    }
}
