//! Why requirements came to a verdict that is neither a pass nor a failure, the commonest reason first; and which policies
//! decided a verdict.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::outcome::{CaseOutcome, CaseVerdict, Finding, RequirementOutcome, RunOutcome, Verdict};

/// What one reason explains.
#[derive(Default)]
pub(super) struct Group<'a> {
    /// The requirements, in the registries' order.
    pub requirements: Vec<&'a RequirementOutcome>,
    /// The cases, by id.
    pub cases: Vec<&'a CaseOutcome>,
}

/// The requirements of a verdict, by the reason that the cases give; the largest group first.
pub(super) fn grouped(outcome: &RunOutcome, verdict: Verdict) -> Vec<(&str, Group<'_>)> {
    let mut groups: BTreeMap<&str, Group<'_>> = BTreeMap::new();
    for requirement in outcome.requirements.iter().filter(|row| row.verdict == verdict) {
        for case in judged(outcome, requirement, verdict) {
            let group = groups.entry(reason(case, requirement)).or_default();
            if group.requirements.last().is_none_or(|last| last.id != requirement.id) {
                group.requirements.push(requirement);
            }
            if !group.cases.iter().any(|own| own.id == case.id) {
                group.cases.push(case);
            }
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, group)| Reverse(group.requirements.len()));
    groups
}

/// How many requirements of a verdict have a case that says why.
pub(super) fn number(outcome: &RunOutcome, verdict: Verdict) -> usize {
    let rows = outcome.requirements.iter().filter(|row| row.verdict == verdict);
    rows.filter(|row| judged(outcome, row, verdict).next().is_some()).count()
}

/// A recommendation that is not followed.
pub(super) struct Warning<'a> {
    /// What is recommended.
    pub requirement: &'a RequirementOutcome,
    /// The cases that saw it; at least one.
    pub cases: Vec<&'a CaseOutcome>,
    /// What the first of them found.
    pub finding: Option<&'a Finding>,
}

/// Every recommendation that is not followed.
pub(super) fn warnings(outcome: &RunOutcome) -> Vec<Warning<'_>> {
    let warned = |requirement| {
        let cases: Vec<&CaseOutcome> = judged(outcome, requirement, Verdict::Warn).collect();
        let finding = cases.first()?.first_divergence(&requirement.id);
        Some(Warning { requirement, cases, finding })
    };
    outcome.requirements.iter().filter_map(warned).collect()
}

/// Errors of the environment: each reason once, with the cases it hit.
pub(super) fn errors(outcome: &RunOutcome) -> BTreeMap<&str, Vec<&CaseOutcome>> {
    let mut reasons: BTreeMap<&str, Vec<&CaseOutcome>> = BTreeMap::new();
    for case in outcome.cases.iter().filter(|case| case.verdict() == Verdict::Error) {
        reasons.entry(case.not_run.as_deref().unwrap_or(NO_REASON)).or_default().push(case);
    }
    reasons
}

/// Which policies of the target file decided a verdict, and on which requirements.
pub(super) fn policies(outcome: &RunOutcome) -> BTreeMap<&str, Vec<&str>> {
    let mut policies: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for verdict in outcome.cases.iter().flat_map(|case| &case.verdicts) {
        let Some(policy) = &verdict.policy else { continue };
        let ids = policies.entry(policy).or_default();
        if !ids.contains(&verdict.requirement.as_str()) {
            ids.push(verdict.requirement.as_str());
        }
    }
    policies
}

/// Stands where nobody said why.
pub(super) const NO_REASON: &str = "no reason was recorded";

/// The cases that came to a verdict on a requirement, those aside that a baseline knows.
fn judged<'a>(
    outcome: &'a RunOutcome,
    requirement: &'a RequirementOutcome,
    verdict: Verdict,
) -> impl Iterator<Item = &'a CaseOutcome> {
    let cases = outcome.cases.iter().filter(move |case| case.verdict_on(&requirement.id) == Some(verdict));
    cases.filter(move |case| !outcome.is_excused(case, &requirement.id))
}

fn reason<'a>(case: &'a CaseOutcome, requirement: &RequirementOutcome) -> &'a str {
    let own = case.verdicts.iter().find(|verdict| verdict.requirement == requirement.id);
    let because = own.and_then(|verdict: &CaseVerdict| verdict.because.as_deref());
    because.or(case.not_run.as_deref()).unwrap_or(NO_REASON)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn each_reason_is_told_with_what_it_explains() {
        let (outcome, _) = sample::run();
        let groups = grouped(&outcome, Verdict::Skip);
        let [(reason, group)] = groups.as_slice() else { panic!("one reason, not {}", groups.len()) };
        let ids = (group.requirements[0].id.as_str(), group.cases[0].id.as_str());
        assert_eq!((*reason, ids), ("tagged slow", ("TST-MAIN-07", "tst/off/left-out")));
        assert_eq!(number(&outcome, Verdict::Skip), 1);
    }

    #[test]
    fn a_policy_is_told_once_for_each_requirement() {
        let (outcome, _) = sample::run();
        assert_eq!(policies(&outcome), [("fault_status = any", vec!["TST-MAIN-04"])].into());
    }
}
