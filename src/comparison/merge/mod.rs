//! The shards of one run put together to the run. Whatever is not one run, whole and without overlap, is refused.

mod fit;
mod whole;

use super::{Run, recount};
use crate::diagnostic::Diagnostic;
use crate::outcome::{RunOutcome, Selection, TargetSummary, Volatile, gate};

/// The run that these are the shards of. The places in its cases are those of the shards.
pub fn merge(shards: &[Run<'_>]) -> Result<RunOutcome, Diagnostic> {
    let Some((first, others)) = shards.split_first() else { return Err(whole::nothing()) };
    whole::check_numbers(shards)?;
    for other in others {
        fit::check(first, other)?;
    }
    whole::check_cases(shards)?;
    Ok(recount(&joined(first.outcome, shards)))
}

fn joined(first: &RunOutcome, shards: &[Run<'_>]) -> RunOutcome {
    let outcomes = || shards.iter().map(|shard| shard.outcome);
    let interrupted = outcomes().any(|outcome| outcome.interrupted);
    let mut cases: Vec<_> = outcomes().flat_map(|outcome| outcome.cases.iter().cloned()).collect();
    cases.sort_by(|one, other| one.id.cmp(&other.id));
    let mut gate = first.gate.clone();
    let unmet_faults = unmet_faults(shards);
    gate.options = gate::Options { interrupted, part: false, unmet_faults, ..gate.options };
    let complete = first.selection.filters.is_empty() && !interrupted;
    RunOutcome {
        target: target(shards),
        selection: Selection { shard: None, complete, ..first.selection.clone() },
        gate,
        cases,
        interrupted,
        volatile: volatile(first, shards),
        ..first.clone()
    }
}

/// A fault that met a call in any shard met one; a shard without a case knows of none.
fn unmet_faults(shards: &[Run<'_>]) -> Vec<String> {
    let told = || shards.iter().map(|shard| shard.outcome).filter(|outcome| !outcome.cases.is_empty());
    let unmet = |outcome: &RunOutcome, name| outcome.gate.options.unmet_faults.contains(name);
    let first = told().next().map_or(&[][..], |first| &first.gate.options.unmet_faults);
    first.iter().filter(|name| told().all(|outcome| unmet(outcome, name))).cloned().collect()
}

/// Each shard knows the jobs of its own cases only.
fn target(shards: &[Run<'_>]) -> TargetSummary {
    let mut target = TargetSummary::default();
    for shard in shards.iter().rev() {
        let bindings = std::mem::take(&mut target.bindings);
        target.clone_from(&shard.outcome.target);
        target.bindings.extend(bindings);
    }
    target
}

/// From the first beginning to the last end.
fn volatile(first: &RunOutcome, shards: &[Run<'_>]) -> Volatile {
    let spans = || shards.iter().map(|shard| &shard.outcome.volatile);
    let started = spans().map(|volatile| volatile.started).min().unwrap_or(first.volatile.started);
    let end = |volatile: &Volatile| {
        let before = volatile.started.duration_since(started);
        before.unsigned_abs().saturating_add(volatile.duration)
    };
    let duration = spans().map(end).max().unwrap_or_default();
    Volatile { started, duration, ..first.volatile.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::sample;
    use crate::outcome::Verdict;
    use rstest::rstest;

    /// A run, and its three shards of a case each.
    fn run_and_shards() -> (RunOutcome, Vec<RunOutcome>) {
        let run = sample::run(&[Verdict::Pass, Verdict::Warn, Verdict::Fail]);
        let shards = (0..3).map(|index| shard(&run, index)).collect();
        (run, shards)
    }

    fn shard(run: &RunOutcome, index: usize) -> RunOutcome {
        let mut shard = run.clone();
        shard.cases = vec![run.cases[index].clone()];
        shard.selection.shard = Some(format!("{}/3", index + 1));
        shard.selection.complete = false;
        shard.gate.options.part = true;
        shard.target.bindings.retain(|key, _| key.starts_with(&run.cases[index].id));
        recount(&shard)
    }

    fn merged(shards: &[RunOutcome]) -> Result<RunOutcome, Diagnostic> {
        let names = ["a.json", "b.json", "c.json"];
        let runs = names.into_iter().zip(shards).map(|(name, outcome)| Run { name, outcome });
        merge(&runs.collect::<Vec<_>>())
    }

    #[rstest]
    #[case([0, 1, 2])]
    #[case([2, 0, 1])]
    fn the_shards_give_the_run(#[case] order: [usize; 3]) {
        let (run, shards) = run_and_shards();
        assert_eq!(merged(&order.map(|index| shards[index].clone())), Ok(run));
    }

    #[rstest]
    #[case::none(&[], "no-shard", "there is no shard to merge")]
    #[case::gap(&[0, 2], "shard-gap", "shard 2/3 is missing")]
    #[case::overlap(&[0, 1, 1], "shard-overlap", "`b.json` and `c.json` are both shard 2/3")]
    fn all_shards_must_be_there_once(#[case] indices: &[usize], #[case] code: &str, #[case] message: &str) {
        let (_, shards) = run_and_shards();
        let chosen: Vec<RunOutcome> = indices.iter().map(|index| shards[*index].clone()).collect();
        let refused = merged(&chosen).unwrap_err();
        assert_eq!((refused.code, refused.message.as_str()), (code, message));
    }

    type Bend = fn(&mut RunOutcome);

    #[rstest]
    #[case::whole(|b: &mut RunOutcome| b.selection.shard = None, "no-shard", "`b.json` is no shard")]
    #[case::number(|b: &mut RunOutcome| b.selection.shard = Some("two".into()), "no-shard", "`b.json` is no shard")]
    #[case::of(|b: &mut RunOutcome| b.selection.shard = Some("2/4".into()), "shard-gap", "`b.json` is one of 4 shards, and `a.json` one of 3")]
    #[case::suite(|b: &mut RunOutcome| b.suite_digest.push('1'), "shard-suite", "different runs: suite: expected \"sha256:0000\", actual \"sha256:00001\"")]
    #[case::target(|b: &mut RunOutcome| b.target.identity.push('1'), "shard-target", "target: expected \"Acme Orchestrator 4.2\", actual \"Acme Orchestrator 4.21\"")]
    #[case::policy(|b: &mut RunOutcome| b.target.policies.clear(), "shard-target", "policy tst.fault_status: expected \"any\", actual none")]
    #[case::capability(|b: &mut RunOutcome| drop(b.target.capabilities.insert("tst.new".into(), "yes".into())), "shard-target", "capability tst.new: expected none, actual \"yes\"")]
    #[case::filter(|b: &mut RunOutcome| b.selection.filters.push("x".into()), "shard-selection", "selection: expected none, actual \"x\"")]
    #[case::gate(|b: &mut RunOutcome| b.gate.options.full = true, "shard-selection", "gate: expected \"changed snapshot\", actual \"full, changed snapshot\"")]
    #[case::case(|b: &mut RunOutcome| b.cases[0].id = "tst/main/tst-main-01".into(), "shard-overlap", "`a.json` and `b.json` both have the case tst/main/tst-main-01")]
    #[case::cases(|b: &mut RunOutcome| b.cases.clear(), "shard-gap", "2 cases in all, and the run had 3")]
    fn what_is_not_one_run_is_refused(#[case] bend: Bend, #[case] code: &str, #[case] message: &str) {
        let (_, mut shards) = run_and_shards();
        bend(&mut shards[1]);
        let refused = merged(&shards).unwrap_err();
        assert_eq!(refused.code, code, "{}", refused.message);
        assert!(refused.message.contains(message), "{}", refused.message);
    }

    #[test]
    fn a_fault_that_met_a_call_in_any_shard_met_one() {
        let (_, mut shards) = run_and_shards();
        for (shard, unmet) in shards.iter_mut().zip([&["slow", "cut"][..], &["cut"], &["cut", "slow"]]) {
            shard.gate.options.unmet_faults = unmet.iter().map(ToString::to_string).collect();
        }
        let gate = merged(&shards).unwrap().gate;
        assert_eq!(gate.options.unmet_faults, ["cut"]);
        assert!(gate.because.contains(&"no call met the fault cut".to_owned()), "{:?}", gate.because);
    }

    #[test]
    fn a_shard_that_was_interrupted_interrupts_the_run() {
        let (_, mut shards) = run_and_shards();
        shards[1].interrupted = true;
        let merged = merged(&shards).unwrap();
        assert!(merged.interrupted && merged.gate.options.interrupted && !merged.selection.complete);
    }
}
