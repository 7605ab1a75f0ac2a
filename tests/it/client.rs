//! Clients under judgement: right ones in four languages pass in every situation, each mutant is found by the rule that
//! is meant for it, and of one that does nothing nothing is known.

use std::path::{Path, PathBuf};
use std::process::Command;

use rstest::{Context, rstest};
use serde_json::Value;

use crate::judged::for_each_at_once;
use crate::orchspec::{Ended, Orchspec, assert_shows};
use crate::packages;

pub(crate) fn root(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).display().to_string()
}

/// The program with what its clients need of this machine.
pub(crate) fn program(name: &str) -> Orchspec {
    let inherited = ["PATH", "HOME", "PYENV_ROOT", "PYENV_VERSION"];
    let set = std::env::vars().filter(|(variable, _)| inherited.contains(&variable.as_str()));
    set.fold(Orchspec::new(name), |program, (variable, value)| program.variable(&variable, value))
}

/// Judges a client in these situations; none are all.
fn judge(name: &str, situations: &[&str], command: &[&str]) -> (Ended, Value) {
    let program = program(name);
    let mut arguments = vec!["client", "run", "--report", "json=report.json"];
    arguments.extend(situations.iter().flat_map(|situation| ["--situation", situation]));
    arguments.push("--");
    arguments.extend(command);
    let ended = program.call_as_is(&arguments);
    let report = serde_json::from_str(&program.read("report.json")).unwrap();
    (ended, report)
}

/// The rules of which the verdict is one of these.
fn rules<'a>(report: &'a Value, verdicts: &[&str]) -> Vec<&'a str> {
    let rows = report["requirements"].as_array().unwrap().iter();
    let wanted = rows.filter(|row| verdicts.contains(&row["verdict"].as_str().unwrap()));
    wanted.map(|row| row["id"].as_str().unwrap()).collect()
}

/// The example, built beside this test.
fn built() -> PathBuf {
    let built =
        Command::new(env!("CARGO")).args(["build", "--quiet", "--example", "client"]).status().unwrap();
    assert!(built.success());
    let tests = std::env::current_exe().unwrap();
    tests.parent().and_then(Path::parent).unwrap().join("examples/client")
}

#[rstest]
#[case::python(&["python3", "clients/client.py"])]
#[case::node(&["node", "clients/client.mjs"])]
#[case::bash(&["bash", "clients/client.sh"])]
fn a_right_client_passes(#[case] command: &[&str]) {
    if command[0] == "bash" && !packages::are_there(&["curl", "jq"]) {
        return;
    }
    let path = root(command[1]);
    let (ended, report) = judge(&format!("client_{}", command[0]), &[], &[command[0], &path]);
    assert_eq!((ended.code, rules(&report, &["pass"]).len()), (0, orchspec::rule::RULES.len()), "{ended}");
}

#[test]
fn a_right_client_in_rust_passes() {
    let (ended, report) = judge("client_rust", &[], &[&built().display().to_string()]);
    assert_eq!((ended.code, rules(&report, &["pass"]).len()), (0, orchspec::rule::RULES.len()), "{ended}");
}

#[test]
fn of_a_client_that_does_nothing_nothing_is_known() {
    let (ended, report) = judge("client_idle", &[], &["true"]);
    assert_eq!(ended.code, 3, "{ended}");
    let rows = report["requirements"].as_array().unwrap().len();
    assert_eq!(rules(&report, &["inconclusive"]).len(), rows, "{ended}");
}

#[test]
fn every_mutant_is_found_by_its_rule_alone() {
    let mutants = root("tests/fixtures/clients/mutants.py");
    let listed = Command::new("python3").args([&mutants, "--list"]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let lines: Vec<&str> = listed.lines().collect();
    assert!(lines.len() >= 40, "{listed}");
    let wrong = std::sync::Mutex::new(Vec::new());
    for_each_at_once(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>(), |line| {
        let (mutant, rule) = line.split_once(' ').unwrap();
        let situations = situations(rule);
        let situations: Vec<&str> = situations.iter().map(String::as_str).collect();
        let (_, report) = judge(&format!("mutant_{mutant}"), &situations, &["python3", &mutants, mutant]);
        let found = rules(&report, &["fail", "warn"]);
        if found != [rule] {
            wrong.lock().unwrap().push(format!("{mutant}: {found:?} instead of {rule}"));
        }
    });
    assert_eq!(wrong.into_inner().unwrap(), [""; 0]);
}

/// The situations that exercise a rule, and one of each kind beside them.
fn situations(rule: &str) -> Vec<String> {
    let folder = root("situations");
    let mut wanted =
        ["uipath/async-polling", "uipath/async-relative-reference", "uipath/fire-and-forget", "elma/run"]
            .map(str::to_owned)
            .to_vec();
    for profile in ["elma", "uipath"] {
        for entry in std::fs::read_dir(format!("{folder}/{profile}")).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            if text.contains(&format!("{rule},")) || text.contains(&format!("{rule}]")) {
                wanted.push(format!("{profile}/{}", path.file_stem().unwrap().to_string_lossy()));
            }
        }
    }
    wanted
}

#[test]
fn a_wrong_client_is_told_what_to_change() {
    let mutants = root("tests/fixtures/clients/mutants.py");
    let program = program("client_told");
    let only = ["--situation", "uipath/async-busy", "--", "python3", &mutants, "ignores-retry-after"];
    let ended = program.call(&[&["client", "run"], &only[..]].concat());
    assert_eq!(ended.code, 0, "a recommendation that is not followed closes no gate: {ended}");
    assert!(ended.stdout.contains("WARN CV-POLL-2"), "{ended}");
    assert!(ended.stdout.contains("fix: read `Retry-After` as seconds"), "{ended}");
}

#[rstest]
#[case::client_init_unknown(&["client", "init", "cobol"])]
#[case::client_run_nothing(&["client", "run"])]
#[case::client_run_nobody(&["client", "run", "--situation", "elma/run", "--", "./nobody"])]
#[case::client_run_no_situation(&["client", "run", "--situation", "elma/rum", "--", "true"])]
#[case::client_run_idle(&["client", "run", "--situation", "elma/run", "--", "true"])]
fn mistakes_are_told(#[context] context: Context, #[case] arguments: &[&str]) {
    let name = context.description.unwrap();
    assert_shows!(name, program(name).call(arguments));
}

#[rstest]
#[case("node", "client.mjs")]
#[case("python", "client.py")]
#[case("bash", "client.sh")]
#[case("rust", "client.rs")]
fn a_right_client_is_written_once(#[case] language: &str, #[case] file: &str) {
    let program = Orchspec::new(&format!("client_init_{language}"));
    assert_eq!(program.call(&["client", "init", language]).code, 0);
    let example = std::fs::read_to_string(root(&format!("clients/{file}"))).unwrap();
    assert_eq!(program.read(file), example);
    assert_eq!(program.call(&["client", "init", language]).code, 2);
}
