//! What became different from one run to the next: verdict by verdict, and what the two were judged by.

mod kind;
pub(super) mod setting;
mod verdict;

pub use kind::Kind;
pub use setting::Setting;
pub use verdict::{Change, Said};

use std::collections::{BTreeMap, BTreeSet};

use super::Run;
use crate::outcome::{RunOutcome, SnapshotOutcome};

/// Everything that differs between two runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The names of the two reports, the older one first.
    pub reports: [String; 2],
    /// What the two were judged by, where that differs.
    pub settings: Vec<Setting>,
    /// Verdicts that differ, the gravest kind first, by case and requirement.
    pub changes: Vec<Change>,
    /// Cases that only one of them has.
    pub cases: OneSided,
    /// Requirements that only one of them knows.
    pub requirements: OneSided,
    /// Snapshots of which something else was taken.
    pub snapshots: Vec<Retaken>,
}

/// Names that stand in one of the two runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OneSided {
    /// Those of the older one.
    pub gone: Vec<String>,
    /// Those of the newer one.
    pub new: Vec<String>,
}

/// A snapshot that both runs took, with another content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retaken {
    /// Its name.
    pub name: String,
    /// What the older run took.
    pub old: String,
    /// What the newer run took.
    pub new: String,
}

impl Difference {
    /// Of two runs; with `warnings_fail` a warning is a failure.
    pub fn of(old: Run<'_>, new: Run<'_>, warnings_fail: bool) -> Self {
        let mut changes = verdict::changes((old.outcome, new.outcome), warnings_fail);
        changes.sort_by_key(|change| change.kind);
        let ids = |outcome: &RunOutcome| outcome.cases.iter().map(|case| case.id.clone()).collect();
        let requirements = |outcome: &RunOutcome| -> BTreeSet<String> {
            outcome.requirements.iter().map(|row| row.id.to_string()).collect()
        };
        Self {
            reports: [old.name.to_owned(), new.name.to_owned()],
            settings: setting::settings(old.outcome, new.outcome),
            changes,
            cases: one_sided(&ids(old.outcome), &ids(new.outcome)),
            requirements: one_sided(&requirements(old.outcome), &requirements(new.outcome)),
            snapshots: retaken(old.outcome, new.outcome),
        }
    }

    /// The verdicts that differ in this way.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.kind == kind)
    }

    /// How many verdicts became worse than they may.
    pub fn regressions(&self) -> usize {
        self.changes.iter().filter(|change| change.kind.is_regression()).count()
    }

    /// Whether nothing at all differs.
    pub fn is_empty(&self) -> bool {
        let Self { reports: _, settings, changes, cases, requirements, snapshots } = self;
        let none = OneSided::default();
        settings.is_empty()
            && changes.is_empty()
            && snapshots.is_empty()
            && *cases == none
            && *requirements == none
    }
}

fn one_sided(old: &BTreeSet<String>, new: &BTreeSet<String>) -> OneSided {
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| one.difference(other).cloned().collect();
    OneSided { gone: only(old, new), new: only(new, old) }
}

fn retaken(old: &RunOutcome, new: &RunOutcome) -> Vec<Retaken> {
    let (old, new) = (taken(old), taken(new));
    let both = old.iter().filter_map(|(name, before)| Some((name, before, new.get(name)?)));
    let differing = both.filter(|(_, before, now)| before.content != now.content);
    differing
        .map(|(name, before, now)| Retaken {
            name: (*name).to_owned(),
            old: before.content.clone(),
            new: now.content.clone(),
        })
        .collect()
}

fn taken(outcome: &RunOutcome) -> BTreeMap<&str, &SnapshotOutcome> {
    let snapshots = outcome.cases.iter().flat_map(|case| &case.snapshots);
    snapshots.map(|snapshot| (snapshot.name.as_str(), snapshot)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::sample;
    use crate::outcome::{SnapshotState, Verdict};

    fn difference(old: &RunOutcome, new: &RunOutcome) -> Difference {
        Difference::of(Run { name: "old.json", outcome: old }, Run { name: "new.json", outcome: new }, false)
    }

    #[test]
    fn a_run_differs_in_nothing_from_itself() {
        let run = sample::run(&[Verdict::Fail, Verdict::Warn, Verdict::Inconclusive]);
        assert!(difference(&run, &run).is_empty());
    }

    #[test]
    fn regressions_come_first() {
        let old = sample::run(&[Verdict::Fail, Verdict::Warn, Verdict::Pass]);
        let new = sample::run(&[Verdict::Pass, Verdict::Pass, Verdict::Fail]);
        let difference = difference(&old, &new);
        let kinds: Vec<Kind> = difference.changes.iter().map(|change| change.kind).collect();
        assert_eq!(kinds, [Kind::NewFailure, Kind::Fixed, Kind::Passing]);
        assert_eq!(difference.regressions(), 1);
    }

    #[test]
    fn a_case_that_is_gone_is_named_and_a_new_one_too() {
        let old = sample::run(&[Verdict::Pass, Verdict::Pass]);
        let mut new = sample::run(&[Verdict::Pass, Verdict::Pass, Verdict::Pass]);
        new.cases.remove(0);
        let difference = difference(&old, &new);
        assert_eq!(difference.cases.gone, ["tst/main/tst-main-01"]);
        assert_eq!(difference.cases.new, ["tst/main/tst-main-03"]);
        assert_eq!(difference.of_kind(Kind::Unjudged).count(), 1);
    }

    #[test]
    fn what_was_taken_is_compared_whatever_was_stored() {
        let snapshot = |content: &str| SnapshotOutcome {
            name: "tst/main/output".to_owned(),
            state: SnapshotState::Same,
            content: content.to_owned(),
            stored: Some(content.to_owned()),
            unused: Vec::new(),
        };
        let mut old = sample::run(&[Verdict::Pass]);
        let mut new = old.clone();
        old.cases[0].snapshots.push(snapshot("status: 200\n"));
        new.cases[0].snapshots.push(snapshot("status: 202\n"));
        let difference = difference(&old, &new);
        assert_eq!((difference.snapshots.len(), difference.regressions()), (1, 0));
    }
}
