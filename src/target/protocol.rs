//! What a target file says about one protocol.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Carrier, Jobs, Secret, Window};
use crate::http::url::Url;
use crate::requirement::Policies;

/// One protocol as the server is said to speak it.
#[derive(Debug, Clone, PartialEq)]
pub struct Protocol {
    /// The protocol's name, as scenarios write it behind `profile`.
    pub profile: String,
    /// What the protocol's paths are appended to.
    pub base: Url,
    /// Who may call, in file order; a name that is missing here was not mentioned.
    pub principals: Vec<(String, Principal)>,
    /// How credentials travel, by principal, where the protocol leaves that to the target file.
    pub carriers: BTreeMap<String, Carrier>,
    /// Whether the file says that nobody needs a credential.
    pub is_open: bool,
    /// The prepared jobs.
    pub jobs: Jobs,
    /// Optional parts that it has or has not; one that is missing here was not mentioned.
    pub capabilities: BTreeMap<String, bool>,
    /// The readings by which it is judged.
    pub policies: Policies,
    /// What its redirects of held calls ask for; more than one value where every case may choose, none where the
    /// protocol or the file does not speak of it.
    pub redirect_auth: Vec<RedirectAuth>,
    /// How long it holds a call, if that is declared.
    pub hold: Option<Window>,
    /// Whether it is declared that calls are never held.
    pub never_holds: bool,
    /// The longest job of a held call, if that is declared.
    pub cap: Option<Cap>,
}

impl Protocol {
    /// Who goes by this name; none if the file does not mention it.
    pub fn principal(&self, name: &str) -> Option<&Principal> {
        self.principals.iter().find(|(own, _)| own == name).map(|(_, principal)| principal)
    }

    /// How the credential of this principal travels; somebody unknown shows one in the way of the first who is known.
    pub fn carrier(&self, name: &str) -> Option<&Carrier> {
        let first = || self.principals.iter().find_map(|(name, _)| self.carriers.get(name));
        self.carriers.get(name).or_else(first)
    }

    /// Whether an optional part is there; none if the file does not mention it.
    pub fn capability(&self, name: &str) -> Option<bool> {
        self.capabilities.get(name).copied()
    }
}

/// Somebody who may call the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// Declared absent: the server knows nobody like that.
    Absent,
    /// Known by this secret.
    Known(Secret),
}

/// What the status URI of a held call asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RedirectAuth {
    /// The credential of the first call, again.
    Required,
    /// Nothing: only the first call is checked.
    InitialOnly,
}

impl RedirectAuth {
    /// How target files write each.
    pub const WORDS: [(&'static str, Self); 2] =
        [("required", Self::Required), ("initial-only", Self::InitialOnly)];

    /// How target files and scenarios write it.
    pub const fn as_str(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// The longest job that a held call waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// Declared absent: such a job cannot be tried.
    Absent,
    /// This long.
    After(Duration),
}

impl Cap {
    /// How long, if there is a cap.
    pub const fn duration(self) -> Option<Duration> {
        match self {
            Self::Absent => None,
            Self::After(duration) => Some(duration),
        }
    }
}
