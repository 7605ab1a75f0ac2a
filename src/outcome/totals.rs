//! Sums over a run: the roll-up of each requirement, and how many of each level got how far.

use std::collections::BTreeMap;

use super::{CaseOutcome, Counts, RequirementOutcome, Verdict, verdict};
use crate::requirement::{Level, Registry, Requirement, RequirementId, Who};

/// Every requirement that binds servers, in the registries' order, over all cases that cite it.
pub fn requirements(registries: &[&Registry], cases: &[CaseOutcome]) -> Vec<RequirementOutcome> {
    let of_registry = |registry: &&Registry| -> Vec<RequirementOutcome> {
        registry
            .binding(Who::Server)
            .map(|requirement| roll_up(&registry.profile, requirement, cases))
            .collect()
    };
    registries.iter().flat_map(of_registry).collect()
}

/// The same requirements over these cases.
pub fn again(requirements: &[RequirementOutcome], cases: &[CaseOutcome]) -> Vec<RequirementOutcome> {
    let rolled_up = |requirement: &RequirementOutcome| {
        let (verdict, cases) = citing(&requirement.id, cases);
        RequirementOutcome { verdict, cases, ..requirement.clone() }
    };
    requirements.iter().map(rolled_up).collect()
}

/// How many requirements of each level there are, and how far they got; every level has its row.
pub fn counts(requirements: &[RequirementOutcome], cases: &[CaseOutcome]) -> BTreeMap<Level, Counts> {
    let mut counts: BTreeMap<Level, Counts> = Level::all().map(|level| (level, Counts::default())).collect();
    for requirement in requirements {
        let reach = Reach::of(requirement, cases);
        let row = counts.entry(requirement.level).or_default();
        row.registered += 1;
        row.observable += usize::from(reach >= Reach::Observable);
        row.attainable += usize::from(reach >= Reach::Attainable);
        row.exercised += usize::from(reach >= Reach::Exercised);
        row.held += usize::from(reach >= Reach::Held);
    }
    counts
}

/// How far a requirement got; each stage contains the ones before it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Registered,
    Observable,
    Attainable,
    Exercised,
    Held,
}

impl Reach {
    fn of(requirement: &RequirementOutcome, cases: &[CaseOutcome]) -> Self {
        match requirement.verdict {
            _ if requirement.untested.is_some() => Self::Registered,
            Verdict::Skip | Verdict::Unattainable | Verdict::Unsupported => Self::Observable,
            Verdict::Pass => Self::Held,
            _ if is_exercised(requirement, cases) => Self::Exercised,
            _ => Self::Attainable,
        }
    }
}

fn is_exercised(requirement: &RequirementOutcome, cases: &[CaseOutcome]) -> bool {
    let judged = [Verdict::Pass, Verdict::Fail, Verdict::Warn, Verdict::Info];
    cases.iter().filter_map(|case| case.verdict_on(&requirement.id)).any(|verdict| judged.contains(&verdict))
}

fn roll_up(profile: &str, requirement: &Requirement, cases: &[CaseOutcome]) -> RequirementOutcome {
    let (verdict, cases) = citing(&requirement.id, cases);
    RequirementOutcome {
        id: requirement.id.clone(),
        profile: profile.to_owned(),
        level: requirement.level,
        statement: requirement.statement.clone(),
        untested: requirement.untested.clone(),
        verdict,
        cases,
    }
}

/// What the cases that cite a requirement come to, and which they are.
fn citing(id: &RequirementId, cases: &[CaseOutcome]) -> (Verdict, Vec<String>) {
    let citing = || cases.iter().filter_map(|case| Some((case, case.verdict_on(id)?)));
    let verdict = verdict::roll_up(citing().map(|(_, verdict)| verdict));
    (verdict, citing().map(|(case, _)| case.id.clone()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::sample;
    use rstest::rstest;

    fn reach(verdicts: &[Verdict], untested: bool) -> Counts {
        let mut registry = sample::registry(&[Level::Must]);
        registry.requirements[0].untested = untested.then(|| "cannot be seen from outside".to_owned());
        let id = registry.requirements[0].id.clone();
        let cases: Vec<CaseOutcome> = verdicts.iter().map(|verdict| sample::case(&id, *verdict)).collect();
        counts(&requirements(&[&registry], &cases), &cases)[&Level::Must]
    }

    /// Registered, observable, attainable, exercised, held.
    #[rstest]
    #[case(&[], false, [1, 1, 1, 0, 0])]
    #[case(&[], true, [1, 0, 0, 0, 0])]
    #[case(&[Verdict::Pass, Verdict::Unattainable], false, [1, 1, 1, 1, 1])]
    #[case(&[Verdict::Unattainable], false, [1, 1, 0, 0, 0])]
    #[case(&[Verdict::Skip, Verdict::Unsupported], false, [1, 1, 0, 0, 0])]
    #[case(&[Verdict::Pass, Verdict::Fail], false, [1, 1, 1, 1, 0])]
    #[case(&[Verdict::Pass, Verdict::Inconclusive], false, [1, 1, 1, 1, 0])]
    #[case(&[Verdict::Error], false, [1, 1, 1, 0, 0])]
    fn each_stage_contains_the_ones_before(
        #[case] verdicts: &[Verdict],
        #[case] untested: bool,
        #[case] expected: [usize; 5],
    ) {
        let row = reach(verdicts, untested);
        let stages = [row.registered, row.observable, row.attainable, row.exercised, row.held];
        assert_eq!(stages, expected);
    }

    #[test]
    fn only_what_binds_servers_is_counted() {
        let mut registry = sample::registry(&[Level::Must, Level::May]);
        registry.requirements[0].who = vec![Who::Client];
        let counts = counts(&requirements(&[&registry], &[]), &[]);
        assert_eq!((counts[&Level::Must].registered, counts[&Level::May].registered), (0, 1));
    }
}
