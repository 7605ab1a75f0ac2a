//! Blocks that are files: each satisfies the schema of what it is.

use serde_json::Value;

use super::ROOT;

/// What a file in YAML is told by, and the schema that it must satisfy.
const FORMS: [(&str, &str); 6] = [
    ("target", "target"),
    ("mock", "mock"),
    ("faults", "faults"),
    ("baseline", "baseline"),
    ("requirements", "requirements"),
    ("profile", "scenario"),
];

/// A file with a name; one that is no YAML is tried by what uses it.
pub(super) fn check(title: &str, text: &str, place: &str) {
    match title.rsplit_once('.').map(|(_, ending)| ending) {
        // Fragments and rows are tried by the `lint` of their page.
        Some("yaml") if title.contains("/fragments/") || title.ends_with(".cases.yaml") => {}
        Some("yaml") => check_alone(text, place),
        Some("json") => {
            assert!(serde_json::from_str::<Value>(text).is_ok(), "{place}: this is no JSON");
        }
        Some("py" | "csv") => {}
        _ => panic!("{place}: nobody knows how to try a file `{title}`"),
    }
}

/// A file in YAML.
pub(super) fn check_alone(text: &str, place: &str) {
    let mut sources = orchspec::source::SourceMap::default();
    let mut mistakes = Vec::new();
    let node = orchspec::yaml::parse(sources.add("", text), text, &mut mistakes);
    assert!(mistakes.is_empty(), "{place}: {mistakes:?}");
    let value: Value = node.unwrap().to_json();
    let form = FORMS.iter().find(|(key, _)| value.get(key).is_some());
    let (_, schema) = form.unwrap_or_else(|| panic!("{place}: nobody can tell what file this is"));
    let schema = std::fs::read_to_string(format!("{ROOT}/schemas/{schema}.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{place}: {wrong:#?}");
}
