//! Clients that do as the published examples do, and the README's table of what is found in them.

use std::collections::BTreeSet;

use super::judged::{fixture, found, judge};

/// A row of the table: which example, and the client that does as it does.
const SAMPLES: [(&str, [&str; 3], &[&str]); 6] = [
    ("JavaScript, async", ["node", "unguarded.mjs", "polling"], ASYNC),
    ("C#, async", ["python3", "waiting_for_302.py", "polling"], ASYNC),
    ("JavaScript, sync", ["node", "unguarded.mjs", "waiting"], &["uipath/sync-*"]),
    ("C#, sync", ["python3", "waiting_for_302.py", "waiting"], &["uipath/sync-*"]),
    ("JavaScript, fire and forget", ["node", "unguarded.mjs", "forgetting"], &["uipath/fire-and-forget*"]),
    ("C#, fire and forget", ["python3", "waiting_for_302.py", "forgetting"], &["uipath/fire-and-forget*"]),
];

/// Triggers that are called with POST, and whole URLs as references: the examples know nothing else.
const ASYNC: &[&str] = &[
    "uipath/async-302",
    "uipath/async-502*",
    "uipath/async-busy",
    "uipath/async-cut-output",
    "uipath/async-failed-job",
    "uipath/async-foreign-reference",
    "uipath/async-gone",
    "uipath/async-polling",
    "uipath/async-refused-follower",
    "uipath/async-without-an-end",
];

#[test]
fn the_readme_tells_what_is_found_in_the_samples() {
    for (sample, [interpreter, file, mode], situations) in SAMPLES {
        let name = format!("sample_{}", sample.replace([',', ' ', '#'], "_"));
        let (ended, report) = judge(&name, situations, &[interpreter, &fixture(file), mode]);
        assert_eq!(found(&report), told(sample), "{sample}\n{ended}");
    }
}

/// The rules in the last column of the sample's row.
fn told(sample: &str) -> BTreeSet<&'static str> {
    let readme = include_str!("../../../README.md");
    let row = readme.lines().find(|line| line.starts_with(&format!("| {sample} |")));
    let cell = row.unwrap_or_else(|| panic!("no row for {sample}")).split('|').nth(3).unwrap_or_default();
    cell.split(',').map(str::trim).filter(|id| id.starts_with("CV-")).collect()
}
