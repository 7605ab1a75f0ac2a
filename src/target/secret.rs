//! A value that no sink may show.

use std::fmt;
use std::sync::Arc;

/// A token or password; printing it prints its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    name: Arc<str>,
    value: Arc<str>,
}

impl Secret {
    /// A shorter value could be guessed, and would be found by chance in any answer.
    pub const SHORTEST: usize = 8;

    /// A secret under the path of its key (`elma.owner.token`).
    pub fn new(name: &str, value: &str) -> Self {
        Self { name: name.into(), value: value.into() }
    }

    /// What masks call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value itself, for the wire and for comparisons; never for a sink.
    pub fn expose(&self) -> &str {
        &self.value
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Secret({})", self.name)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "[{}]", self.name)
    }
}
