//! How many requirements of a level got how far: the columns of every table, and what no column tells.

use crate::outcome::{Counts, RunOutcome, Verdict, phrase};

/// A column: its name and what it counts.
pub(super) type Column = (&'static str, fn(&Counts) -> usize);

/// What each column counts, from the widest to the narrowest.
pub(super) const COLUMNS: [Column; 5] = [
    ("registered", |counts| counts.registered),
    ("observable", |counts| counts.observable),
    ("attainable", |counts| counts.attainable),
    ("exercised", |counts| counts.exercised),
    ("held", |counts| counts.held),
];

/// The rows that have anything to show: a level's name and a number for each column.
pub(super) fn rows(outcome: &RunOutcome) -> impl Iterator<Item = (&'static str, [String; 5])> {
    let levels = outcome.counts.iter().filter(|(_, counts)| counts.registered > 0);
    levels.map(|(level, counts)| (level.as_str(), COLUMNS.map(|(_, column)| column(counts).to_string())))
}

/// What no column tells: recorded differences, and requirements without a case.
pub(super) fn remarks(outcome: &RunOutcome) -> Vec<String> {
    [recorded(outcome), without_case(outcome)].into_iter().flatten().collect()
}

fn recorded(outcome: &RunOutcome) -> Option<String> {
    let number = outcome.requirements.iter().filter(|row| row.verdict == Verdict::Info).count();
    (number > 0).then(|| format!("{} only recorded (info)", phrase::count(number, "requirement")))
}

fn without_case(outcome: &RunOutcome) -> Option<String> {
    let rows = outcome.requirements.iter();
    let number = rows.filter(|row| row.cases.is_empty() && row.untested.is_none()).count();
    let whose = match (outcome.selection.complete, outcome.target.policies.is_empty()) {
        (true, true) => "of the suite",
        // A check that only other policies ask for is in no case either.
        (true, false) => "of the suite under the policies of this target",
        (false, _) => "of this selection",
    };
    let gap = unjudged(outcome).unwrap_or_default();
    (number > 0).then(|| format!("{} in no case {whose}{gap}", phrase::count(number, "requirement")))
}

/// Obligations that look as if they were looked after, and are not.
fn unjudged(outcome: &RunOutcome) -> Option<String> {
    let ids: Vec<&str> = outcome.gate.options.unjudged.iter().map(String::as_str).collect();
    let is_gap = outcome.selection.complete && !ids.is_empty();
    is_gap.then(|| format!("; MUSTs that no scenario judges: {}", phrase::first_of(&ids, SHOWN)))
}

/// How many ids are named.
const SHOWN: usize = 6;
