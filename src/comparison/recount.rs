//! Everything that follows from the cases of a run, counted and judged again.

use crate::outcome::baseline::{self, Applied, Baseline};
use crate::outcome::{RunOutcome, gate, totals};

/// The same run with its sums, its requirements' verdicts and its gate as its cases give them.
pub fn recount(outcome: &RunOutcome) -> RunOutcome {
    let cases = &outcome.cases;
    let requirements = totals::again(&outcome.requirements, cases);
    let baseline =
        outcome.baseline.as_ref().map(|applied| baseline::judge(&untried(applied, outcome), cases));
    RunOutcome {
        gate: gate::close(cases, &requirements, baseline.as_ref(), &outcome.gate.options),
        baseline,
        counts: totals::counts(&requirements, cases),
        requirements,
        ..outcome.clone()
    }
}

/// What the run was told to tolerate, on the day on which it began.
fn untried(applied: &Applied, outcome: &RunOutcome) -> Baseline {
    Baseline {
        file: applied.file.clone(),
        entries: applied.entries.iter().map(|judged| judged.entry.clone()).collect(),
        day: baseline::day(outcome.volatile.started),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::sample;
    use crate::outcome::Verdict;
    use crate::outcome::gate::GateExit;

    #[test]
    fn what_follows_from_the_cases_is_found_again() {
        let run = sample::run(&[Verdict::Pass, Verdict::Warn, Verdict::Fail]);
        let mut bent = run.clone();
        bent.requirements[2].verdict = Verdict::Pass;
        bent.requirements[0].cases.clear();
        bent.counts.clear();
        bent.gate.exit = GateExit::Satisfied;
        bent.gate.because.clear();
        assert_eq!(recount(&bent), run);
    }
}
