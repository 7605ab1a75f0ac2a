//! `run` on the embedded mock: exit codes, reports, and that nothing but chance differs between two runs.

use std::collections::BTreeMap;

use rstest::{Context, rstest};
use serde_json::Value;

use crate::orchspec::{Orchspec, assert_shows};

const CASE: &str = "uipath/async/completes-with-redirect";
const DEFECT: &str = "UIP-ASYNC-11/302-instead-of-303";

#[test]
fn the_built_in_suite_holds_on_the_embedded_mock() {
    let program = Orchspec::new("run_embedded");
    let ended = program.call(&["run"]);
    assert_eq!(ended.code, 0, "{ended}");
    assert!(ended.stdout.lines().last().unwrap().starts_with("gate satisfied: "), "{ended}");
    assert!(ended.stderr.contains("as owner, stranger, locked"), "{ended}");
}

#[test]
fn a_violation_ends_with_one_and_is_run_again_alone() {
    let program = Orchspec::new("run_last_failed");
    let ended = program.call(&["run", "uipath/async/*", "--defect", DEFECT]);
    assert_eq!(ended.code, 1, "{ended}");
    assert!(ended.stdout.contains(&format!("FAIL  {CASE}")), "{ended}");
    assert!(program.read(".orchspec/last-failed").lines().any(|id| id == CASE));

    assert_eq!(program.call(&["suite", "export", "other"]).code, 0);
    std::fs::remove_dir_all(program.path("other/scenarios/uipath")).unwrap();
    let other = program.call(&["run", "--last-failed", "--suite", "other"]);
    assert!(other.stderr.contains("error[nothing-failed]: no case of this suite"), "{other}");

    let fixed = program.call(&["run", "--last-failed"]);
    assert_eq!(fixed.code, 0, "{fixed}");
    let nothing = program.call(&["run", "--last-failed"]);
    assert_eq!(nothing.code, 2, "{nothing}");
    assert!(nothing.stderr.contains("error[nothing-failed]"), "{nothing}");
}

#[test]
fn every_report_is_written_and_valid() {
    let program = Orchspec::new("run_reports");
    let reports =
        ["--report", "json=out/report.json", "--report", "junit=out/junit.xml", "--report", "jsonl=-"];
    let ended = program.call(&[&["run", CASE, "--defect", DEFECT], reports.as_slice()].concat());
    assert_eq!(ended.code, 1, "{ended}");

    let report: Value = serde_json::from_str(&program.read("out/report.json")).unwrap();
    let schema =
        std::fs::read_to_string(format!("{}/schemas/report.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    jsonschema::validate(&serde_json::from_str(&schema).unwrap(), &report).unwrap();
    assert_eq!(report["gate"]["exit_code"], 1);
    assert!(program.read("out/junit.xml").contains("failures=\"1\""));
    assert!(ended.stdout.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{ended}");
    assert!(ended.stderr.contains("gate violated: "), "{ended}");
}

#[test]
fn order_and_number_of_workers_change_no_verdict() {
    let program = Orchspec::new("run_deterministic");
    let report = |arguments: &[&str]| {
        let ended = program.call_as_is(&[&["run", "--report", "json=-"], arguments].concat());
        let mut report: Value = serde_json::from_str(&ended.stdout).unwrap();
        report.as_object_mut().unwrap().remove("volatile");
        report
    };
    let one = report(&[]);
    assert_eq!(one.to_string(), report(&[]).to_string());
    let shuffled = report(&["--shuffle=7", "--concurrency", "1"]);
    assert_eq!(verdicts(&one), verdicts(&shuffled));
}

/// The verdict on each requirement of each case.
fn verdicts(report: &Value) -> BTreeMap<String, Value> {
    let cases = report["cases"].as_array().unwrap();
    cases.iter().map(|case| (case["id"].to_string(), case["verdicts"].clone())).collect()
}

#[test]
fn a_run_that_would_create_too_many_jobs_does_not_begin() {
    let ended = Orchspec::new("run_too_many_jobs").call(&["run", "--set", "limits.jobs=1"]);
    assert_eq!(ended.code, 2, "{ended}");
    assert!(ended.stderr.contains("error[too-many-jobs]"), "{ended}");
    assert_eq!(ended.stdout, "");
}

#[test]
fn a_plan_sends_nothing_and_names_the_jobs() {
    let ended = Orchspec::new("plan").call(&["plan", "uipath/async/*"]);
    assert_eq!(ended.code, 0, "{ended}");
    assert!(ended.stdout.contains("job is the job `short`, which takes 5s"), "{ended}");
    assert!(ended.stdout.contains("judges UIP-ASYNC-02, UIP-ASYNC-03"), "{ended}");
}

/// Everything that a target file can declare absent, and a file that mentions hardly anything.
#[rstest]
#[case::plan_where_all_is_absent("absent")]
#[case::plan_where_little_is_mentioned("unmentioned")]
fn what_does_not_run_has_its_reason(#[context] context: Context, #[case] suffix: &str) {
    let absent = "target: 1
hooks: none
limits: { longest_case: 5s }
elma:
  base: http://127.0.0.1:9
  principals: { owner: { token: a-token-of-this-test }, stranger: none, locked: none }
  jobs: { quick: { process: a, kind: echo }, queue: none, sleep: none, fault: none, file: none, typed: none }
  capabilities: { versions: no, file_input: no }
uipath:
  base: http://127.0.0.1:9
  principals: { owner: { bearer: a-token-of-this-test }, noview: none }
  redirect_auth: required
  hold: none
  cap: none
  jobs:
    slow: { path: /t/slow, verb: POST, mode: AsyncRequestReply, kind: sleep, runs: { at_least: 7s, at_most: 8s } }
    queue: none
  capabilities: { call_mode: no }
";
    let unmentioned = "target: 1
hooks: { url: http://127.0.0.1:9 }
elma: { base: http://127.0.0.1:9 }
uipath: { base: http://127.0.0.1:9, principals: { owner: { bearer: a-token-of-this-test } } }
";
    let text = if suffix == "absent" { absent } else { unmentioned };
    let program = Orchspec::new(&format!("plan_{suffix}")).file("target.yaml", text);
    let ended = program.call(&["plan", "--target", "target.yaml"]);
    assert_eq!(ended.code, 0, "{ended}");
    let is_reason =
        |line: &&str| ["unattainable: ", "inconclusive: "].iter().any(|word| line.starts_with(word));
    let reasons: Vec<&str> = ended.stdout.lines().filter(is_reason).collect();
    assert_shows!(context.description.unwrap(), reasons.join("\n"));
}

const SHORT: &str = r#"
title: A job that outlives several polls redirects to its output
profile: uipath
needs: { jobs: { job: { kind: sleep, mode: AsyncRequestReply } } }
steps:
  - name: invoke
    request: { invoke: job, mode: AsyncRequestReply }
    expect: [ { covers: [UIP-ASYNC-02], status: 202 } ]
    capture: { uri: location }
  - name: poll
    control: yes
    poll: "${{ uri }}"
    until: 303
    within: 30s
    pending: { covers: [UIP-ASYNC-09], status: 200 }
"#;

#[test]
fn the_plan_of_one_scenario_shows_its_short_forms_written_out() {
    let program = Orchspec::new("plan_of_one").file("suite/scenarios/uipath/short.yaml", SHORT);
    assert_shows!("plan_of_one_scenario", program.call(&["plan", "uipath/short", "--suite", "suite"]));
}

#[test]
fn the_built_in_suite_has_no_mistake() {
    let ended = Orchspec::new("lint").call(&["lint"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{ended}");
    assert!(ended.stdout.starts_with("ok: "), "{ended}");
}
