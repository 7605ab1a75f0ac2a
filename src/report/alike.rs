//! Failing cases, those that fail in the same way behind the first of them: what is one mistake is told once.

use super::cause;
use crate::outcome::{CaseOutcome, Finding, RunOutcome, Verdict};

/// A failing case and the others of its scenario that fail in the same way.
pub(super) type Alike<'a> = (&'a CaseOutcome, Vec<&'a CaseOutcome>);

/// How many are told in full; a run in which everything fails for one reason shows fewer.
const SHOWN: usize = 20;
const SHOWN_WITH_COMMON_CAUSE: usize = 1;

/// How many groups are told in full.
pub(super) fn shown(outcome: &RunOutcome) -> usize {
    if cause::common(outcome).is_some() { SHOWN_WITH_COMMON_CAUSE } else { SHOWN }
}

/// Every failing case that no baseline excuses, each in one group.
pub(super) fn failing(outcome: &RunOutcome) -> Vec<Alike<'_>> {
    let mut groups: Vec<Alike<'_>> = Vec::new();
    let is_news = |case: &&CaseOutcome| case.verdict() == Verdict::Fail && outcome.excuses(case).is_empty();
    for case in outcome.cases.iter().filter(is_news) {
        match groups.iter_mut().find(|(first, _)| fails_like(first, case)) {
            Some((_, like_it)) => like_it.push(case),
            None => groups.push((case, Vec::new())),
        }
    }
    groups
}

/// The findings that fail a case; one that only warns or informs has its own section.
pub(super) fn decisive(case: &CaseOutcome) -> impl Iterator<Item = &Finding> {
    let fails =
        |finding: &&Finding| finding.requirements.iter().any(|id| case.verdict_on(id) == Some(Verdict::Fail));
    case.findings.iter().filter(fails)
}

/// The parts of the ids that tell the others from the first: `@post, @put`.
pub(super) fn variants(like_it: &[&CaseOutcome]) -> String {
    like_it.iter().map(|other| variant(&other.id)).collect::<Vec<_>>().join(", ")
}

fn fails_like(one: &CaseOutcome, other: &CaseOutcome) -> bool {
    let signatures = |case| decisive(case).map(|finding| finding.signature.as_str()).collect::<Vec<_>>();
    scenario(&one.id) == scenario(&other.id) && signatures(one) == signatures(other)
}

fn scenario(id: &str) -> &str {
    id.split_once('@').map_or(id, |(scenario, _)| scenario)
}

fn variant(id: &str) -> &str {
    id.find('@').map_or(id, |at| &id[at..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn equal_failures_of_one_scenario_stand_together() {
        let (mut outcome, _) = sample::run();
        let groups = failing(&outcome);
        assert_eq!((groups.len(), variants(&groups[0].1).as_str()), (1, "@post"));
        outcome.cases[1].findings[0].signature = "another".to_owned();
        assert_eq!(failing(&outcome).len(), 2);
    }
}
