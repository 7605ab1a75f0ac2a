//! `mutants`: the kill matrix as text and JSON, and what it says to names that do not exist.

use rstest::{Context, rstest};
use serde_json::Value;

use crate::orchspec::{Orchspec, assert_shows};

/// A suite with nothing but one scenario of the built-in one.
fn small_suite(name: &str) -> Orchspec {
    const SCENARIO: &str = "scenarios/uipath/async/completes-with-redirect.yaml";
    let text = std::fs::read(format!("{}/{SCENARIO}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    Orchspec::new(name).file(&format!("suite/{SCENARIO}"), text)
}

#[rstest]
#[case::mutants_of_a_clause(&["mutants", "UIP-SYNC-24/*"], 0)]
#[case::mutants_of_a_requirement(&["mutants", "--requirement", "ELMA-CANCEL-03"], 0)]
#[case::mutants_self_check(&["mutants", "UIP-SYNC-24/*", "--self-check"], 0)]
#[case::mutants_misspelt(&["mutants", "UIP-SYNC-24/lost-wakup", "--requirement", "ELMA-CANCEL-3"], 2)]
#[case::mutants_none_selected(&["mutants", "UIP-SYNC-24/*", "--requirement", "ELMA-CANCEL-03"], 2)]
#[case::mutants_wrong_format(&["mutants", "--report", "junit=-"], 2)]
fn the_matrix_is_shown(#[context] context: Context, #[case] arguments: &[&str], #[case] code: i32) {
    let name = context.description.unwrap();
    let ended = Orchspec::new(name).call(arguments);
    assert_shows!(name, ended);
    assert_eq!(ended.code, code);
}

#[test]
fn a_mutant_that_no_check_or_the_wrong_one_notices_is_a_failure() {
    let program = small_suite("mutants_survivors");
    let defects = [
        "UIP-ASYNC-12/no-location",
        "UIP-ASYNC-02/201",
        "UIP-SYNC-02/never-blocks",
        "UIP-GEN-09/always-waits",
    ];
    let ended = program.call(&[&["mutants", "--suite", "suite"], defects.as_slice()].concat());
    assert_shows!("mutants_survivors", ended);
    assert_eq!(ended.code, 1);
}

#[test]
fn the_document_is_what_its_schema_describes_and_says_the_same_twice() {
    let program = small_suite("mutants_json");
    let call = || program.call(&["mutants", "UIP-ASYNC-*", "--suite", "suite", "--report", "json=-"]).stdout;
    let (document, again) = (call(), call());
    assert_eq!(document, again);
    let schema = std::fs::read_to_string(format!("{}/schemas/mutants.json", env!("CARGO_MANIFEST_DIR")));
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema.unwrap()).unwrap()).unwrap();
    let document: Value = serde_json::from_str(&document).unwrap();
    let mistakes: Vec<String> =
        validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(mistakes.is_empty(), "{mistakes:#?}");
    assert_eq!(document["scenarios"][0]["id"], "uipath/async/completes-with-redirect");
    assert!(document["totals"]["killed"].as_u64().unwrap() > 0, "{}", document["totals"]);
}
