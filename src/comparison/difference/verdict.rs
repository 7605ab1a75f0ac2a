//! The verdicts of two runs, case by case and requirement by requirement.

use std::collections::{BTreeMap, BTreeSet};

use super::Kind;
use crate::outcome::{CaseOutcome, RunOutcome, Verdict};
use crate::requirement::{Level, RequirementId};

/// A verdict that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In which way.
    pub kind: Kind,
    /// The case.
    pub case: String,
    /// The requirement.
    pub requirement: RequirementId,
    /// Its level, unless no registry of the two runs knows it.
    pub level: Option<Level>,
    /// The verdict of the older run, if it had the case.
    pub old: Option<Verdict>,
    /// The verdict of the newer run, if it has the case.
    pub new: Option<Verdict>,
    /// What the older run found wanting, first.
    pub was: Option<Said>,
    /// What the newer run finds wanting, first.
    pub is: Option<Said>,
    /// Why the newer run gives its verdict, where no finding says it.
    pub because: Option<String>,
}

/// The first finding that cites a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The step.
    pub step: String,
    /// What was looked at.
    pub place: String,
    /// What should have been there.
    pub expected: String,
    /// What was there.
    pub actual: String,
    /// The same in all runs that find the same.
    pub signature: String,
}

/// Every verdict that differs, by case and requirement.
pub(super) fn changes((old, new): (&RunOutcome, &RunOutcome), warnings_fail: bool) -> Vec<Change> {
    let levels: BTreeMap<&str, Level> =
        old.requirements.iter().chain(&new.requirements).map(|row| (row.id.as_str(), row.level)).collect();
    let (old, new) = (by_id(old), by_id(new));
    let ids: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let mut changes = Vec::new();
    for id in ids {
        let (old, new) = (old.get(id).copied(), new.get(id).copied());
        let requirements = old.iter().chain(&new).flat_map(|case| &case.verdicts);
        let requirements: BTreeSet<&RequirementId> =
            requirements.map(|verdict| &verdict.requirement).collect();
        for requirement in requirements {
            let change = change((old, new), requirement, warnings_fail);
            let level = levels.get(requirement.as_str()).copied();
            changes.extend(change.map(|change| Change { case: id.to_owned(), level, ..change }));
        }
    }
    changes
}

fn by_id(outcome: &RunOutcome) -> BTreeMap<&str, &CaseOutcome> {
    outcome.cases.iter().map(|case| (case.id.as_str(), case)).collect()
}

fn change(
    (old, new): (Option<&CaseOutcome>, Option<&CaseOutcome>),
    requirement: &RequirementId,
    warnings_fail: bool,
) -> Option<Change> {
    let verdict = |case: Option<&CaseOutcome>| case.and_then(|case| case.verdict_on(requirement));
    let (was, is) = (said(old, requirement), said(new, requirement));
    let signature = |said: &Option<Said>| said.as_ref().map(|said| said.signature.clone());
    let (before, now) = (verdict(old), verdict(new));
    let kind = Kind::of(before, now, signature(&was) == signature(&is), warnings_fail)?;
    Some(Change {
        kind,
        case: String::new(),
        requirement: requirement.clone(),
        level: None,
        old: before,
        new: now,
        was,
        is,
        because: because(new, requirement),
    })
}

fn said(case: Option<&CaseOutcome>, requirement: &RequirementId) -> Option<Said> {
    let finding = case?.first_divergence(requirement)?;
    Some(Said {
        step: finding.step.clone(),
        place: finding.place.clone(),
        expected: finding.expected.clone(),
        actual: finding.actual.clone(),
        signature: finding.signature.clone(),
    })
}

fn because(case: Option<&CaseOutcome>, requirement: &RequirementId) -> Option<String> {
    let case = case?;
    let verdict = case.verdicts.iter().find(|verdict| verdict.requirement == *requirement)?;
    verdict.because.clone().or_else(|| case.not_run.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::sample;

    #[test]
    fn a_failure_with_another_signature_is_another_failure() {
        let old = sample::run(&[Verdict::Fail]);
        let mut new = old.clone();
        assert_eq!(changes((&old, &new), false), []);
        new.cases[0].findings[0].signature = "another".to_owned();
        let changes = changes((&old, &new), false);
        assert_eq!((changes.len(), changes[0].kind), (1, Kind::OtherFailure));
        assert_eq!(changes[0].level, Some(Level::Must));
        assert_eq!(changes[0].is.as_ref().unwrap().signature, "another");
    }

    #[test]
    fn what_is_undecided_says_why() {
        let old = sample::run(&[Verdict::Pass]);
        let mut new = sample::run(&[Verdict::Inconclusive]);
        new.cases[0].verdicts[0].because = Some("control \"twin\" failed".to_owned());
        let changes = changes((&old, &new), false);
        assert_eq!(changes[0].because.as_deref(), Some("control \"twin\" failed"));
    }
}
