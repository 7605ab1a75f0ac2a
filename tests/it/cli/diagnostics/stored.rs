//! Stored reports that are damaged, and shards that are not of one run.

use rstest::rstest;

use super::{OUTPUT, assert_told, changed, folder};

#[rstest]
#[case("report-broken", r#""version""#, r#""vresion""#)]
#[case("report-changed", r#""verdict": "pass""#, r#""verdict": "fail""#)]
#[case("report-form", "orchspec/report/1", "orchspec/report/9")]
#[case("report-not-json", "{", "<")]
fn in_a_stored_report(#[case] code: &str, #[case] right: &str, #[case] wrong: &str) {
    let program = folder(code);
    assert_eq!(program.call(&["run", OUTPUT, "--report", "json=report.json"]).code, 0);
    let damaged = changed(&program.read("report.json"), right, wrong);
    let program = program.file("report.json", damaged);
    assert_told(code, &program.call(&["report", "text", "report.json"]));
}

#[test]
fn in_a_stored_report_that_does_not_fit_together() {
    let program = folder("report-inconsistent");
    assert_eq!(program.call(&["run", OUTPUT, "--report", "json=report.json"]).code, 0);
    let bent = changed(&program.read("report.json"), r#""result": "satisfied""#, r#""result": "violated""#);
    let program = program.file("report.json", bent);
    assert_told("report-inconsistent", &program.call(&["report", "verify", "report.json"]));
}

#[rstest]
#[case("no-page", &[], &["report", "text", "1.json", "--mutants", "1.json"])]
#[case("no-shard", &[], &["report", "merge", "1.json"])]
#[case("shard-gap", &["--shard", "1/2"], &["report", "merge", "1.json"])]
#[case("shard-overlap", &["--shard", "1/2"], &["report", "merge", "1.json", "1.json"])]
fn in_the_report_of_a_shard(#[case] code: &str, #[case] first: &[&str], #[case] arguments: &[&str]) {
    let program = folder(code);
    assert_eq!(program.call(&[&["run", "elma/create/*", "--report", "json=1.json"], first].concat()).code, 0);
    assert_told(code, &program.call(arguments));
}

#[rstest]
#[case("shard-selection", &["elma/cancel/*"])]
#[case("shard-suite", &["elma/create/*", "--suite", "copy"])]
#[case("shard-target", &["elma/create/*", "--set", "elma.policy.http_status=always_200"])]
fn in_the_shards_of_different_runs(#[case] code: &str, #[case] second: &[&str]) {
    let program = folder(code);
    assert_eq!(program.call(&["suite", "export", "copy"]).code, 0);
    let text = program.read("copy/scenarios/elma/create/new-task-has-not-run.yaml") + "# copied\n";
    let program = program.file("copy/scenarios/elma/create/new-task-has-not-run.yaml", text);
    let first = ["run", "elma/create/*", "--shard", "1/2", "--report", "json=1.json"];
    assert_eq!(program.call(&first).code, 0);
    let second = [&["run", "--shard", "2/2", "--report", "json=2.json"], second].concat();
    assert_eq!(program.call(&second).code, 0);
    assert_told(code, &program.call(&["report", "merge", "1.json", "2.json"]));
}

#[test]
fn in_a_stored_report_that_was_cut_off() {
    let program = folder("report-truncated").file("report.json", "{\n  \"schema\": \"orchspec/re");
    assert_told("report-truncated", &program.call(&["report", "text", "report.json"]));
}
