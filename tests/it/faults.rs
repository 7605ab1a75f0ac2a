//! Faults around everything that is judged: a right client and a conformant server are not blamed for them.

use rstest::rstest;
use serde_json::Value;

use crate::client;
use crate::orchspec::{Ended, Orchspec};

fn root(path: &str) -> String {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path).display().to_string()
}

const TASKS: [(&str, &str); 5] = [
    ("uipath/async", "{ action: invoke, fixture: short, arguments: { a: 1 } }"),
    ("uipath/sync", "{ action: invoke, fixture: slow, arguments: { a: 1, $callMode: LongPolling } }"),
    ("uipath/forget", "{ action: invoke, fixture: short, arguments: { a: 1, $callMode: FireAndForget } }"),
    ("elma/run", "{ action: run, fixture: short }"),
    ("elma/download", "{ action: download, fixture: files, arguments: { text_in: a }, file: 12.txt }"),
];

#[rstest]
fn a_right_client_is_not_blamed_for_a_preset(
    #[values("gentle-502", "bursty-edge", "lossy-create", "long-poll-drops", "pebble-like")] preset: &str,
) {
    let mut program = client::program(&format!("preset_{preset}"));
    for (name, task) in TASKS {
        let situation = format!(
            "title: {name} under {preset}\ntask: {task}\nmock: {{ faults: {preset} }}\nclient: either\nexercises: [CV-SECRET-1]\n"
        );
        let served = preset != "long-poll-drops" || name == "uipath/sync";
        program = if served { program.file(&format!("situations/{name}.yaml"), situation) } else { program };
    }
    let path = root("clients/client.py");
    let ended = program.call_as_is(&[
        "client",
        "run",
        "--situations-dir",
        "situations",
        "--report",
        "json=report.json",
        "--",
        "python3",
        &path,
    ]);
    let report: Value = serde_json::from_str(&program.read("report.json")).unwrap();
    let blamed: Vec<&Value> = report["requirements"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| ["fail", "warn", "error"].contains(&row["verdict"].as_str().unwrap()))
        .collect();
    assert!(blamed.is_empty(), "{blamed:#?}\n{ended}");
}

fn run(name: &str, plan: &str, cases: &[&str]) -> (Ended, Value) {
    let program = Orchspec::new(name).file("faults.yaml", plan);
    let arguments = [&["run", "--faults", "faults.yaml", "--report", "json=report.json"], cases].concat();
    let ended = program.call(&arguments);
    let report = serde_json::from_str(&program.read("report.json")).unwrap();
    (ended, report)
}

const POLLED: &str = "uipath/async/completes-with-redirect";

/// A plan that lies in the folder is a preset, and the other way round.
#[test]
fn the_presets_are_the_files_of_their_folder() {
    let folder = std::fs::read_dir(root("faults")).unwrap();
    let mut files: Vec<String> =
        folder.map(|entry| entry.unwrap().file_name().to_string_lossy().replace(".yaml", "")).collect();
    let mut presets: Vec<&str> = orchspec::mock::fault::PRESETS.iter().map(|preset| preset.name).collect();
    files.sort();
    presets.sort_unstable();
    assert_eq!(files, presets);
}

#[test]
fn a_gateway_that_the_target_file_tolerates_leaves_the_run_green() {
    let plan = "faults: 1\nrules: [{ name: edge, on: poll, when: { nth: 1 }, do: { status: 502 } }]\n";
    let (ended, report) = run("faults_tolerated", plan, &[POLLED]);
    assert_eq!(ended.code, 0, "{ended}");
    assert!(ended.stderr.contains("with the faults edge"), "{ended}");
    assert!(report["target"]["identity"].as_str().unwrap().contains("--faults faults.yaml"), "{report:#}");
}

/// The line for people, the report and the exit code say the same.
#[test]
fn a_fault_that_met_no_call_leaves_the_gate_undecided() {
    let plan = "faults: 1\nrules: [{ name: cut, on: download, do: { wire: truncate } }]\n";
    let (ended, report) = run("faults_unmet", plan, &[POLLED]);
    assert_eq!((ended.code, report["gate"]["exit_code"].as_u64()), (3, Some(3)), "{ended}");
    assert_eq!(report["gate"]["result"], "undecided");
    assert_eq!(report["gate"]["because"], serde_json::json!(["no call met the fault cut"]));
    assert!(ended.stdout.contains("gate undecided: no call met the fault cut"), "{ended}");
    assert!(!ended.stdout.contains("gate satisfied"), "{ended}");
    assert!(ended.stderr.contains("warning[missed-fault]"), "{ended}");
}

/// What no shard shows, their sum does not.
#[test]
fn a_fault_that_met_no_call_of_any_shard_leaves_their_sum_undecided() {
    let plan = "faults: 1\nrules: [{ name: cut, on: download, do: { wire: truncate } }]\n";
    let program = Orchspec::new("faults_unmet_shards").file("faults.yaml", plan);
    for (shard, file) in [("1/2", "json=one.json"), ("2/2", "json=two.json")] {
        let ended = program.call(&[
            "run",
            "uipath/async/completes*",
            "--faults",
            "faults.yaml",
            "--shard",
            shard,
            "--report",
            file,
        ]);
        assert_eq!(ended.code, 0, "{ended}");
    }
    let merged = program.call(&["report", "merge", "one.json", "two.json"]);
    let report: Value = serde_json::from_str(&merged.stdout).unwrap();
    assert_eq!(report["gate"]["exit_code"], 3, "{merged}");
    assert_eq!(report["gate"]["because"], serde_json::json!(["no call met the fault cut"]));
}

/// The server is conformant, whatever the network makes of its answers.
#[rstest]
#[case("truncate", "{ wire: truncate }")]
#[case("rst", "{ wire: rst }")]
#[case("garbage", "{ wire: garbage }")]
#[case("bad_chunk", "{ wire: bad-chunk }")]
#[case("status", "{ status: 500 }")]
#[case("delay", "{ delay: 5m }")]
fn nothing_else_is_blamed_on_the_server(#[case] name: &str, #[case] action: &str) {
    let plan =
        format!("faults: 1\nrules: [{{ name: odd, on: [poll, output, wait, status], do: {action} }}]\n");
    let cases = [POLLED, "uipath/sync/released-*", "elma/status/*"];
    let (ended, report) = run(&format!("faults_{name}"), &plan, &cases);
    let verdicts: Vec<&str> = report["requirements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["verdict"].as_str().unwrap())
        .collect();
    assert!(!verdicts.contains(&"fail") && !verdicts.contains(&"error"), "{verdicts:?}\n{ended}");
    assert!(verdicts.contains(&"inconclusive"), "{verdicts:?}\n{ended}");
    assert_eq!(ended.code, 3, "{ended}");
    assert!(ended.stdout.contains("the fault `odd` met calls of the case"), "{ended}");
}
