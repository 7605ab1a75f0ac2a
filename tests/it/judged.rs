//! A run of the real program and what its JSON report says.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::orchspec::{Ended, Orchspec};
use crate::server::{Server, target_file};

/// A server as the program judged it.
pub(crate) struct Judged {
    /// How the program ended.
    pub ended: Ended,
    /// The JSON report.
    pub report: Value,
}

impl Judged {
    /// Judges a server with the target file of `elma` or `uipath`; `folder` is the test's own.
    pub(crate) fn server(folder: &str, profile: &str, server: &Server, arguments: &[&str]) -> Self {
        let target = target_file(profile);
        let program = program(folder, server.base());
        Self::run(&program, &[&["--target", target.as_str()], arguments].concat())
    }

    /// Calls `run` with these arguments and a report.
    pub(crate) fn run(program: &Orchspec, arguments: &[&str]) -> Self {
        let ended = program.call(&[&["run", "--report", "json=report.json"], arguments].concat());
        Self { report: read(program, &ended), ended }
    }

    /// The verdict on a requirement.
    pub(crate) fn verdict(&self, requirement: &str) -> &str {
        let found = self.requirements().find(|found| found["id"] == requirement);
        found.and_then(|found| found["verdict"].as_str()).unwrap_or("absent")
    }

    /// The obligations with this verdict.
    pub(crate) fn musts(&self, verdict: &str) -> Vec<&str> {
        let is_must = |found: &&Value| found["level"].as_str().is_some_and(|level| level.starts_with("MUST"));
        let with = self.requirements().filter(is_must).filter(|found| found["verdict"] == verdict);
        with.filter_map(|found| found["id"].as_str()).collect()
    }

    /// The requirements that a violated check cites, whatever verdict their level makes of it.
    pub(crate) fn found_wanting(&self) -> BTreeSet<&str> {
        let findings = self.cases().flat_map(|case| case["findings"].as_array().unwrap());
        let cited = findings.flat_map(|finding| finding["requirements"].as_array().unwrap());
        cited.filter_map(Value::as_str).collect()
    }

    /// Every case with its requirements and their verdicts.
    pub(crate) fn verdicts(&self) -> BTreeSet<String> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let row =
            |id: &str, row: &Value| format!("{id} {} {}", text(&row["requirement"]), text(&row["verdict"]));
        let rows = |case: &Value| {
            let (id, verdicts) = (text(&case["id"]), case["verdicts"].as_array().unwrap());
            verdicts.iter().map(|verdict| row(&id, verdict)).collect::<Vec<_>>()
        };
        self.cases().flat_map(rows).collect()
    }

    fn requirements(&self) -> impl Iterator<Item = &Value> {
        self.report["requirements"].as_array().unwrap().iter()
    }

    fn cases(&self) -> impl Iterator<Item = &Value> {
        self.report["cases"].as_array().unwrap().iter()
    }
}

/// The program in a folder of its own, told where the server is.
#[expect(clippy::disallowed_methods, reason = "an adapter's interpreter is where the tests find theirs")]
pub(crate) fn program(folder: &str, base: &str) -> Orchspec {
    Orchspec::new(&folder.replace(['/', '@'], "-"))
        .variable("ORCHSPEC_TEST_BASE", base)
        .variable("ORCHSPEC_TEST_HOOKS", format!("{base}/hooks"))
        .variable("PATH", std::env::var("PATH").unwrap_or_default())
}

/// Does something with each item, several at a time; most of the time is waiting.
pub(crate) fn for_each_at_once(items: &[String], act: impl Fn(&str) + Sync) {
    const AT_ONCE: usize = 5;
    let share = items.len().div_ceil(AT_ONCE).max(1);
    std::thread::scope(|scope| {
        for items in items.chunks(share) {
            scope.spawn(|| items.iter().for_each(|item| act(item)));
        }
    });
}

fn read(program: &Orchspec, ended: &Ended) -> Value {
    assert!(Path::new(&program.path("report.json")).exists(), "no report was written\n{ended}");
    serde_json::from_str(&program.read("report.json")).unwrap()
}
