//! Everything of a run as one JSON document, as `schemas/report.json` describes it.
//!
//! All that may differ between two runs with equal verdicts stands under `volatile`; the rest is the same to the byte. It
//! holds everything that any other format shows, and can be read back.

pub(super) mod form;
pub mod read;
mod seal;
mod verify;
mod word;
pub(super) mod write;

pub use verify::{Whole, verify};

use serde_json::{Map, Value};

use crate::outcome::RunOutcome;
use crate::source::SourceMap;

/// What `schema` says in every document of this form.
pub const SCHEMA: &str = "orchspec/report/1";

/// The document, indented, with a newline at its end.
pub fn render(outcome: &RunOutcome, sources: &SourceMap) -> String {
    let mut text = serde_json::to_string_pretty(&document(outcome, sources)).unwrap_or_default();
    text.push('\n');
    text
}

/// The document with its digests.
pub(super) fn document(outcome: &RunOutcome, sources: &SourceMap) -> Map<String, Value> {
    // Plain structs with text keys: there is nothing in them that JSON could not say.
    match serde_json::to_value(write::report(outcome, sources)) {
        Ok(Value::Object(document)) => seal::seal(document),
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use serde_json::Value;
    use std::time::Duration;

    fn document(outcome: &RunOutcome, sources: &SourceMap) -> Value {
        serde_json::from_str(&render(outcome, sources)).unwrap()
    }

    #[test]
    fn is_what_its_schema_describes() {
        let schema = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/report.json"));
        let schema: Value = serde_json::from_str(schema).unwrap();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        for (outcome, sources) in [sample::run(), sample::known(), sample::green()] {
            let document = document(&outcome, &sources);
            let errors: Vec<String> = validator
                .iter_errors(&document)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{errors:#?}");
        }
    }

    #[test]
    fn only_volatile_changes_with_times_and_ids() {
        let (one, sources) = sample::run();
        let mut other = one.clone();
        other.volatile.seed = 8;
        other.volatile.duration = Duration::from_secs(99);
        other.target.bases.insert("tst".to_owned(), "http://127.0.0.1:9090".to_owned());
        for case in &mut other.cases {
            case.duration = Duration::from_secs(9);
            case.disturbances += 1;
            case.exchanges.clear();
            for finding in &mut case.findings {
                finding.actual = finding.actual.replace("3.125s", "3.126s");
            }
        }
        let (mut one, mut other) = (document(&one, &sources), document(&other, &sources));
        assert_ne!(one["volatile"].take(), other["volatile"].take());
        assert_eq!(one, other);
    }
}
