//! Stored reports: that nothing is lost by storing, and what can be made of them afterwards.

use std::fs;

use orchspec::report::Format;
use rstest::{Context, rstest};
use serde_json::Value;

use crate::orchspec::{Orchspec, assert_shows};

/// Lines of one text in an order that does not depend on which case ended first.
fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[rstest]
#[case::green(&[])]
#[case::red(&["--defect", "UIP-ASYNC-12/no-location", "--set", "uipath.jobs.typed=none"])]
#[case::in_real_time(&["elma/create/*", "uipath/general/*", "--embedded", "tcp", "--defect", "ELMA-CREATE-01/created-nowhere"])]
fn every_format_of_a_stored_report_is_that_of_the_run(
    #[context] context: Context,
    #[case] arguments: &[&str],
) {
    let program = Orchspec::new(&format!("stored_{}", context.description.unwrap()));
    let reports: Vec<String> = Format::NAMES
        .iter()
        .flat_map(|(name, _)| ["--report".to_owned(), format!("{name}=run.{name}")])
        .collect();
    let reports: Vec<&str> = reports.iter().map(String::as_str).collect();
    program.call(&[&["run"], arguments, &reports].concat());
    for (name, _) in Format::NAMES {
        let again = program.call_as_is(&["report", name, "run.json"]);
        assert_eq!(again.code, 0, "{again}");
        assert!(sorted(&program.read(&format!("run.{name}"))) == sorted(&again.stdout), "{name}");
    }
}

/// What is the same for every two runs with equal verdicts.
fn judged(text: &str) -> Value {
    let mut report: Value = serde_json::from_str(text).unwrap();
    report.as_object_mut().unwrap().remove("volatile").unwrap();
    report
}

#[rstest]
#[case::green(&[])]
#[case::red(&["--defect", "ELMA-CANCEL-03/stranger-may-cancel"])]
#[case::filtered(&["uipath/sync/*", "--requirement", "UIP-SYNC-06", "--fail-on", "warn"])]
fn the_shards_of_a_run_merge_to_its_report(#[context] context: Context, #[case] arguments: &[&str]) {
    let program = Orchspec::new(&format!("merged_{}", context.description.unwrap()));
    let run = |more: &[&str]| program.call(&[&["run"], arguments, more].concat());
    let whole = run(&["--report", "json=whole.json"]);
    for shard in 1..=3 {
        let format = if shard == 2 { "jsonl" } else { "json" };
        run(&["--shard", &format!("{shard}/3"), "--report", &format!("{format}={shard}.report")]);
    }
    let ended =
        program.call(&["report", "merge", "3.report", "1.report", "2.report", "--output", "merged.json"]);
    assert_eq!(ended.code, whole.code, "{ended}");
    assert!(judged(&program.read("merged.json")) == judged(&program.read("whole.json")));
    let ended = program.call(&["report", "verify", "whole.json", "merged.json", "2.report"]);
    assert_eq!((ended.code, ended.stdout.lines().count()), (0, 3), "{ended}");
    let ended = program.call(&["report", "diff", "whole.json", "merged.json"]);
    assert_eq!((ended.code, ended.stdout.lines().last()), (0, Some("no difference")), "{ended}");
}

/// Two runs, the second on a mock with a defect.
pub(crate) fn before_and_after(name: &str) -> Orchspec {
    let program = Orchspec::new(name);
    let run = |more: &[&str]| program.call(&[&["run", "uipath/async/*"], more].concat()).code;
    assert_eq!(run(&["--report", "json=before.json"]), 0);
    let after = ["--defect", "UIP-ASYNC-12/no-location", "--report", "json=after.json"];
    assert_eq!(run(&after), 1);
    program
}

#[test]
fn a_regression_ends_with_1_and_a_mend_does_not() {
    let program = before_and_after("difference");
    let worse = program.call(&["report", "diff", "before.json", "after.json"]);
    assert_eq!(worse.code, 1, "{worse}");
    assert!(worse.stdout.contains("UIP-ASYNC-12 (MUST)  pass → fail"), "{worse}");
    let better = program.call(&["report", "diff", "after.json", "before.json", "--format", "markdown"]);
    assert_eq!(better.code, 0, "{better}");
    assert!(better.stdout.starts_with("## no regression; "), "{better}");
}

#[test]
fn a_matrix_shows_who_conforms_to_what() {
    let program = before_and_after("matrix");
    let ended = program.call(&["report", "matrix", "before.json", "after.json"]).to_string();
    let date = regex::Regex::new(r"\b\d{4}-\d{2}-\d{2}\b").unwrap();
    assert_shows!("report_matrix", date.replace_all(&ended, "[on a day]"));
}

#[test]
fn every_comparison_is_as_its_schema_says() {
    let program = before_and_after("comparison_schemas");
    let compare =
        |kind: &str| program.call_as_is(&["report", kind, "before.json", "after.json", "--format", "json"]);
    for (kind, schema) in [("diff", "difference"), ("matrix", "matrix")] {
        let path = format!("{}/schemas/{schema}.json", env!("CARGO_MANIFEST_DIR"));
        let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let document: Value = serde_json::from_str(&compare(kind).stdout).unwrap();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[rstest]
#[case::missing(&["report", "text", "nowhere.json"])]
#[case::folder(&["report", "verify", "folder"])]
#[case::other_kind(&["report", "matrix", "mutants.json"])]
#[case::no_kill_matrix(&["report", "html", "report.json", "--mutants", "report.json"])]
#[case::binary(&["report", "text", "binary"])]
#[case::several(&["report", "diff", "binary", "mutants.json"])]
#[case::unwritable(&["report", "junit", "report.json", "--output", "folder"])]
fn a_report_that_is_none_is_told_by_name(#[context] context: Context, #[case] arguments: &[&str]) {
    let name = format!("report_{}", context.description.unwrap());
    let program = Orchspec::new(&name).folder("folder").file("binary", [0, 159, 146, 150]);
    let mutants = ["mutants", "--requirement", "ELMA-CANCEL-03", "--report", "json=mutants.json"];
    assert_eq!(program.call(&mutants).code, 0);
    assert_eq!(program.call(&["run", "elma/create/*", "--report", "json=report.json"]).code, 0);
    assert_shows!(name, program.call(arguments));
}

#[test]
fn a_result_that_cannot_be_written_leaves_what_is_there() {
    let program = Orchspec::new("report_kept").file("kept.xml", "before");
    assert_eq!(program.call(&["run", "elma/create/*", "--report", "json=report.json"]).code, 0);
    let script = r#"trap "" XFSZ; ulimit -f 0; exec "$0" report junit report.json --output kept.xml"#;
    let mut command = std::process::Command::new("sh");
    command.args(["-c", script]).arg(program.command(&[]).get_program());
    let output = command.current_dir(program.path("")).env_clear().output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(program.read("kept.xml"), "before");
    assert!(!program.path("kept.xml.partial").exists());
}
