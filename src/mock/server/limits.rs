//! How much a mock takes from its callers before it lets go of them. One table for the fields, their defaults, the
//! configuration file and the command line. Knows no protocol.

use std::fmt;
use std::time::Duration;

use crate::clock::{format_duration, parse_duration};
use crate::yaml::{self, Key, Shape, format_size, parse_size};

type Count = usize;
type Bytes = usize;
type Time = Duration;

/// One of the [`Limits`].
pub struct Limit {
    /// Its name, as it is written.
    pub name: &'static str,
    /// What it bounds, one sentence.
    pub doc: &'static str,
    field: Field,
}

enum Field {
    Count(fn(&mut Limits) -> &mut Count),
    Bytes(fn(&mut Limits) -> &mut Bytes),
    Time(fn(&mut Limits) -> &mut Time),
}

macro_rules! limits {
    ($($name:ident: $kind:ident = $default:expr, written $text:literal: $doc:literal;)+) => {
        /// The bounds of a mock that listens to anybody.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Limits {
            $(#[doc = $doc] pub $name: $kind,)+
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        /// Every limit.
        pub static LIMITS: &[Limit] = &[$(Limit {
            name: stringify!($name),
            doc: $doc,
            field: Field::$kind(|limits| &mut limits.$name),
        }),+];

        /// The limits in a configuration file.
        pub(in crate::mock) static SHAPE: Shape = Shape {
            name: "the limits block",
            doc: "How much the mock takes from its callers.",
            keys: &[$(
                Key::optional(stringify!($name), limits!(@ $kind), $doc).or($text).like(limits!(@@ $kind))
            ),+],
        };
    };
    (@ Count) => { yaml::Value::Integer };
    (@ Bytes) => { yaml::Value::Text };
    (@ Time) => { yaml::Value::Duration };
    (@@ Count) => { "1000" };
    (@@ Bytes) => { "1MiB" };
    (@@ Time) => { "5s" };
}

limits! {
    connections: Count = 65_536, written "65536": "Connections at once; further ones are closed.";
    head: Bytes = 64 << 10, written "64KiB": "The longest head of a request.";
    headers: Count = 100, written "100": "Header lines of a request.";
    body: Bytes = 16 << 20, written "16MiB": "The longest body of a request.";
    patience: Time = Duration::from_secs(30), written "30s": "How long a request may take to come in, and an answer to be taken.";
    parked: Count = 60_000, written "60000": "Waiting calls of one session; further ones are told to come again.";
    jobs: Count = 100_000, written "100000": "Jobs that one session remembers; beyond it those that ended first are forgotten.";
    kept: Bytes = 256 << 20, written "256MiB": "What the requests of these jobs may hold together.";
    journal: Count = 65_536, written "65536": "Entries that one session's journal keeps.";
    sessions: Count = 1_000, written "1000": "Sessions at once.";
}

/// Why a limit cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitError {
    /// There is none of this name.
    Unknown(String),
    /// This is no value for it.
    Value {
        /// The limit.
        name: &'static str,
        /// What can be written instead.
        wanted: &'static str,
    },
}

impl fmt::Display for LimitError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(name) => {
                let names: Vec<&str> = LIMITS.iter().map(|limit| limit.name).collect();
                write!(out, "there is no limit `{name}`; there are {}", names.join(", "))
            }
            Self::Value { name, wanted } => write!(out, "`{name}` is {wanted}"),
        }
    }
}

impl std::error::Error for LimitError {}

impl Limits {
    /// The same with this limit read from a text.
    pub fn with(mut self, name: &str, text: &str) -> Result<Self, LimitError> {
        let limit = LIMITS.iter().find(|limit| limit.name == name);
        let limit = limit.ok_or_else(|| LimitError::Unknown(name.to_owned()))?;
        let set = match limit.field {
            Field::Count(field) => {
                text.parse().ok().filter(|count| *count > 0).map(|count| *field(&mut self) = count)
            }
            Field::Bytes(field) => {
                let size = parse_size(text).and_then(|size| usize::try_from(size).ok());
                size.filter(|size| *size > 0).map(|size| *field(&mut self) = size)
            }
            Field::Time(field) => {
                parse_duration(text).filter(|time| !time.is_zero()).map(|time| *field(&mut self) = time)
            }
        };
        set.map(|()| self).ok_or(LimitError::Value { name: limit.name, wanted: limit.wanted() })
    }
}

impl Limit {
    fn wanted(&self) -> &'static str {
        match self.field {
            Field::Count(_) => "a whole number, 1 or more",
            Field::Bytes(_) => "a size such as `8MiB`, and not nothing",
            Field::Time(_) => "a duration such as `30s`, and not nothing",
        }
    }

    /// What it is where nothing is said.
    pub fn usual(&self) -> String {
        let limits = &mut Limits::default();
        match self.field {
            Field::Count(field) => field(limits).to_string(),
            Field::Bytes(field) => format_size(*field(limits) as u64),
            Field::Time(field) => format_duration(*field(limits)),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn every_limit_is_read_as_it_is_written() {
        for limit in LIMITS {
            assert_eq!(
                Limits::default().with(limit.name, &limit.usual()),
                Ok(Limits::default()),
                "{}",
                limit.name
            );
        }
    }

    #[test]
    fn every_default_is_shown_as_it_is() {
        let shown: Vec<_> = SHAPE.keys.iter().filter_map(|key| key.default.map(str::to_owned)).collect();
        assert_eq!(shown, LIMITS.iter().map(Limit::usual).collect::<Vec<_>>());
    }

    #[rstest]
    #[case("body", "1MiB", Limits { body: 1 << 20, ..Limits::default() })]
    #[case("patience", "500ms", Limits { patience: Duration::from_millis(500), ..Limits::default() })]
    #[case("sessions", "3", Limits { sessions: 3, ..Limits::default() })]
    fn one_limit_is_changed(#[case] name: &str, #[case] text: &str, #[case] expected: Limits) {
        assert_eq!(Limits::default().with(name, text), Ok(expected));
    }

    #[rstest]
    #[case("bodies", "1MiB", "there is no limit `bodies`; there are connections, head, headers, body, ")]
    #[case("body", "1", "`body` is a size such as `8MiB`, and not nothing")]
    #[case("body", "0B", "`body` is a size such as `8MiB`, and not nothing")]
    #[case("jobs", "0", "`jobs` is a whole number, 1 or more")]
    #[case("jobs", "-1", "`jobs` is a whole number, 1 or more")]
    #[case("patience", "0s", "`patience` is a duration such as `30s`, and not nothing")]
    fn what_is_no_limit_is_refused(#[case] name: &str, #[case] text: &str, #[case] message: &str) {
        let error = Limits::default().with(name, text).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
}
