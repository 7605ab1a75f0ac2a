//! Snapshots that are not as they were, each with its difference folded.

use super::bound::Section;
use super::escape::{block, folded, text};
use super::{first_of, section};
use crate::outcome::{RunOutcome, SnapshotOutcome, SnapshotState};
use crate::report::difference;

/// A section for each snapshot that changed, and one for those that are new or without use.
pub(super) fn render(outcome: &RunOutcome) -> Vec<Section> {
    let taken = || outcome.cases.iter().flat_map(|case| &case.snapshots);
    let changed = taken().filter(|snapshot| snapshot.state == SnapshotState::Changed);
    let mut sections: Vec<Section> = changed.map(|own| section("snapshot", told(own))).collect();
    let new = taken().filter(|snapshot| snapshot.state == SnapshotState::New);
    let new: Vec<&str> = new.map(|snapshot| snapshot.name.as_str()).collect();
    let unused: Vec<&str> = outcome.unreferenced.iter().map(String::as_str).collect();
    sections.push(section(
        "list of snapshots",
        listed(SnapshotState::New, &new) + &listed(SnapshotState::Unreferenced, &unused),
    ));
    if sections.iter().any(|section| !section.text.is_empty()) {
        sections.insert(0, section("heading", "### Snapshots".to_owned()));
    }
    sections
}

fn told(snapshot: &SnapshotOutcome) -> String {
    let stored = snapshot.stored.as_deref().unwrap_or_default();
    let lines = difference::lines(stored, &snapshot.content).join("\n");
    folded(&format!("{} {}", snapshot.state, text(&snapshot.name)), &block("diff", &lines))
}

fn listed(state: SnapshotState, names: &[&str]) -> String {
    if names.is_empty() { String::new() } else { format!("- {state}: {}\n", first_of(names)) }
}
