//! A target file as a whole.

use std::time::Duration;

use super::{
    Callback, Disturbances, Hooks, Identity, Limits, Masks, Principal, Protocol, Proxying, Secret, Timing,
    Tls,
};
use crate::http::url::Url;

/// The implementation under test, as its target file describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Who made it.
    pub identity: Identity,
    /// The protocols it speaks, in file order.
    pub protocols: Vec<Protocol>,
    /// How TLS connections are made.
    pub tls: Tls,
    /// The proxies on the way.
    pub proxying: Proxying,
    /// Paces and tolerances.
    pub timing: Timing,
    /// Where its calls are taken.
    pub callback: Callback,
    /// What a run may ask of it.
    pub limits: Limits,
    /// What is tolerated of the infrastructure before it.
    pub disturbances: Disturbances,
    /// How it is put into a state.
    pub hooks: Hooks,
}

/// A length of time that scenarios can name behind `target.`; none if the target file declares it absent.
type Named = (&'static str, fn(&Target, &Protocol) -> Option<Duration>);

const DURATIONS: [Named; 8] = [
    ("poll", |target, _| Some(target.timing.poll)),
    ("prompt", |target, _| Some(target.timing.prompt)),
    ("lag", |target, _| Some(target.timing.lag)),
    ("skew", |target, _| Some(target.timing.skew)),
    ("margin", |target, _| Some(target.timing.margin)),
    ("hold.at_least", |_, protocol| protocol.hold.map(|hold| hold.at_least)),
    ("hold.at_most", |_, protocol| protocol.hold.map(|hold| hold.at_most)),
    ("cap", |_, protocol| protocol.cap.and_then(super::Cap::duration)),
];

impl Target {
    /// What the target file says about a protocol, if it speaks it.
    pub fn protocol(&self, profile: &str) -> Option<&Protocol> {
        self.protocols.iter().find(|protocol| protocol.profile == profile)
    }

    /// The names that scenarios can write behind `target.`.
    pub fn duration_names() -> impl Iterator<Item = &'static str> {
        DURATIONS.into_iter().map(|(name, _)| name)
    }

    /// The length of time of that name, as a profile's scenarios see it.
    pub fn duration(&self, profile: &str, name: &str) -> Option<Duration> {
        let (_, read) = DURATIONS.into_iter().find(|(own, _)| *own == name)?;
        read(self, self.protocol(profile)?)
    }

    /// Every secret of the file.
    pub fn secrets(&self) -> impl Iterator<Item = &Secret> {
        let principals = self.protocols.iter().flat_map(|protocol| &protocol.principals);
        let known = principals.filter_map(|(_, principal)| match principal {
            Principal::Known(secret) => Some(secret),
            Principal::Absent => None,
        });
        let hooks = match &self.hooks {
            Hooks::Url(_, token) => token.as_ref(),
            Hooks::None | Hooks::Command(_) => None,
        };
        known.chain(hooks).chain(&self.proxying.secrets)
    }

    /// What hides them from every sink.
    pub fn masks(&self) -> Masks {
        Masks::new(self.secrets())
    }

    /// Moves every protocol to `origin` (`http://127.0.0.1:4711`) and the hooks to theirs, keeping the paths.
    ///
    /// For the built-in target, whose ports are known only once its mock listens.
    pub fn place_at(&mut self, origin: &str, hooks_origin: &str) -> Result<(), &'static str> {
        for protocol in &mut self.protocols {
            protocol.base = moved(&protocol.base, origin)?;
        }
        if let Hooks::Url(url, _) = &mut self.hooks {
            *url = moved(url, hooks_origin)?;
        }
        Ok(())
    }
}

fn moved(url: &Url, origin: &str) -> Result<Url, &'static str> {
    Url::parse(&format!("{}{}", origin.trim_end_matches('/'), url.path()))
}
