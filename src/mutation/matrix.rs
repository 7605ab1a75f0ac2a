//! The kill matrix: every mutant tried, and what that says of cases, scenarios and requirements.

use super::baseline::Baseline;
use super::bench::Bench;
use super::mutant::{Fate, Mutant, attempt};
use super::pool::spread;
use super::score::{Score, scenario_of, scores};
use crate::mock::{DEFECTS, Defect};
use crate::plan::Suite;
use crate::requirement::{Level, RequirementId, Who};

/// A requirement on servers, and the defects that break it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The requirement.
    pub id: RequirementId,
    /// Its level.
    pub level: Level,
    /// Whether a run can judge it at all.
    pub testable: bool,
    /// The ids of its defects.
    pub defects: Vec<&'static str>,
}

impl Broken {
    /// Whether it is an obligation that somebody could be seen to violate.
    pub fn is_testable_must(&self) -> bool {
        self.testable && self.level.is_must()
    }
}

/// What every mutant that was tried came to.
#[derive(Debug, Clone, Default)]
pub struct KillMatrix {
    /// The mutants, in the order of the registry of defects.
    pub mutants: Vec<Mutant>,
    /// The cases that ran on the clean mock, in the order of the suite.
    pub cases: Vec<Score>,
    /// Their scenarios, in the same order.
    pub scenarios: Vec<Score>,
    /// The requirements on servers, in the order of the registries.
    pub requirements: Vec<Broken>,
    /// Whether every defect there is was tried; only then do idle scenarios say anything.
    pub whole: bool,
    /// Whether the measurement was cut short.
    pub interrupted: bool,
}

/// How many mutants came to each fate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Mutants in all.
    pub mutants: usize,
    /// Killed by a check that cites a requirement of the defect.
    pub killed: usize,
    /// Killed by other checks only.
    pub wrong_reason: usize,
    /// Not noticed.
    pub survived: usize,
    /// Not to be noticed.
    pub equivalent: usize,
}

impl KillMatrix {
    /// The matrix of these mutants, which may be some of those that were asked for.
    pub(super) fn of(suite: &Suite, cases: Vec<String>, mutants: Vec<Mutant>, asked: usize) -> Self {
        let mut scenarios: Vec<String> = cases.iter().map(|case| scenario_of(case).to_owned()).collect();
        scenarios.dedup();
        Self {
            cases: scores(cases, &mutants, |case| case),
            scenarios: scores(scenarios, &mutants, scenario_of),
            requirements: requirements(suite),
            whole: mutants.len() == DEFECTS.len(),
            interrupted: mutants.len() < asked,
            mutants,
        }
    }

    /// The exact counts.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals { mutants: self.mutants.len(), ..Totals::default() };
        for mutant in &self.mutants {
            let count = match mutant.fate() {
                Fate::Killed => &mut totals.killed,
                Fate::WrongReason => &mut totals.wrong_reason,
                Fate::Survived => &mut totals.survived,
                Fate::Equivalent(_) => &mut totals.equivalent,
            };
            *count += 1;
        }
        totals
    }

    /// The scenarios that kill nothing that is not dead before they run.
    pub fn idle(&self) -> impl Iterator<Item = &Score> {
        self.scenarios.iter().filter(|score| self.whole && score.is_idle())
    }

    /// Whether the suite is shown to work, as far as it was tried.
    pub fn is_satisfied(&self) -> bool {
        let Totals { wrong_reason, survived, .. } = self.totals();
        wrong_reason == 0 && survived == 0 && self.idle().next().is_none()
    }
}

/// Tries the mutants of these defects on so many threads; `tell` hears of each that is done.
pub fn measure(
    bench: &Bench<'_>,
    defects: &[&'static Defect],
    threads: usize,
    tell: &(dyn Fn(&'static Defect) + Sync),
) -> Result<KillMatrix, String> {
    let baseline = Baseline::take(bench)?;
    let tried = spread(
        defects,
        threads,
        |defect| baseline.work(defect),
        |defect| {
            let mutant = if bench.interrupt.is_set() { Ok(None) } else { attempt(bench, &baseline, defect) };
            tell(defect);
            mutant
        },
    );
    let mutants = tried.into_iter().filter_map(Result::transpose).collect::<Result<Vec<_>, _>>()?;
    let cases = bench.plan.runnable().map(|case| case.id.clone()).collect();
    Ok(KillMatrix::of(bench.suite, cases, mutants, defects.len()))
}

fn requirements(suite: &Suite) -> Vec<Broken> {
    let on_servers = suite.registries.iter().flat_map(|registry| registry.binding(Who::Server));
    on_servers
        .map(|requirement| Broken {
            id: requirement.id.clone(),
            level: requirement.level,
            testable: requirement.untested.is_none(),
            defects: breaking(&requirement.id),
        })
        .collect()
}

fn breaking(id: &RequirementId) -> Vec<&'static str> {
    let breaking = DEFECTS.iter().filter(|defect| defect.requirements.contains(&id.as_str()));
    breaking.map(|defect| defect.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mutation::sample::{mutant, violated};

    fn matrix(mutants: Vec<Mutant>, whole: bool) -> KillMatrix {
        let ids = || vec!["a/one".to_owned(), "a/two".to_owned()];
        let scenarios = scores(ids(), &mutants, scenario_of);
        KillMatrix { mutants, scenarios, whole, ..KillMatrix::default() }
    }

    #[test]
    fn every_mutant_is_counted_once() {
        let wrong = Mutant { strays: vec![violated("a/one", &["TST-MAIN-09"])], ..mutant(2, &[]) };
        let matrix = matrix(vec![mutant(0, &["a/one"]), mutant(1, &[]), wrong], false);
        let expected = Totals { mutants: 3, killed: 1, wrong_reason: 1, survived: 1, equivalent: 0 };
        assert_eq!(matrix.totals(), expected);
        assert!(!matrix.is_satisfied());
    }

    #[test]
    fn an_idle_scenario_matters_once_every_defect_was_tried() {
        let idle = |whole| matrix(vec![mutant(0, &["a/one", "a/two"])], whole);
        assert!(idle(false).is_satisfied());
        assert!(!idle(true).is_satisfied());
        assert_eq!(idle(true).idle().map(|score| score.id.as_str()).collect::<Vec<_>>(), ["a/two"]);
        assert!(matrix(vec![mutant(0, &["a/one", "a/two"]), mutant(1, &["a/two"])], true).is_satisfied());
    }
}
