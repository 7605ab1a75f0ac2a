//! The suite as trials of a test harness: every case on the embedded mock or on a target of one's own, and every
//! defect of the mock.
//!
//! `tests/conformance.rs` hands them to libtest-mimic; a server team may do the same in its own repository.

use std::path::Path;
use std::sync::Arc;

use super::args::{Embedded, PlaceArguments, SelectionArguments};
use super::exit_code::Exit;
use super::preparation::{Prepared, prepare};
use super::session::Session;
use crate::http::client::Network;
use crate::mock::{DEFECTS, Defect};
use crate::outcome::event::Silent;
use crate::outcome::{CaseOutcome, RunOutcome, Verdict};
use crate::plan::{Plan, TestCase};
use crate::report;
use crate::requirement::Level;
use crate::runner::{self, Interrupt, Run, Settings};

/// Something that passes or fails under a name.
pub struct Trial {
    /// `case/ID` or `defect/ID`.
    pub name: String,
    /// Why it is not to run, if the target has nothing to try it on.
    pub ignored: Option<String>,
    /// Runs it; the error is what a person is to read.
    pub run: Box<dyn FnOnce() -> Result<(), String> + Send>,
}

/// What all trials share.
struct Ready {
    session: Session,
    prepared: Prepared,
}

/// Every case on the target of that file, or on the embedded mock; the error is the program's exit code, after the
/// reason was printed.
pub fn cases(target: Option<&Path>) -> Result<Vec<Trial>, u8> {
    let ready = Arc::new(ready(target, &[]).map_err(|exit| exit as u8)?);
    let trial = |case: &TestCase| Trial {
        name: format!("case/{}", case.id),
        ignored: case.not_run.as_ref().map(|why| why.reason().to_owned()),
        run: {
            let (ready, case) = (Arc::clone(&ready), case.clone());
            Box::new(move || try_case(&ready, case))
        },
    };
    Ok(ready.prepared.plan.cases.iter().map(trial).collect())
}

/// Every defect of the embedded mock: a check that cites one of its requirements must be violated.
pub fn defects() -> Vec<Trial> {
    let trial = |defect: &'static Defect| {
        let run = Box::new(move || try_defect(defect));
        Trial { name: format!("defect/{}", defect.id), ignored: None, run }
    };
    DEFECTS.iter().map(trial).collect()
}

fn ready(target: Option<&Path>, defects: &[String]) -> Result<Ready, Exit> {
    let mut session = Session::new();
    let everything =
        SelectionArguments { ids: vec![], tags: vec![], requirements: vec![], last_failed: false };
    let place = PlaceArguments {
        target: target.map(Path::to_path_buf),
        settings: vec![],
        embedded: Embedded::Memory,
        defects: defects.to_vec(),
    };
    let prepared = prepare(&mut session, &everything, &place, None).map_err(|stop| stop.0)?;
    Ok(Ready { session, prepared })
}

fn try_case(ready: &Ready, case: TestCase) -> Result<(), String> {
    let outcome = run(ready, vec![case])?;
    match outcome.cases.iter().find(|case| is_red(case, &outcome)) {
        None => Ok(()),
        Some(case) if case.verdict() == Verdict::Fail => {
            Err(report::terminal::failure(case, &outcome, &ready.session.sources))
        }
        Some(case) => Err(format!("{}: {}", case.verdict(), reasons(case))),
    }
}

/// A case is red if it fails, ends in an error, or leaves an obligation undecided.
fn is_red(case: &CaseOutcome, outcome: &RunOutcome) -> bool {
    let level = |id| outcome.requirements.iter().find(|own| own.id == id).map(|own| own.level);
    case.verdicts.iter().any(|own| match own.verdict {
        Verdict::Fail | Verdict::Error => true,
        Verdict::Inconclusive => level(own.requirement.clone()).is_none_or(Level::is_must),
        _ => false,
    })
}

fn reasons(case: &CaseOutcome) -> String {
    let reasons = case
        .verdicts
        .iter()
        .filter_map(|own| Some(format!("{}: {}", own.requirement, own.because.as_ref()?)));
    reasons.collect::<Vec<_>>().join("; ")
}

fn try_defect(defect: &'static Defect) -> Result<(), String> {
    let ready = ready(None, &[defect.id.to_owned()]).map_err(|exit| format!("exit code {}", exit as u8))?;
    let is_broken = |id: &str| defect.requirements.contains(&id);
    let citing = ready
        .prepared
        .plan
        .runnable()
        .filter(|case| case.requirements().iter().any(|id| is_broken(id.as_str())));
    let outcome = run(&ready, citing.cloned().collect())?;
    let findings = outcome.cases.iter().flat_map(|case| &case.findings);
    let killed = findings.flat_map(|finding| &finding.requirements).any(|id| is_broken(id.as_str()));
    if killed {
        return Ok(());
    }
    let broken = defect.requirements.join(", ");
    Err(format!("{} survives: no check that cites {broken} is violated", defect.id))
}

fn run(ready: &Ready, cases: Vec<TestCase>) -> Result<RunOutcome, String> {
    let Prepared { suite, chosen, .. } = &ready.prepared;
    if let Some(network) = chosen.network() {
        reachable(ready, &network)?;
    }
    let plan = Plan { cases, complete: false };
    let (_, interrupt) = Interrupt::new();
    runner::run(&Run {
        plan: &plan,
        suite,
        target: &chosen.target,
        world: chosen.world(),
        settings: Settings { folder: chosen.folder.clone(), concurrency: Some(1), ..Settings::default() },
        sink: &Silent,
        system: &ready.session.machine,
        interrupt,
    })
}

fn reachable(ready: &Ready, network: &Network) -> Result<(), String> {
    let looked = runner::preflight(&ready.prepared.chosen.target, network, None);
    looked.map_err(|nobody| format!("{} cannot be reached: {}", nobody.base, nobody.reason))
}
