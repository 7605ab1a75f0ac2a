//! The trials of `tests/conformance.rs` in parts, as runners of tests ask for them: by list and exact name, and with
//! `--partition` of the real cargo-nextest where it is installed.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Output};

use serde_json::Value;

/// Cargo in this repository.
fn cargo(arguments: &[&str]) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let output = cargo(arguments);
    assert!(output.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const CONFORMANCE: [&str; 5] = ["test", "--quiet", "--test", "conformance", "--"];

#[test]
fn a_trial_is_listed_once_and_runs_alone_by_its_name() {
    let listed = printed(&[CONFORMANCE.as_slice(), &["--list", "--format", "terse"]].concat());
    let names: Vec<&str> = listed.lines().filter_map(|line| line.strip_suffix(": test")).collect();
    let different: BTreeSet<&&str> = names.iter().collect();
    assert_eq!((names.is_empty(), different.len()), (false, names.len()));
    let name = "case/elma/create/new-task-has-not-run";
    assert!(names.contains(&name));
    let ran = printed(&[CONFORMANCE.as_slice(), &[name, "--exact"]].concat());
    assert!(ran.contains("1 passed; 0 failed"), "{ran}");
}

/// The names of the trials, and whether this part runs them.
fn listed(partition: &[&str]) -> BTreeMap<String, bool> {
    let list = ["nextest", "list", "--test", "conformance", "--message-format", "json"];
    let listed: Value = serde_json::from_str(&printed(&[list.as_slice(), partition].concat())).unwrap();
    let suites = listed["rust-suites"].as_object().unwrap().values();
    let trials = suites.flat_map(|suite| suite["testcases"].as_object().unwrap());
    let runs = |trial: &Value| trial["filter-match"]["status"] == "matches";
    trials.map(|(name, trial)| (name.clone(), runs(trial))).collect()
}

#[test]
fn every_trial_is_in_one_part_of_nextest() {
    if !cargo(&["nextest", "--version"]).status.success() {
        eprintln!("no partition was tried, because cargo-nextest is not installed");
        return;
    }
    let whole = listed(&[]);
    for kind in ["hash", "count"] {
        let parts = ["1/2", "2/2"].map(|part| listed(&["--partition", &format!("{kind}:{part}")]));
        for (name, runs) in &whole {
            let parts = parts.iter().filter(|part| part[name]).count();
            assert_eq!(parts, usize::from(*runs), "{kind} {name}");
        }
        assert!(parts.iter().all(|part| part.values().any(|runs| *runs)), "{kind}");
    }
}
