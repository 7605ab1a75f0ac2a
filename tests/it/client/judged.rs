//! A client in the situations of the real program, and what the JSON report says of it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use serde_json::Value;

use crate::judged::for_each_at_once;
use crate::orchspec::{Ended, Orchspec};

/// A file of the repository.
pub(crate) fn root(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).display().to_string()
}

/// A file beside the tests' other clients.
pub(super) fn fixture(name: &str) -> String {
    root(&format!("tests/fixtures/clients/{name}"))
}

/// The program with what its clients need of this machine.
pub(crate) fn program(name: &str) -> Orchspec {
    let inherited = ["PATH", "HOME", "PYENV_ROOT", "PYENV_VERSION"];
    let set = std::env::vars().filter(|(variable, _)| inherited.contains(&variable.as_str()));
    set.fold(Orchspec::new(name), |program, (variable, value)| program.variable(&variable, value))
        .variable("PYTHONPYCACHEPREFIX", concat!(env!("CARGO_TARGET_TMPDIR"), "/pycache"))
}

/// The interpreter itself, and none that looks for it at each call.
pub(super) fn python() -> String {
    let output = Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Judges a client in these situations; none are all.
pub(super) fn judge(name: &str, situations: &[&str], command: &[&str]) -> (Ended, Value) {
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
pub(super) fn rules<'a>(report: &'a Value, verdicts: &[&str]) -> Vec<&'a str> {
    let rows = report["requirements"].as_array().unwrap().iter();
    let wanted = rows.filter(|row| verdicts.contains(&row["verdict"].as_str().unwrap()));
    wanted.map(|row| row["id"].as_str().unwrap()).collect()
}

/// The rules that were not kept in some situation: violated, or a recommendation that was not followed.
pub(super) fn found(report: &Value) -> BTreeSet<&str> {
    let cases = report["cases"].as_array().unwrap().iter();
    let verdicts = cases.flat_map(|case| case["verdicts"].as_array().unwrap());
    let wrong = verdicts.filter(|own| own["verdict"] == "fail" || own["verdict"] == "warn");
    wrong.map(|own| own["requirement"].as_str().unwrap()).collect()
}

/// Every variant of a fixture in Python with what belongs to it, and what is not as it should be with any of them:
/// `look` gives what is wrong with one, if anything is.
pub(super) fn for_each_variant(file: &str, look: impl Fn(&str, &str, &[&str]) -> Option<String> + Sync) {
    let (python, path) = (python(), fixture(file));
    let listed = Command::new(&python).args([&path, "--list"]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let lines: Vec<String> = listed.lines().map(str::to_owned).collect();
    assert!(!lines.is_empty(), "{file} lists nothing");
    let wrong = Mutex::new(Vec::new());
    for_each_at_once(&lines, |line| {
        let (variant, belongs) = line.split_once(' ').unwrap();
        let found = look(variant, belongs, &[&python, &path, variant]);
        wrong.lock().unwrap().extend(found.map(|found| format!("{variant}: {found}")));
    });
    assert_eq!(wrong.into_inner().unwrap(), [""; 0]);
}
