//! What kind of value a captured name has, where the place that it is taken from leaves no choice.

use serde_json::Value;

/// A kind of JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number,
    /// A text.
    Text,
}

impl Kind {
    /// Whether a value is of this kind.
    pub(super) fn holds(self, value: &Value) -> bool {
        match self {
            Self::Number => value.is_number(),
            Self::Text => value.is_string(),
        }
    }

    /// What messages call it, and how such a value is written.
    pub(super) fn describe(self) -> (&'static str, &'static str) {
        match self {
            Self::Number => ("a number", "write a number, without quotes"),
            Self::Text => ("a text", "write a text, in quotes if it would be something else without them"),
        }
    }
}
