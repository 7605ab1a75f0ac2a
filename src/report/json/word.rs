//! A value that a report writes as one word of a closed set; a word outside of it is an error that names the set.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::outcome::baseline::Standing;
use crate::outcome::gate::GateExit;
use crate::outcome::{SnapshotState, Verdict};
use crate::requirement::Level;

/// One of a closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) struct Word<T>(pub(in crate::report) T);

/// A closed set of values, each with its word.
pub(in crate::report) trait Closed: Copy {
    /// What one of them is called.
    const KIND: &'static str;

    /// All of them.
    fn all() -> Vec<Self>;

    /// The word for it.
    fn word(self) -> &'static str;
}

impl Closed for Verdict {
    const KIND: &'static str = "verdict";

    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }

    fn word(self) -> &'static str {
        self.word()
    }
}

impl Closed for SnapshotState {
    const KIND: &'static str = "state of a snapshot";

    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }

    fn word(self) -> &'static str {
        self.word()
    }
}

impl Closed for Standing {
    const KIND: &'static str = "standing of an entry";

    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }

    fn word(self) -> &'static str {
        self.word()
    }
}

impl Closed for GateExit {
    const KIND: &'static str = "result of a gate";

    fn all() -> Vec<Self> {
        Self::ORDER.to_vec()
    }

    fn word(self) -> &'static str {
        self.word()
    }
}

impl Closed for Level {
    const KIND: &'static str = "level";

    fn all() -> Vec<Self> {
        Self::all().collect()
    }

    fn word(self) -> &'static str {
        self.as_str()
    }
}

impl<T: Closed> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.word())
    }
}

impl<'de, T: Closed> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let found = T::all().into_iter().find(|value| value.word() == text);
        found.map(Self).ok_or_else(|| D::Error::custom(unknown::<T>(&text)))
    }
}

fn unknown<T: Closed>(text: &str) -> String {
    let words: Vec<&str> = T::all().into_iter().map(T::word).collect();
    format!("`{text}` is no {}, expected one of {}", T::KIND, words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_word_is_read_back<T: Closed + PartialEq + std::fmt::Debug>() {
        for value in T::all() {
            let text = serde_json::to_string(&Word(value)).unwrap();
            assert_eq!(serde_json::from_str::<Word<T>>(&text).unwrap(), Word(value));
        }
    }

    #[test]
    fn every_word_of_every_set_is_read_back() {
        every_word_is_read_back::<Verdict>();
        every_word_is_read_back::<SnapshotState>();
        every_word_is_read_back::<GateExit>();
        every_word_is_read_back::<Level>();
    }

    #[test]
    fn another_word_is_refused_with_those_there_are() {
        let error = serde_json::from_str::<Word<SnapshotState>>("\"old\"").unwrap_err();
        let expected = "`old` is no state of a snapshot, expected one of same, changed, new, unreferenced";
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}
