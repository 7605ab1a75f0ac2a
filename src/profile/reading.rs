//! How an answer reads, whatever it says: the four readings of design table `result`.

use std::fmt;

/// How an answer reads in its protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// The server did what it was asked.
    Success,
    /// The server says that the request is at fault.
    Refused,
    /// The server says that it is itself at fault.
    Broken,
    /// It says nothing of the kind.
    Unreadable,
}

impl Reading {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Refused => "refused",
            Self::Broken => "broken",
            Self::Unreadable => "unreadable",
        }
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// A place where an answer is not what was declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The place: a JSON Pointer, or a word such as `reading`.
    pub place: String,
    /// What was declared.
    pub expected: String,
    /// What came.
    pub actual: String,
}

impl Difference {
    /// What was declared at a place, and what came.
    pub fn new(place: impl Into<String>, expected: impl Into<String>, actual: impl Into<String>) -> Self {
        Self { place: place.into(), expected: expected.into(), actual: actual.into() }
    }
}
