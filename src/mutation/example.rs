//! One exchange that a check finds wanting, and the same exchange as the clean mock has it.

use super::baseline::Baseline;
use super::bench::Bench;
use crate::mock::Defect;
use crate::outcome::{CaseOutcome, Finding, RecordedExchange};
use crate::plan::TestCase;

/// What a violation looks like.
#[derive(Debug, Clone)]
pub struct Example {
    /// The case.
    pub case: String,
    /// What was found wanting.
    pub finding: Finding,
    /// The exchange that it looked at.
    pub failing: RecordedExchange,
    /// That exchange on the clean mock.
    pub passing: Option<RecordedExchange>,
}

/// The first `wanted` finding that the cases make of the defect, in the order of the suite.
pub fn example(
    bench: &Bench<'_>,
    baseline: &Baseline,
    defect: &'static Defect,
    wanted: &dyn Fn(&Finding) -> bool,
) -> Result<Option<Example>, String> {
    for case in baseline.touched(bench, defect) {
        let Some(armed) = run_one(bench, Some(defect), &case)? else { continue };
        let is_wanted = |finding: &&Finding| wanted(finding) && baseline.is_new(&armed.id, finding);
        let findings = armed.findings.iter().filter(is_wanted);
        let Some((finding, failing)) = findings.into_iter().find_map(|finding| seen(&armed, finding)) else {
            continue;
        };
        let clean = run_one(bench, None, &case)?;
        let passing = clean.and_then(|clean| counterpart(&clean, &finding));
        return Ok(Some(Example { case: armed.id, finding, failing, passing }));
    }
    Ok(None)
}

fn run_one(
    bench: &Bench<'_>,
    defect: Option<&'static Defect>,
    case: &TestCase,
) -> Result<Option<CaseOutcome>, String> {
    Ok(bench.run(defect, vec![case.clone()])?.cases.into_iter().next())
}

fn seen(case: &CaseOutcome, finding: &Finding) -> Option<(Finding, RecordedExchange)> {
    let exchange = case.exchanges.get(finding.exchange?)?;
    Some((finding.clone(), exchange.clone()))
}

/// The exchange with the same number, if it belongs to the same step; else the last one of that step.
fn counterpart(clean: &CaseOutcome, finding: &Finding) -> Option<RecordedExchange> {
    let of_the_step = |exchange: &&RecordedExchange| exchange.step == finding.step;
    let same = finding.exchange.and_then(|index| clean.exchanges.get(index)).filter(of_the_step);
    same.or_else(|| clean.exchanges.iter().rev().find(of_the_step)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mutation::sample;
    use rstest::rstest;

    /// Steps of the clean run, number of the failing exchange, number of its counterpart; the failing step is `b`.
    #[rstest]
    #[case::same_number(&["a", "b", "b"], 1, Some(1))]
    #[case::the_step_ended_sooner(&["a", "b", "b", "c"], 3, Some(2))]
    #[case::the_run_ended_sooner(&["a", "b"], 9, Some(1))]
    #[case::the_step_was_left_out(&["a", "c"], 1, None)]
    fn the_counterpart_belongs_to_the_same_step(
        #[case] steps: &[&str],
        #[case] failing: usize,
        #[case] expected: Option<usize>,
    ) {
        let clean = sample::case_with_steps(steps);
        let finding = Finding { step: "b".to_owned(), exchange: Some(failing), ..sample::finding(&[], "") };
        let found = counterpart(&clean, &finding).map(|exchange| exchange.url);
        assert_eq!(found, expected.map(|index| format!("/{index}")));
    }
}
