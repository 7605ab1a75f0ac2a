//! One run that every format is shown: each verdict and each state of a snapshot occurs in it, and every oddity
//! that a format must survive.

use std::time::Duration;

use crate::outcome::baseline::{self, Baseline, Entry};
use crate::outcome::gate::{self, Options};
use crate::outcome::{
    CaseOutcome, CaseVerdict, Finding, Recorded, RecordedAnswer, RecordedExchange, RunOutcome, Selection,
    SnapshotOutcome, SnapshotState, TargetSummary, Verdict, Volatile, sample as rows, signature, totals,
};
use crate::requirement::{Level, Registry, RequirementId};
use crate::source::{SourceId, SourceMap, Span};

/// The scenario that all sample cases claim to come from.
const SCENARIO: &str = "\
title: A foreign cancel is refused
profile: tst
steps:
  - name: another system cancels it
    as: stranger
    request: { cancel: \"${{ id }}\" }
    expect:
      - { covers: [TST-MAIN-02], result: refused }
";

/// Everything at once.
pub(crate) fn run() -> (RunOutcome, SourceMap) {
    let (sources, source) = sources();
    let mut cases = vec![
        violated(source, "tst/cancel/by-another-system@get"),
        violated(source, "tst/cancel/by-another-system@post"),
        judged(source, "tst/main/passes", 1, Verdict::Pass),
        warned(source),
        judged(source, "tst/main/recorded", 4, Verdict::Info),
        undecided(source),
        because(
            judged(source, "tst/main/unreachable", 6, Verdict::Error),
            "connection refused: nobody listens there",
        ),
        because(judged(source, "tst/off/left-out", 7, Verdict::Skip), "tagged slow"),
        because(judged(source, "tst/off/missing", 8, Verdict::Unattainable), "`jobs.queue` is none"),
        because(judged(source, "tst/off/declared", 9, Verdict::Unsupported), "`capabilities.versions` is no"),
    ];
    cases[2].snapshots = snapshots();
    cases[4].verdicts[0].policy = Some("fault_status = any".to_owned());
    cases.sort_by(|one, other| one.id.cmp(&other.id));
    (outcome(cases), sources)
}

/// The same run with a baseline that is true in part.
pub(crate) fn known() -> (RunOutcome, SourceMap) {
    let (mut outcome, sources) = run();
    let entry = |case: &str, number: usize, expect: Verdict, signature: &str| Entry {
        expect,
        ..rows::entry(case, requirement(number).as_str(), signature)
    };
    let refused = outcome.cases[0].findings[0].signature.clone();
    let control = "control \"the owner may\" failed";
    let mut entries = vec![
        entry("tst/cancel/by-another-system@get", 2, Verdict::Fail, &refused),
        entry("tst/main/undecided", 5, Verdict::Inconclusive, control),
        entry("tst/cancel/by-another-system@post", 2, Verdict::Fail, "another"),
        entry("tst/main/passes", 1, Verdict::Fail, "gone"),
        entry("tst/off/missing", 8, Verdict::Fail, "gone"),
    ];
    entries[0].issue = Some("https://issues.example/17".to_owned());
    entries[0].expires = Some(jiff::civil::date(2026, 12, 31));
    let day = baseline::day(outcome.volatile.started);
    let read = Baseline { file: "baseline.yaml".to_owned(), entries, day };
    let applied = baseline::judge(&read, &outcome.cases);
    outcome.gate = gate::close(&outcome.cases, &outcome.requirements, Some(&applied), &Options::default());
    outcome.baseline = Some(applied);
    (outcome, sources)
}

/// A run in which everything holds.
pub(crate) fn green() -> (RunOutcome, SourceMap) {
    let (sources, source) = sources();
    (outcome(vec![judged(source, "tst/main/passes", 1, Verdict::Pass)]), sources)
}

/// An exchange of the owner that took 12 ms and began at 250 ms.
pub(crate) fn exchange(step: &str, method: &str, path: &str, status: u16, body: &str) -> RecordedExchange {
    let json = || vec![("Content-Type".to_owned(), "application/json".to_owned())];
    let message = |body: &str| Recorded { headers: json(), body: body.to_owned(), body_length: body.len() };
    RecordedExchange {
        step: step.to_owned(),
        principal: "owner".to_owned(),
        method: method.to_owned(),
        url: format!("http://127.0.0.1:8080{path}"),
        request: message(if method == "GET" {
            ""
        } else {
            r#"{"auth_tkn":"[tst.owner.token]","name":"it's"}"#
        }),
        answer: RecordedAnswer::Response { status, message: message(body) },
        sent: Duration::from_millis(250),
        first_byte: Some(Duration::from_millis(260)),
        complete: Duration::from_millis(262),
        note: None,
        oddities: Vec::new(),
    }
}

fn sources() -> (SourceMap, SourceId) {
    let mut sources = SourceMap::default();
    let source = sources.add("scenarios/tst/cancel/by-another-system.yaml", SCENARIO);
    (sources, source)
}

fn registry() -> Registry {
    let mut registry = rows::registry(&[
        Level::Must,
        Level::Must,
        Level::Should,
        Level::May,
        Level::DerivedMust,
        Level::Must,
        Level::DerivedShould,
        Level::Must,
        Level::May,
        Level::Must,
        Level::Example,
    ]);
    registry.requirements[9].untested = Some("no client sees it".to_owned());
    registry
}

fn outcome(cases: Vec<CaseOutcome>) -> RunOutcome {
    let requirements = totals::requirements(&[&registry()], &cases);
    let counts = totals::counts(&requirements, &cases);
    let gate = gate::close(&cases, &requirements, None, &Options::default());
    let unreferenced = if cases.len() > 1 { vec!["tst/main/forgotten".to_owned()] } else { Vec::new() };
    RunOutcome {
        suite_digest: "sha256:0000".to_owned(),
        target: target(),
        selection: Selection {
            filters: vec!["tst/**".to_owned()],
            shard: None,
            complete: true,
            cases: cases.len(),
        },
        gate,
        baseline: None,
        counts,
        requirements,
        cases,
        unreferenced,
        interrupted: false,
        volatile: Volatile {
            started: jiff::Timestamp::UNIX_EPOCH,
            duration: Duration::from_millis(1_250),
            seed: 7,
            rerun: vec!["--target".to_owned(), "my target.yaml".to_owned()],
        },
    }
}

fn target() -> TargetSummary {
    let entry = |key: &str, value: &str| [(key.to_owned(), value.to_owned())].into();
    TargetSummary {
        identity: "Acme Orchestrator 4.2".to_owned(),
        bases: entry("tst", "http://127.0.0.1:8080"),
        policies: entry("tst.fault_status", "any"),
        capabilities: entry("tst.versions", "no"),
        bindings: entry("tst/main/passes: job", "quick"),
    }
}

fn requirement(number: usize) -> RequirementId {
    RequirementId::new(&format!("TST-MAIN-{number:02}"))
}

fn judged(source: SourceId, id: &str, number: usize, verdict: Verdict) -> CaseOutcome {
    let mut case = rows::case(&requirement(number), verdict);
    id.clone_into(&mut case.id);
    case.span = Span::new(source, 0..SCENARIO.find('\n').unwrap_or(0));
    case.not_run = None;
    case.duration = Duration::from_millis(340);
    case
}

fn because(mut case: CaseOutcome, reason: &str) -> CaseOutcome {
    case.not_run = Some(reason.to_owned());
    case.verdicts[0].because = Some(reason.to_owned());
    case
}

fn violated(source: SourceId, id: &str) -> CaseOutcome {
    let mut case = judged(source, id, 2, Verdict::Fail);
    let pass =
        CaseVerdict { requirement: requirement(1), verdict: Verdict::Pass, because: None, policy: None };
    case.verdicts.insert(0, pass);
    case.exchanges =
        vec![exchange("1, \"create\"", "POST", "/task/create", 200, r#"{"status":201,"id":104233}"#)];
    case.exchanges.extend((0..4).map(|_| exchange("2, \"poll\"", "GET", "/task/104233", 200, "{}")));
    let mut cancel =
        exchange("3, \"another system cancels it\"", "POST", "/task/cancel", 200, r#"{"status":200}"#);
    cancel.principal = "stranger".to_owned();
    cancel.sent = Duration::from_millis(320);
    cancel.first_byte = Some(Duration::from_millis(330));
    cancel.complete = Duration::from_millis(332);
    case.exchanges.push(cancel);
    case.findings = vec![finding(source, 2, "refused", "success (HTTP 200, envelope 200)")];
    case.jobs_created = 1;
    case
}

/// Its control failed, and a control needs no requirement.
fn undecided(source: SourceId) -> CaseOutcome {
    let case = judged(source, "tst/main/undecided", 5, Verdict::Inconclusive);
    let mut case = because(case, "control \"the owner may\" failed");
    let control = Finding { requirements: Vec::new(), ..finding(source, 5, "one of 200, 202", "500") };
    case.findings = vec![control];
    case.failed_controls = vec!["the owner may".to_owned()];
    case
}

/// Its texts hold what no XML document may, and what a shell and a terminal would take as their own.
fn warned(source: SourceId) -> CaseOutcome {
    let mut case = judged(source, "tst/main/warned", 3, Verdict::Warn);
    case.findings =
        vec![finding(source, 3, "at most 2s", "3.125s with \u{1b}[2Jan escape, \u{0}, \u{fffe} & <\"]]>")];
    case.disturbances = 1;
    case
}

fn finding(source: SourceId, number: usize, expected: &str, actual: &str) -> Finding {
    let place = SCENARIO.find("result").unwrap_or(0);
    let (requirements, step) = (vec![requirement(number)], "3, \"another system cancels it\"");
    Finding {
        signature: signature::of(&requirements, step, "result", expected, actual),
        requirements,
        step: step.to_owned(),
        place: "result".to_owned(),
        expected: expected.to_owned(),
        actual: actual.to_owned(),
        span: Span::new(source, place..place + "result: refused".len()),
        exchange: Some(5),
    }
}

fn snapshots() -> Vec<SnapshotOutcome> {
    let snapshot = |name: &str, state, stored: Option<&str>| SnapshotOutcome {
        name: format!("tst/main/passes-{name}"),
        state,
        content: "status: 202\nbody: {}\n".to_owned(),
        stored: stored.map(str::to_owned),
        unused: if state == SnapshotState::New { vec!["place `/log`".to_owned()] } else { Vec::new() },
    };
    vec![
        snapshot("output", SnapshotState::Changed, Some("status: 200\nbody: {}\n")),
        snapshot("status", SnapshotState::Same, Some("status: 202\nbody: {}\n")),
        snapshot("trace", SnapshotState::New, None),
    ]
}
