//! Golden answers from the recording to the decision on a change, with the real program; and the set that is kept of
//! the embedded mock.

mod bad_input;
mod insta_files;
mod review;
mod secrets;
mod unreferenced;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rstest::{Context, rstest};
use serde_json::Value;

use crate::orchspec::{Orchspec, assert_shows};

/// A case that keeps one answer, and the name of that.
const CASE: &str = "elma/create/new-task-has-not-run";
const NAME: &str = "elma/create/new-task-has-not-run/created";

/// A violation of a row that is only recorded: the gate stays open, and only the snapshot shows it.
const DEFECT: &str = "ELMA-CREATE-16/priority-low";

fn recorded() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/embedded")
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// The states of all snapshots that the report of a run names.
fn states(program: &Orchspec) -> BTreeSet<String> {
    let report: Value = serde_json::from_str(&program.read("report.json")).unwrap();
    let cases = report["cases"].as_array().unwrap().iter();
    let snapshots = cases.flat_map(|case| case["snapshots"].as_array().unwrap());
    snapshots.map(|snapshot| snapshot["state"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_embedded_mock_answers_as_recorded() {
    let program = Orchspec::new("snapshots_recorded").variable("CI", "true");
    let folder = recorded();
    let ended =
        program.call(&["run", "--snapshots-dir", folder.to_str().unwrap(), "--report", "json=report.json"]);
    let again = "if the change is meant, record it: cargo run -- run --snapshots record";
    assert_eq!(states(&program), BTreeSet::from(["same".to_owned()]), "{again}\n{ended}");
    assert!(!ended.stdout.contains("unreferenced snapshot"), "{ended}");
}

#[test]
fn a_change_is_noticed_shown_and_accepted() {
    let program = Orchspec::new("snapshots_change");
    assert_eq!(program.call(&["run", CASE, "--snapshots", "record"]).code, 0);
    assert!(program.read(&format!("snapshots/embedded/{NAME}.snap")).contains("\"priority\": \"MEDIUM\""));
    assert_eq!(program.call(&["run", CASE]).code, 0);

    let changed = program.call(&["run", CASE, "--defect", DEFECT]);
    assert_eq!(changed.code, 1);
    assert!(changed.stdout.contains(&format!("gate violated: snapshot {NAME} is changed")), "{changed}");
    assert_eq!(program.call(&["run", CASE, "--defect", DEFECT, "--allow", "snapshot"]).code, 0);

    assert_eq!(
        program.call(&["snapshot", "list"]).stdout,
        format!("changed       snapshots/embedded/{NAME}.snap.new\n")
    );
    let review = program.call(&["snapshot", "review"]);
    assert_eq!(review.code, 2, "{review}");
    let review = review.stdout;
    assert!(review.contains("-     \"priority\": \"MEDIUM\""), "{review}");
    assert!(review.contains("+     \"priority\": \"LOW\""), "{review}");

    assert_eq!(program.call(&["snapshot", "accept", NAME]).code, 0);
    assert_eq!(program.call(&["snapshot", "list"]).stdout, "");
    assert_eq!(program.call(&["run", CASE, "--defect", DEFECT]).code, 0);
}

#[test]
fn a_rejected_change_leaves_what_is_stored() {
    let program = Orchspec::new("snapshots_reject");
    assert_eq!(program.call(&["run", CASE, "--snapshots", "record"]).code, 0);
    assert_eq!(program.call(&["run", CASE, "--defect", DEFECT]).code, 1);
    assert_eq!(program.call(&["snapshot", "reject"]).code, 0);
    assert_eq!(program.call(&["snapshot", "list"]).stdout, "");
    assert_eq!(program.call(&["run", CASE]).code, 0);
}

#[test]
fn a_proposal_that_is_true_no_more_is_forgotten() {
    let program = Orchspec::new("snapshots_outdated");
    assert_eq!(program.call(&["run", CASE, "--snapshots", "record"]).code, 0);
    assert_eq!(program.call(&["run", CASE, "--defect", DEFECT]).code, 1);
    assert_eq!(program.call(&["run", CASE]).code, 0);
    assert_eq!(program.call(&["snapshot", "list"]).stdout, "");
}

#[test]
fn a_new_snapshot_is_proposed_to_people_and_refused_by_machines() {
    let program = Orchspec::new("snapshots_new").folder("snapshots/embedded").variable("CI", "true");
    let refused = program.call(&["run", CASE]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.stdout.contains(&format!(
            "gate violated: snapshot {NAME} is new; keep it: orchspec run --snapshots record"
        )),
        "{refused}"
    );
    assert_eq!(program.call(&["snapshot", "list"]).stdout, "");

    let program = program.variable("CI", "");
    assert_eq!(program.call(&["run", CASE]).code, 0);
    assert_eq!(
        program.call(&["snapshot", "list"]).stdout,
        format!("new           snapshots/embedded/{NAME}.snap.new\n")
    );
}

#[test]
fn without_a_folder_or_when_told_so_none_is_taken() {
    let program = Orchspec::new("snapshots_off");
    let none = BTreeSet::new();
    assert_eq!(program.call(&["run", CASE, "--report", "json=report.json"]).code, 0);
    assert_eq!(states(&program), none);
    let program = program.folder("snapshots/embedded").variable("CI", "true");
    assert_eq!(program.call(&["run", CASE, "--snapshots", "off", "--report", "json=report.json"]).code, 0);
    assert_eq!(states(&program), none);
}

/// The flows that the built-in suite keeps: one of a poll, one of held hops.
const FLOWS: [&str; 2] = ["uipath/async/completes-with-redirect", "uipath/sync/redirects-after-the-hold"];

#[rstest]
#[case::as_recorded(&[])]
#[case::many_polls(&["--set", "timing.poll=20ms"])]
#[case::few_polls(&["--set", "timing.poll=1s"])]
#[case::in_real_time(&["--embedded", "tcp"])]
#[case::with_latency(&["--noise", "latency", "--mock-seed", "3"])]
#[case::with_a_tolerated_502(&["--noise", "bad-gateway", "--mock-seed", "5"])]
fn a_flow_is_the_same_however_often_somebody_asks(#[context] context: Context, #[case] arguments: &[&str]) {
    let program = Orchspec::new(&format!("snapshots_flow_{}", context.description.unwrap()));
    let folder = recorded();
    let kept = ["--snapshots-dir", folder.to_str().unwrap(), "--report", "json=report.json"];
    let ended = program.call(&[&["run"], &FLOWS[..], &kept, arguments].concat());
    assert_eq!(ended.code, 0, "{ended}");
    assert_eq!(states(&program), BTreeSet::from(["same".to_owned()]), "{ended}");
}

#[test]
fn a_flow_shows_a_change_on_the_way() {
    let program = Orchspec::new("snapshots_flow_changed");
    assert_eq!(program.call(&["run", FLOWS[0], "--snapshots", "record"]).code, 0);
    let changed = program.call(&["run", FLOWS[0], "--mock-policy", "location=relative"]);
    assert_eq!(changed.code, 1, "{changed}");
    assert!(changed.stdout.contains("-   location: [base]/t/jobs/[id-1]/status"), "{changed}");
    assert!(changed.stdout.contains("+   location: "), "{changed}");
}

#[test]
fn a_redaction_that_fits_nothing_is_told_and_does_no_harm() {
    let scenario = r"
title: A task can be read
profile: elma
needs: { jobs: { job: { kind: echo } } }
steps:
  - name: create a task
    request: { create: job }
    expect: [ { covers: [ELMA-CREATE-01], result: success } ]
    snapshot: { name: created, redact: [ /task/id, /task/nope, { header: allow }, { pattern: 'boo+m' } ] }
  - name: read a task that was never made
    control: true
    request: { status: 1 }
    expect: [ { result: not-success } ]
";
    let program = Orchspec::new("snapshots_unused")
        .folder("suite/snapshots/embedded")
        .file("suite/scenarios/elma/a.yaml", scenario);
    let ended = program.call(&["run", "--suite", "suite", "--snapshots", "record"]);
    assert_eq!(ended.code, 0, "{ended}");
    assert_shows!("snapshots_unused", ended);
    assert!(program.read("suite/snapshots/embedded/elma/a/created.snap").contains("\"id\": [redacted]"));
}
