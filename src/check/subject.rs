//! What a matcher looks at.

use std::cmp::Ordering;
use std::time::Duration;

use serde_json::{Number, Value};

use super::judgement::{Mismatch, Unreached};
use super::schema::Schemas;
use super::view::View;
use crate::clock::{format_duration, parse_duration};
use crate::json::{compare_numbers, equal, shorten};
use crate::scenario::template::text_of;
use crate::scenario::{Datum, Lookup};
use crate::source::Span;

/// One thing to look at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject<'a> {
    /// A JSON value.
    Json(&'a Value),
    /// The text of a header, which has no types: `12` is a number where one is wanted.
    Header {
        /// As it was sent.
        text: &'a str,
        /// The URL that it stands for, if it is a `Location`.
        resolved: Option<&'a str>,
    },
    /// A length of time.
    Duration(Duration),
    /// Nothing is there.
    Absent,
    /// Nothing can be looked at, in words: whatever is demanded of it is violated.
    Hidden(&'a str),
}

impl<'a> Subject<'a> {
    /// What may be there.
    pub(super) fn of(value: Option<&'a Value>) -> Self {
        value.map_or(Self::Absent, Self::Json)
    }

    /// The JSON value, if it is one.
    pub(super) fn json(self) -> Option<&'a Value> {
        match self {
            Self::Json(value) => Some(value),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub(super) fn text(self) -> Option<&'a str> {
        match self {
            Self::Json(value) => value.as_str(),
            Self::Header { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether it is this value.
    pub(super) fn is(self, datum: &Datum) -> bool {
        match (self, datum) {
            (Self::Json(value), Datum::Json(wanted)) => equal(value, wanted),
            (Self::Json(value), Datum::Duration(_)) => value.as_str() == datum.clone().into_json().as_str(),
            (Self::Header { text, resolved }, _) => {
                let wanted = text_of(&datum.clone().into_json());
                text == wanted || resolved == Some(wanted.as_str())
            }
            (Self::Duration(own), _) => duration_of(datum) == Some(own),
            (Self::Absent | Self::Hidden(_), _) => false,
        }
    }

    /// Whether it is greater than this value, if the two can be compared at all.
    pub(super) fn compare(self, datum: &Datum) -> Option<Ordering> {
        match (self, datum) {
            (Self::Duration(own), _) => Some(own.cmp(&duration_of(datum)?)),
            (Self::Json(Value::Number(own)), Datum::Json(Value::Number(bound))) => {
                Some(compare_numbers(own, bound))
            }
            (Self::Header { text, .. }, Datum::Json(Value::Number(bound))) => {
                Some(compare_numbers(&text.parse::<Number>().ok()?, bound))
            }
            _ => None,
        }
    }

    /// What is there, in words; values as JSON.
    pub(super) fn describe(self) -> String {
        match self {
            Self::Json(value) => shorten(value),
            Self::Header { text, .. } => shorten(&Value::from(text)),
            Self::Duration(duration) => format_duration(duration),
            Self::Absent => "absent".to_owned(),
            Self::Hidden(words) => words.to_owned(),
        }
    }
}

/// What is demanded, in words; values as JSON.
pub(super) fn describe(datum: &Datum) -> String {
    match datum {
        Datum::Json(value) => shorten(value),
        Datum::Duration(duration) => format_duration(*duration),
    }
}

/// A duration, also where it is the text of one.
pub(super) fn duration_of(datum: &Datum) -> Option<Duration> {
    match datum {
        Datum::Duration(duration) => Some(*duration),
        Datum::Json(value) => value.as_str().and_then(parse_duration),
    }
}

/// Where a matcher looks from: what it may name, and where it is written.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// Where names get their values from.
    pub(super) lookup: &'a dyn Lookup,
    /// The schemas of the suite.
    pub(super) schemas: &'a Schemas,
    /// Where the matcher is written.
    pub(super) span: Span,
}

/// What a matcher found.
pub(super) type Found = Result<Vec<Mismatch>, Unreached>;

impl<'a> Scope<'a> {
    /// Looks at an exchange for something that is written at `span`.
    pub(super) fn of(view: &View<'a>, span: Span) -> Self {
        Self { lookup: view.lookup, schemas: view.schemas, span }
    }

    /// The same, at another place of the scenario.
    #[must_use]
    pub(super) fn at(self, span: Span) -> Self {
        Self { span, ..self }
    }

    /// Nothing if what is demanded `holds`; a hidden subject never holds.
    pub(super) fn demand(
        self,
        subject: Subject<'_>,
        holds: bool,
        expected: impl FnOnce() -> String,
    ) -> Vec<Mismatch> {
        if holds && !matches!(subject, Subject::Hidden(_)) {
            return Vec::new();
        }
        vec![self.mismatch(String::new(), expected(), subject.describe())]
    }

    /// A mismatch at this place of the scenario.
    pub(super) fn mismatch(self, place: String, expected: String, actual: String) -> Mismatch {
        Mismatch { place, expected, actual, span: self.span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case(json!(12), true)]
    #[case(json!("12"), true)]
    #[case(json!(13), false)]
    fn a_header_has_no_types(#[case] wanted: Value, #[case] expected: bool) {
        let subject = Subject::Header { text: "12", resolved: None };
        assert_eq!(subject.is(&Datum::Json(wanted)), expected);
    }

    #[rstest]
    #[case("/b", true)]
    #[case("http://a/b", true)]
    #[case("http://a/c", false)]
    fn a_location_is_its_text_and_what_it_resolves_to(#[case] wanted: &str, #[case] expected: bool) {
        let subject = Subject::Header { text: "/b", resolved: Some("http://a/b") };
        assert_eq!(subject.is(&Datum::Json(json!(wanted))), expected);
    }

    #[test]
    fn a_text_is_neither_more_nor_less_than_a_number() {
        let bound = Datum::Json(json!(2));
        assert_eq!(Subject::Json(&json!("3")).compare(&bound), None);
        assert_eq!(Subject::Json(&json!(3)).compare(&bound), Some(Ordering::Greater));
        assert_eq!(Subject::Header { text: "3", resolved: None }.compare(&bound), Some(Ordering::Greater));
    }
}
