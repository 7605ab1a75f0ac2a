//! The suite as trials of a test harness: every case on the embedded mock or on a target of one's own, and every
//! defect of the mock.
//!
//! `tests/conformance.rs` hands them to libtest-mimic; a server team may do the same in its own repository.

use std::path::Path;
use std::sync::Arc;

use super::args::{MockArguments, PlaceArguments, SelectionArguments};
use super::bench::Stand;
use super::exit_code::Exit;
use super::preparation::{Prepared, prepare};
use super::session::Session;
use crate::http::client::Network;
use crate::mock::{DEFECTS, Defect};
use crate::mutation::{Baseline, Bench, Fate, attempt};
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
    let ready = Arc::new(ready(target).map_err(|exit| exit as u8)?);
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

/// Every defect of the embedded mock: a check that cites one of its requirements must be violated. The error is the
/// program's exit code, after the reason was printed.
pub fn defects() -> Result<Vec<Trial>, u8> {
    let mut session = Session::new();
    let stand = Stand::set_up(&mut session, None).map_err(|stop| stop.0 as u8)?;
    let baseline = Baseline::take(&bench(&stand)).map_err(|_| Exit::Environment as u8)?;
    let measured = Arc::new((stand, baseline));
    let trial = |defect: &'static Defect| {
        let measured = Arc::clone(&measured);
        let run = Box::new(move || try_defect(&measured.0, &measured.1, defect));
        Trial { name: format!("defect/{}", defect.id), ignored: None, run }
    };
    Ok(DEFECTS.iter().map(trial).collect())
}

fn bench(stand: &Stand) -> Bench<'_> {
    stand.bench(Interrupt::new().1)
}

fn ready(target: Option<&Path>) -> Result<Ready, Exit> {
    let mut session = Session::new();
    let everything = SelectionArguments::default();
    let place = PlaceArguments {
        target: target.map(Path::to_path_buf),
        settings: vec![],
        mock: MockArguments::default(),
    };
    let prepared = prepare(&mut session, &everything, &place, None, None).map_err(|stop| stop.0)?;
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

fn try_defect(stand: &Stand, baseline: &Baseline, defect: &'static Defect) -> Result<(), String> {
    let mutant = attempt(&bench(stand), baseline, defect)?.ok_or("interrupted")?;
    let broken = defect.requirements.join(", ");
    match mutant.fate() {
        Fate::Killed | Fate::Equivalent(_) => Ok(()),
        fate => Err(format!("{} {}: no check that cites {broken} is violated", defect.id, fate.words())),
    }
}

fn run(ready: &Ready, cases: Vec<TestCase>) -> Result<RunOutcome, String> {
    let Prepared { suite, chosen, .. } = &ready.prepared;
    if let Some(network) = chosen.network() {
        reachable(ready, &network)?;
    }
    let plan = Plan::of(cases);
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
    looked.map(drop).map_err(|found| found.describe())
}
