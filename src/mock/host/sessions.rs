//! The sessions of one running mock, by name. A path that begins with `/s/NAME` leads to that session.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Finished;
use crate::mock::clock::ClockMode;
use crate::mock::configuration::Configuration;
use crate::mock::journal::Watcher;
use crate::mock::server::message::Request;
use crate::mock::server::{Kept, Limits, Session};
use crate::mock::verdict::Verdicts;

/// The session that every path without a prefix leads to; it cannot be deleted.
pub const DEFAULT_SESSION: &str = "default";

/// What sessions are called together that nobody can tell apart any more.
const OTHERS: &str = "(others)";

/// What leads to a named session.
const PREFIX: &str = "/s/";

/// All sessions of one running mock.
pub(in crate::mock) struct Sessions {
    default: Session,
    configuration: Configuration,
    clock: ClockMode,
    limits: Limits,
    watcher: Option<Watcher>,
    /// It must not show up in any journal either.
    control_token: Option<String>,
    named: Mutex<BTreeMap<String, Session>>,
    /// The verdicts on the clients of sessions that have ended.
    ended: Mutex<BTreeMap<String, Verdicts>>,
}

/// Why a session cannot be created or deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionError {
    /// Its name is no name.
    Name(String),
    /// There is one of this name.
    Exists(String),
    /// There is none of this name, or it is the default one.
    Unknown(String),
    /// There are as many as there may be.
    TooMany(usize),
}

impl fmt::Display for SessionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => {
                write!(
                    out,
                    "`{name}` is no name of a session: write up to 64 letters, digits, `-`, `_` or `.`"
                )
            }
            Self::Exists(name) => write!(out, "there is a session `{name}` already; delete it first"),
            Self::Unknown(name) => write!(out, "there is no session `{name}` that could be deleted"),
            Self::TooMany(limit) => write!(out, "there are {limit} sessions already; delete one first"),
        }
    }
}

impl std::error::Error for SessionError {}

impl Sessions {
    pub(super) fn new(
        configuration: Configuration,
        clock: ClockMode,
        limits: Limits,
        watcher: Option<Watcher>,
        control_token: Option<String>,
    ) -> Self {
        let outlet = watcher.as_ref().map(|watcher| watcher.outlet(DEFAULT_SESSION));
        let kept = Kept { limits: &limits, outlet, control_token: control_token.as_deref() };
        let default = Session::journalled(DEFAULT_SESSION, configuration.clone(), clock, kept);
        let (named, ended) = (Mutex::default(), Mutex::default());
        Self { default, configuration, clock, limits, watcher, control_token, named, ended }
    }

    pub(in crate::mock) fn default(&self) -> &Session {
        &self.default
    }

    pub(in crate::mock) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The session of this name.
    pub(in crate::mock) fn find(&self, name: &str) -> Option<Session> {
        if name == DEFAULT_SESSION { Some(self.default.clone()) } else { self.lock().get(name).cloned() }
    }

    /// The session that a request is for; what led there is taken off its path. One to a session that there is not goes
    /// to the default one, where nothing is served at such a path: so it is seen.
    pub(super) fn lead(&self, request: &mut Request) -> Session {
        let name = named(&request.path).map(str::to_owned);
        let found = name.and_then(|name| Some((self.find(&name)?, format!("{PREFIX}{name}"))));
        let Some((session, prefix)) = found else { return self.default.clone() };
        request.take_prefix(&prefix);
        session
    }

    /// All names, the default one first.
    pub(in crate::mock) fn names(&self) -> Vec<String> {
        let named = self.lock();
        std::iter::once(DEFAULT_SESSION.to_owned()).chain(named.keys().cloned()).collect()
    }

    /// A new session; what `change` does not change is as in the default one.
    pub(in crate::mock) fn create(
        &self,
        name: &str,
        clock: Option<ClockMode>,
        configuration: Option<Configuration>,
    ) -> Result<Session, SessionError> {
        let right = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        if name.is_empty() || name.len() > 64 || !name.chars().all(right) {
            return Err(SessionError::Name(name.chars().take(64).collect()));
        }
        let mut named = self.lock();
        if name == DEFAULT_SESSION || named.contains_key(name) {
            return Err(SessionError::Exists(name.to_owned()));
        }
        if named.len() + 1 >= self.limits.sessions {
            return Err(SessionError::TooMany(self.limits.sessions));
        }
        let configuration = configuration.unwrap_or_else(|| self.configuration.clone());
        let outlet = self.watcher.as_ref().map(|watcher| watcher.outlet(name));
        let kept = Kept { limits: &self.limits, outlet, control_token: self.control_token.as_deref() };
        let session = Session::journalled(name, configuration, clock.unwrap_or(self.clock), kept);
        named.insert(name.to_owned(), session.clone());
        Ok(session)
    }

    /// Ends a session: its parked calls are answered, and it is gone.
    pub(in crate::mock) fn delete(&self, name: &str) -> Result<(), SessionError> {
        let session = self.lock().remove(name).ok_or_else(|| SessionError::Unknown(name.to_owned()))?;
        session.close();
        self.remember(name, session.all_verdicts());
        Ok(())
    }

    /// What is left of all sessions that there are.
    pub(super) fn finished(&self) -> Finished {
        let named = self.lock();
        let sessions = std::iter::once(&self.default).chain(named.values());
        sessions.map(Session::finished).fold(Finished::default(), |sum, own| Finished {
            exchanges: sum.exchanges + own.exchanges,
            dropped: sum.dropped + own.dropped,
            foreign: sum.foreign + own.foreign,
            ..sum
        })
    }

    /// What clients did in a session that is gone counts all the same; of very many, together.
    fn remember(&self, name: &str, verdicts: Verdicts) {
        const APART: usize = 1000;
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let name = if ended.len() < APART || ended.contains_key(name) { name } else { OTHERS };
        let earlier = ended.remove(name).unwrap_or_default();
        ended.insert(name.to_owned(), earlier.and(verdicts));
    }

    /// The verdicts on the clients of every session that there was, by name.
    pub(super) fn verdicts(&self) -> BTreeMap<String, Verdicts> {
        let mut all = self.ended.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let named = self.lock();
        let live = std::iter::once((DEFAULT_SESSION, &self.default));
        for (name, session) in live.chain(named.iter().map(|(name, session)| (name.as_str(), session))) {
            let earlier = all.remove(name).unwrap_or_default();
            all.insert(name.to_owned(), earlier.and(session.all_verdicts()));
        }
        all
    }

    /// Answers every parked call of every session.
    pub(super) fn close(&self) {
        self.default.close();
        self.lock().values().for_each(Session::close);
    }

    pub(in crate::mock) fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Session>> {
        self.named.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The name of the session that a path leads to, if it names one.
pub(in crate::mock) fn named(path: &str) -> Option<&str> {
    let rest = path.strip_prefix(PREFIX)?;
    Some(rest.split('/').next().unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn sessions() -> Sessions {
        let limits = Limits { sessions: 3, ..Limits::default() };
        Sessions::new(Configuration::quick(), ClockMode::Real, limits, None, None)
    }

    #[rstest]
    #[case("", SessionError::Name(String::new()))]
    #[case("a/b", SessionError::Name("a/b".to_owned()))]
    #[case("default", SessionError::Exists("default".to_owned()))]
    #[case("one", SessionError::Exists("one".to_owned()))]
    #[case("three", SessionError::TooMany(3))]
    fn a_session_needs_a_name_of_its_own_and_room(#[case] name: &str, #[case] expected: SessionError) {
        let sessions = sessions();
        for name in ["one", "two"] {
            assert!(sessions.create(name, None, None).is_ok());
        }
        assert_eq!(sessions.create(name, None, None).err(), Some(expected));
    }

    #[test]
    fn the_default_session_stays() {
        let sessions = sessions();
        assert_eq!(sessions.delete("default"), Err(SessionError::Unknown("default".to_owned())));
        assert!(sessions.find("default").is_some());
    }
}
