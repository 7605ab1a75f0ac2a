//! Whether a stored report fits together: its digests, and everything that follows from its cases, counted again.

use serde_json::{Map, Value};

use super::read::Document;
use super::{document, seal};
use crate::comparison::recount;
use crate::diagnostic::Diagnostic;

/// How many places that do not fit are told one by one.
const SHOWN: usize = 10;

/// What a report that fits together says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// How many cases it has.
    pub cases: usize,
    /// How many requirements it has.
    pub requirements: usize,
    /// The digest over everything outside `volatile`.
    pub digest: String,
}

/// Looks at a report; `name` is what messages call it.
pub fn verify(name: &str, text: &str) -> Result<Whole, Vec<Diagnostic>> {
    let one = |diagnostic| vec![diagnostic];
    let parsed = Document::parse(name, text).map_err(one)?;
    let seal = parsed.check_seal().err();
    let written = parsed.value.clone();
    let stored = parsed.stored().map_err(one)?;
    let counted = document(&recount(&stored.outcome), &stored.sources);
    let mut places = Vec::new();
    compare("", &without_digests(counted), &without_digests(written.clone()), &mut places);
    let mut wrong: Vec<Diagnostic> = places.iter().take(SHOWN).map(|place| place.told(name)).collect();
    wrong.extend(seal);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let digest = written.get(seal::DIGEST).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(Whole { cases: stored.outcome.cases.len(), requirements: stored.outcome.requirements.len(), digest })
}

/// A place that is not as everything else says.
struct Place {
    pointer: String,
    expected: Option<Value>,
    actual: Option<Value>,
}

impl Place {
    fn told(&self, name: &str) -> Diagnostic {
        let shown = |value: &Option<Value>| value.as_ref().map_or("nothing".to_owned(), Value::to_string);
        let (expected, actual) = (shown(&self.expected), shown(&self.actual));
        let message = format!(
            "`{name}` does not fit together at {}: expected {expected}, actual {actual}",
            self.pointer
        );
        Diagnostic::error("report-inconsistent", message)
            .help("take the report of the run itself, or run again")
    }
}

/// A report without what another version may write otherwise, and without the digests, which are looked at apart.
fn without_digests(mut report: Map<String, Value>) -> Value {
    report.shift_remove("tool");
    report.shift_remove(seal::DIGEST);
    if let Some(Value::Object(volatile)) = report.get_mut(seal::VOLATILE) {
        volatile.shift_remove(seal::DIGEST);
    }
    report.into()
}

fn compare(pointer: &str, expected: &Value, actual: &Value, places: &mut Vec<Place>) {
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => {
            let keys = expected.keys().chain(actual.keys().filter(|key| !expected.contains_key(*key)));
            for key in keys {
                either((pointer, key), expected.get(key), actual.get(key), places);
            }
        }
        (Value::Array(expected), Value::Array(actual)) => {
            for index in 0..expected.len().max(actual.len()) {
                either((pointer, &index.to_string()), expected.get(index), actual.get(index), places);
            }
        }
        (expected, actual) if expected == actual => {}
        (expected, actual) => {
            let (expected, actual) = (Some(expected.clone()), Some(actual.clone()));
            places.push(Place { pointer: pointer.to_owned(), expected, actual });
        }
    }
}

fn either(
    (pointer, key): (&str, &str),
    expected: Option<&Value>,
    actual: Option<&Value>,
    places: &mut Vec<Place>,
) {
    let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
    match (expected, actual) {
        (Some(expected), Some(actual)) => compare(&pointer, expected, actual, places),
        _ => places.push(Place { pointer, expected: expected.cloned(), actual: actual.cloned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Format, json, render, sample};
    use rstest::rstest;

    #[rstest]
    #[case(Format::Json)]
    #[case(Format::JsonLines)]
    fn a_report_as_it_was_written_fits_together(#[case] format: Format) {
        let (outcome, sources) = sample::run();
        let whole = verify("report", &render(format, &outcome, &sources)).unwrap();
        assert_eq!((whole.cases, whole.requirements), (10, 11));
    }

    #[rstest]
    #[case::case_verdict(
        "\"verdict\": \"pass\",\n      \"because\": null,\n      \"verdicts\"",
        "\"verdict\": \"fail\",\n      \"because\": null,\n      \"verdicts\"",
        "at /cases/2/verdict: expected \"pass\", actual \"fail\""
    )]
    #[case::judgement(
        "\"requirement\": \"TST-MAIN-03\",\n          \"verdict\": \"warn\"",
        "\"requirement\": \"TST-MAIN-03\",\n          \"verdict\": \"pass\"",
        "at /totals/pass: expected 2, actual 1"
    )]
    #[case::gate(
        "\"result\": \"error\"",
        "\"result\": \"satisfied\"",
        "at /gate/result: expected \"error\", actual \"satisfied\""
    )]
    #[case::denominator(
        "\"registered\": 5",
        "\"registered\": 6",
        "at /counts/MUST/registered: expected 5, actual 6"
    )]
    #[case::evidence(
        "\"sent_ms\": 250.0",
        "\"sent_ms\": 251.0",
        "its digest does not fit the part `volatile`"
    )]
    fn whatever_was_changed_is_found(#[case] right: &str, #[case] wrong: &str, #[case] expected: &str) {
        let (outcome, sources) = sample::run();
        let text = json::render(&outcome, &sources);
        assert!(text.contains(right));
        let told = verify("report", &text.replacen(right, wrong, 1)).unwrap_err();
        let messages: Vec<&str> = told.iter().map(|told| told.message.as_str()).collect();
        assert!(messages.iter().any(|message| message.contains(expected)), "{messages:#?}");
    }
}
