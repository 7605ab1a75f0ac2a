//! What the controls of a case came to: whether they showed that the server can tell things apart, and why not if not.

use super::ledger::{Entry, Ledger};
use crate::outcome::CheckOutcome;
use crate::plan::{CheckInfo, TestCase};

/// What the controls of a case came to.
pub(super) struct Controls {
    /// The steps whose controls were found wanting, or were not come to.
    pub(super) failed: Vec<String>,
    /// Why nothing passes, if a control did not hold: those that failed come before those that showed nothing.
    pub(super) lack: Option<String>,
}

/// A check of a control, and what came of it.
struct Control<'c> {
    step: &'c str,
    outcome: CheckOutcome,
    because: Option<&'c str>,
}

impl Controls {
    /// Reads them from the record of a case.
    pub(super) fn read(case: &TestCase, ledger: &Ledger) -> Self {
        let controls = controls(case, ledger);
        let of = |wanted| controls.iter().filter(move |own| own.outcome == wanted);
        let steps = |wanted: &[CheckOutcome]| {
            let found = controls.iter().filter(|own| wanted.contains(&own.outcome));
            let mut steps: Vec<String> = found.map(|own| own.step.to_owned()).collect();
            steps.dedup();
            steps
        };
        let violated = steps(&[CheckOutcome::Violated]);
        let lack = (!violated.is_empty())
            .then(|| format!("control {} failed", violated.join(", ")))
            .or_else(|| Some(of(CheckOutcome::NotReached).next()?.told("was not reached")))
            .or_else(|| Some(of(CheckOutcome::Vacuous).next()?.told("showed nothing")));
        Self { failed: steps(&[CheckOutcome::Violated, CheckOutcome::NotReached]), lack }
    }
}

impl Control<'_> {
    fn told(&self, what: &str) -> String {
        let because = self.because.map(|because| format!(": {because}")).unwrap_or_default();
        format!("control {} {what}{because}", self.step)
    }
}

/// Every check of a control that bears on this target; a step of which none does stands there as one that showed
/// nothing. A control on a way that the server did not take says nothing against the one that it took.
fn controls<'c>(case: &'c TestCase, ledger: &'c Ledger) -> Vec<Control<'c>> {
    let checks = case.program.checks.iter().zip(&case.active).zip(&ledger.entries);
    let checks: Vec<(&CheckInfo, bool, &Entry)> = checks
        .filter(|((check, _), _)| check.control)
        .map(|((check, active), entry)| (check, *active, entry))
        .collect();
    let bears = |step: &str| checks.iter().any(|(check, active, _)| *active && check.step == step);
    let read = |&(check, active, entry): &(&'c CheckInfo, bool, &'c Entry)| {
        let step = check.step.as_str();
        if active {
            let outcome = entry.outcome.unwrap_or(CheckOutcome::NotReached);
            return Some(Control { step, outcome, because: entry.because.as_deref() });
        }
        let because = Some("its `when` does not apply under the policies of the target");
        (!bears(step)).then_some(Control { step, outcome: CheckOutcome::Vacuous, because })
    };
    checks.iter().filter_map(read).collect()
}
