//! From the outcome of a run to the exit code of its gate; knows verdicts and levels, nothing of how they came about.

mod exit;
mod options;

pub use exit::GateExit;
pub use options::Options;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::baseline::{self, Applied};
use super::{CaseOutcome, Gate, RequirementOutcome, SnapshotOutcome, SnapshotState, Verdict, phrase};
use crate::requirement::{Level, RequirementId};

/// How many ids a reason names.
const SHOWN: usize = 10;

/// Whether a verdict on a requirement of this level closes the gate, unless it is excused.
pub fn closes(level: Level, verdict: Verdict, options: &Options) -> bool {
    match verdict {
        Verdict::Error | Verdict::Fail => true,
        Verdict::Warn => options.fail_on_warn,
        Verdict::Inconclusive => level.is_must(),
        Verdict::Info | Verdict::Pass | Verdict::Skip | Verdict::Unattainable | Verdict::Unsupported => false,
    }
}

/// Closes the gate over a run's cases and the roll-up of its requirements; what the baseline excuses does not close it.
pub fn close(
    cases: &[CaseOutcome],
    requirements: &[RequirementOutcome],
    baseline: Option<&Applied>,
    options: &Options,
) -> Gate {
    let results = Results { cases, requirements, baseline };
    let mut exit = GateExit::Satisfied;
    let mut because = Vec::new();
    for candidate in GateExit::ORDER {
        let reasons = match candidate {
            GateExit::Interrupted => interruption(options),
            GateExit::Environment => errors(cases),
            GateExit::Violation => violations(results, options),
            GateExit::Undecided => undecided(results, options),
            GateExit::Satisfied => Vec::new(),
        };
        if exit == GateExit::Satisfied && !reasons.is_empty() {
            exit = candidate;
        }
        because.extend(reasons);
    }
    Gate { exit, because, options: options.clone() }
}

/// What the gate looks at.
#[derive(Clone, Copy)]
struct Results<'a> {
    cases: &'a [CaseOutcome],
    requirements: &'a [RequirementOutcome],
    baseline: Option<&'a Applied>,
}

impl Results<'_> {
    /// How many cases come to this verdict on a requirement without an excuse.
    fn open(self, id: &RequirementId, verdict: Verdict) -> usize {
        let excused = |case: &CaseOutcome| {
            self.baseline.is_some_and(|baseline| baseline.excuse(&case.id, id).is_some())
        };
        let cases = self.cases.iter().filter(|case| case.verdict_on(id) == Some(verdict));
        cases.filter(|case| !excused(case)).count()
    }
}

fn interruption(options: &Options) -> Vec<String> {
    options.interrupted.then(|| "the run was interrupted".to_owned()).into_iter().collect()
}

fn errors(cases: &[CaseOutcome]) -> Vec<String> {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.verdict() == Verdict::Error) {
        *reasons.entry(case.not_run.as_deref().unwrap_or("no reason was recorded")).or_default() += 1;
    }
    reasons
        .iter()
        .map(|(reason, count)| format!("{} ended in an error: {reason}", phrase::count(*count, "case")))
        .collect()
}

fn violations(results: Results<'_>, options: &Options) -> Vec<String> {
    let mut reasons = verdicts_of(Verdict::Fail, "is violated", results);
    if options.fail_on_warn {
        reasons.extend(verdicts_of(Verdict::Warn, "is not followed", results));
    }
    reasons.extend(results.baseline.into_iter().flat_map(baseline::complaints));
    reasons.extend(results.cases.iter().flat_map(|case| refusals(case, options)));
    reasons
}

/// What the gate says of the snapshots of a case, one line for each that closes it.
pub fn refusals(case: &CaseOutcome, options: &Options) -> Vec<String> {
    let is_refused = |snapshot: &&SnapshotOutcome| options.refused_snapshots.contains(&snapshot.state);
    case.snapshots.iter().filter(is_refused).map(refusal).collect()
}

fn verdicts_of(verdict: Verdict, what: &str, results: Results<'_>) -> Vec<String> {
    let number = |row: &RequirementOutcome| results.open(&row.id, verdict);
    let rows = results.requirements.iter().map(|row| (row, number(row)));
    let mut rows: Vec<(&RequirementOutcome, usize)> = rows.filter(|(_, number)| *number > 0).collect();
    // What most checks found wanting is the likeliest culprit; the rest may only follow from it.
    rows.sort_by_cached_key(|(row, _)| {
        (row.level, Reverse(findings(results.cases, &row.id)), row.id.clone())
    });
    let line = |(row, number): (&RequirementOutcome, usize)| {
        format!("{} ({}) {what} in {}", row.id, row.level, phrase::count(number, "case"))
    };
    rows.into_iter().map(line).collect()
}

/// How many checks that cite a requirement found something wanting.
fn findings(cases: &[CaseOutcome], id: &RequirementId) -> usize {
    let findings = cases.iter().flat_map(|case| &case.findings);
    findings.filter(|finding| finding.requirements.contains(id)).count()
}

fn refusal(snapshot: &SnapshotOutcome) -> String {
    let way_out = match snapshot.state {
        SnapshotState::New => "; keep it: orchspec run --snapshots record",
        _ => "",
    };
    format!("snapshot {} is {}{way_out}", snapshot.name, snapshot.state)
}

fn undecided(results: Results<'_>, options: &Options) -> Vec<String> {
    let Results { cases, requirements, .. } = results;
    let inconclusive = musts(requirements).filter(|must| results.open(&must.id, Verdict::Inconclusive) > 0);
    let mut reasons = Vec::new();
    reasons.extend(listed("could not be decided", inconclusive));
    if options.full {
        let unattainable = musts(requirements).filter(|must| must.verdict == Verdict::Unattainable);
        reasons.extend(listed("cannot be attained with this target file", unattainable));
    }
    if !options.part {
        reasons.extend(unjudged(options));
        reasons.extend(unproven_protocols(requirements));
        let is_proof = cases.is_empty() || musts(requirements).next().is_some();
        reasons.extend((!is_proof).then(|| "no MUST was judged".to_owned()));
        reasons.extend(options.unmet_faults.iter().map(|name| format!("no call met the fault {name}")));
        let is_nothing = cases.is_empty() && !options.interrupted;
        reasons.extend(is_nothing.then(|| "no case was selected".to_owned()));
    }
    reasons
}

/// The obligations that some case of the selection cites.
fn musts(requirements: &[RequirementOutcome]) -> impl Iterator<Item = &RequirementOutcome> {
    requirements.iter().filter(|requirement| requirement.level.is_must() && !requirement.cases.is_empty())
}

/// What no scenario looks at is as undecided as what none can attain.
fn unjudged(options: &Options) -> Option<String> {
    let ids: Vec<&str> = options.unjudged.iter().map(String::as_str).filter(|_| options.full).collect();
    let (number, named) = (phrase::count(ids.len(), "MUST"), phrase::first_of(&ids, SHOWN));
    (!ids.is_empty()).then(|| format!("no scenario judges {number}: {named}"))
}

fn listed<'a>(what: &str, requirements: impl Iterator<Item = &'a RequirementOutcome>) -> Option<String> {
    let ids: Vec<&str> = requirements.map(|requirement| requirement.id.as_str()).collect();
    (!ids.is_empty()).then(|| {
        let (number, ids) = (phrase::count(ids.len(), "MUST"), phrase::first_of(&ids, SHOWN));
        format!("{number} {what}: {ids}")
    })
}

/// A run that shows nothing must not be green: each protocol needs one obligation that was seen to hold.
fn unproven_protocols(requirements: &[RequirementOutcome]) -> Vec<String> {
    let mut proven: BTreeMap<&str, bool> = BTreeMap::new();
    for must in musts(requirements) {
        *proven.entry(&must.profile).or_default() |= must.verdict == Verdict::Pass;
    }
    let unproven = proven.iter().filter(|(_, proven)| !**proven);
    unproven.map(|(profile, _)| format!("no MUST of {profile} was seen to hold")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::baseline::{Judged, Standing};
    use crate::outcome::{sample, totals};
    use rstest::rstest;

    /// Two obligations and a recommendation of one protocol, a case for each, judged as told.
    fn closed(verdicts: [Verdict; 3], options: &Options) -> Gate {
        let levels = [Level::Must, Level::DerivedMust, Level::Should];
        let registry = sample::registry(&levels);
        let cases: Vec<CaseOutcome> = registry
            .requirements
            .iter()
            .zip(verdicts)
            .map(|(requirement, verdict)| sample::case(&requirement.id, verdict))
            .collect();
        close(&cases, &totals::requirements(&[&registry], &cases), None, options)
    }

    #[rstest]
    #[case([Verdict::Pass, Verdict::Pass, Verdict::Pass], 0)]
    #[case([Verdict::Pass, Verdict::Pass, Verdict::Warn], 0)]
    #[case([Verdict::Pass, Verdict::Pass, Verdict::Inconclusive], 0)]
    #[case([Verdict::Pass, Verdict::Unattainable, Verdict::Info], 0)]
    #[case([Verdict::Pass, Verdict::Fail, Verdict::Pass], 1)]
    #[case([Verdict::Inconclusive, Verdict::Fail, Verdict::Pass], 1)]
    #[case([Verdict::Pass, Verdict::Inconclusive, Verdict::Pass], 3)]
    #[case([Verdict::Unattainable, Verdict::Unsupported, Verdict::Pass], 3)]
    #[case([Verdict::Error, Verdict::Fail, Verdict::Inconclusive], 4)]
    fn the_first_that_applies_is_the_exit(#[case] verdicts: [Verdict; 3], #[case] code: u8) {
        let gate = closed(verdicts, &Options::default());
        assert_eq!(gate.exit.code(), code);
        assert_eq!(gate.because.is_empty(), code == 0);
    }

    #[rstest]
    #[case([Verdict::Pass, Verdict::Pass, Verdict::Warn], 1)]
    #[case([Verdict::Pass, Verdict::Unattainable, Verdict::Pass], 3)]
    #[case([Verdict::Pass, Verdict::Pass, Verdict::Unattainable], 0)]
    fn stricter_gates_let_more_through_to_the_exit(#[case] verdicts: [Verdict; 3], #[case] code: u8) {
        let options = Options { fail_on_warn: true, full: true, ..Options::default() };
        assert_eq!(closed(verdicts, &options).exit.code(), code);
    }

    #[rstest]
    #[case::by_default(Options::default(), 0)]
    #[case::full(Options { full: true, ..Options::default() }, 3)]
    #[case::a_shard(Options { full: true, part: true, ..Options::default() }, 0)]
    fn what_no_scenario_judges_is_undecided_under_the_full_gate(#[case] options: Options, #[case] code: u8) {
        let options = Options { unjudged: vec!["TST-MAIN-04".to_owned()], ..options };
        let gate = closed([Verdict::Pass, Verdict::Pass, Verdict::Pass], &options);
        let expected = if code == 0 { vec![] } else { vec!["no scenario judges 1 MUST: TST-MAIN-04"] };
        assert_eq!(
            (gate.exit.code(), gate.because),
            (code, expected.iter().map(ToString::to_string).collect())
        );
    }

    #[test]
    fn an_interruption_outweighs_everything() {
        let options = Options { interrupted: true, ..Options::default() };
        let gate = closed([Verdict::Error, Verdict::Fail, Verdict::Pass], &options);
        assert_eq!(gate.exit, GateExit::Interrupted);
        assert_eq!(
            gate.because,
            [
                "the run was interrupted",
                "1 case ended in an error: nobody listens at 127.0.0.1:9",
                "TST-MAIN-02 (MUST*) is violated in 1 case",
                "no MUST of tst was seen to hold",
            ]
        );
    }

    #[test]
    fn what_most_checks_found_wanting_is_named_first_within_its_level() {
        let registry = sample::registry(&[Level::DerivedMust, Level::Must, Level::Must]);
        let ids: Vec<&RequirementId> = registry.requirements.iter().map(|row| &row.id).collect();
        let found = |times: usize, id: &RequirementId| vec![sample::finding(id); times];
        let cases: Vec<CaseOutcome> = ids
            .iter()
            .zip([3, 1, 2])
            .map(|(id, times)| CaseOutcome { findings: found(times, id), ..sample::case(id, Verdict::Fail) })
            .collect();
        let gate = close(&cases, &totals::requirements(&[&registry], &cases), None, &Options::default());
        let named: Vec<&str> = gate.because.iter().filter_map(|reason| reason.split(' ').next()).collect();
        assert_eq!(named[..3], ["TST-MAIN-03", "TST-MAIN-02", "TST-MAIN-01"]);
    }

    fn excusing(id: &RequirementId, standing: Standing) -> Applied {
        let entry = sample::entry("tst/main/fail", id.as_str(), "");
        Applied { file: "baseline.yaml".to_owned(), entries: vec![Judged { entry, standing }] }
    }

    /// One obligation that holds and one that is violated, with an entry of a baseline on the latter.
    fn closed_with(standing: Standing) -> Gate {
        let registry = sample::registry(&[Level::Must, Level::Must]);
        let [held, violated] = [0, 1].map(|index| registry.requirements[index].id.clone());
        let cases = [sample::case(&held, Verdict::Pass), sample::case(&violated, Verdict::Fail)];
        let baseline = excusing(&violated, standing);
        close(&cases, &totals::requirements(&[&registry], &cases), Some(&baseline), &Options::default())
    }

    #[rstest]
    #[case(Standing::Excused, &[])]
    #[case(Standing::Changed, &["TST-MAIN-02", "baseline.yaml"])]
    #[case(Standing::Expired, &["TST-MAIN-02", "baseline.yaml"])]
    #[case(Standing::Passes, &["TST-MAIN-02", "baseline.yaml"])]
    #[case(Standing::Stale, &["TST-MAIN-02", "baseline.yaml"])]
    #[case(Standing::Undecided, &["TST-MAIN-02"])]
    #[case(Standing::Unjudged, &["TST-MAIN-02"])]
    fn a_baseline_opens_the_gate_or_closes_it(#[case] standing: Standing, #[case] named: &[&str]) {
        let gate = closed_with(standing);
        let first: Vec<&str> = gate.because.iter().filter_map(|reason| reason.split(' ').next()).collect();
        assert_eq!(first, named);
        assert_eq!(gate.exit == GateExit::Satisfied, named.is_empty());
    }

    #[test]
    fn an_excuse_proves_nothing() {
        let registry = sample::registry(&[Level::Must]);
        let id = &registry.requirements[0].id;
        let cases = [sample::case(id, Verdict::Fail)];
        let baseline = excusing(id, Standing::Excused);
        let requirements = totals::requirements(&[&registry], &cases);
        let gate = close(&cases, &requirements, Some(&baseline), &Options::default());
        assert_eq!(gate.because, ["no MUST of tst was seen to hold"]);
    }

    #[rstest]
    fn what_closes_the_gate_is_what_it_names(
        #[values(Level::Must, Level::DerivedMust, Level::Should, Level::May)] level: Level,
        #[values(false, true)] fail_on_warn: bool,
    ) {
        let options = Options { fail_on_warn, part: true, ..Options::default() };
        for verdict in Verdict::ALL {
            let registry = sample::registry(&[level]);
            let cases = [sample::case(&registry.requirements[0].id, verdict)];
            let gate = close(&cases, &totals::requirements(&[&registry], &cases), None, &options);
            assert_eq!(closes(level, verdict, &options), gate.exit != GateExit::Satisfied, "{verdict}");
        }
    }

    #[rstest]
    #[case(SnapshotState::Changed, vec![SnapshotState::Changed], 1)]
    #[case(SnapshotState::Changed, vec![], 0)]
    #[case(SnapshotState::New, vec![SnapshotState::Changed], 0)]
    #[case(SnapshotState::New, vec![SnapshotState::Changed, SnapshotState::New], 1)]
    #[case(SnapshotState::Same, vec![SnapshotState::Changed, SnapshotState::New], 0)]
    fn snapshots_count_as_told(
        #[case] state: SnapshotState,
        #[case] refused: Vec<SnapshotState>,
        #[case] code: u8,
    ) {
        let registry = sample::registry(&[Level::Must]);
        let mut case = sample::case(&registry.requirements[0].id, Verdict::Pass);
        let (content, unused) = (String::new(), Vec::new());
        let snapshot = SnapshotOutcome { name: "output".into(), state, content, stored: None, unused };
        case.snapshots.push(snapshot);
        let requirements = totals::requirements(&[&registry], std::slice::from_ref(&case));
        let options = Options { refused_snapshots: refused, ..Options::default() };
        assert_eq!(close(&[case], &requirements, None, &options).exit.code(), code);
    }

    #[rstest]
    #[case([Verdict::Unattainable, Verdict::Unsupported, Verdict::Pass], 0)]
    #[case([Verdict::Unattainable, Verdict::Inconclusive, Verdict::Pass], 3)]
    #[case([Verdict::Unattainable, Verdict::Fail, Verdict::Pass], 1)]
    fn what_a_shard_does_not_show_another_may(#[case] verdicts: [Verdict; 3], #[case] code: u8) {
        let options = Options { part: true, ..Options::default() };
        assert_eq!(closed(verdicts, &options).exit.code(), code);
        assert_eq!(close(&[], &[], None, &options).exit, GateExit::Satisfied);
    }

    #[rstest]
    #[case::a_run(false, Verdict::Pass, 3)]
    #[case::a_shard(true, Verdict::Pass, 0)]
    #[case::a_violation(false, Verdict::Fail, 1)]
    fn a_fault_that_met_no_call_leaves_the_run_undecided(
        #[case] part: bool,
        #[case] verdict: Verdict,
        #[case] code: u8,
    ) {
        let options = Options { part, unmet_faults: vec!["cut-output".to_owned()], ..Options::default() };
        let gate = closed([verdict, Verdict::Pass, Verdict::Pass], &options);
        let is_named = gate.because.iter().any(|reason| reason == "no call met the fault cut-output");
        assert_eq!((gate.exit.code(), is_named), (code, !part));
    }

    #[test]
    fn a_run_of_nothing_is_undecided() {
        let gate = close(&[], &[], None, &Options::default());
        assert_eq!((gate.exit, gate.because), (GateExit::Undecided, vec!["no case was selected".to_owned()]));
    }
}
