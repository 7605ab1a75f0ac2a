//! Which case runs when and where: all against one server, or each against a server of its own.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use jiff::Timestamp;

use super::allowance::Allowance;
use super::callback::{Listening, Reception};
use super::case::{self, Common, Place};
use super::context::Pace;
use super::hook::Hooks;
use super::interrupt::Interrupt;
use super::patience::Patience;
use super::random::Random;
use super::{hook, summary, verdicts};
use crate::clock::{Instant, WallClock};
use crate::http::client::{Client, Limits, Network};
use crate::outcome::baseline::{Baseline, is_violation};
use crate::outcome::gate::Options;
use crate::outcome::{CaseOutcome, Event, RunOutcome, Sink, Verdict, phrase};
use crate::plan::{Plan, Suite, TestCase};
use crate::system::System;
use crate::target::{self, Masks, RedirectAuth, Target};

/// Starts the server of one case.
pub type Start = dyn Fn(&TestCase) -> Started + Send + Sync;

/// The server of one case, which has started.
pub struct Started {
    /// The way to it.
    pub network: Network,
    /// Says, once the case has ended, why what was seen may be nobody's violation, if there is a reason: something
    /// between the two may have met the calls.
    pub excuse: Box<dyn Fn() -> Option<String>>,
}

impl From<Network> for Started {
    fn from(network: Network) -> Self {
        Self { network, excuse: Box::new(|| None) }
    }
}

/// What the cases run against.
pub enum World {
    /// One server for all, in real time.
    Shared {
        /// The way to it.
        network: Network,
        /// The way to a second one, of which redirects of held calls ask for nothing, for the cases that want that.
        relaxed: Option<Network>,
    },
    /// A server of its own for each case, inside this process, on a clock that jumps.
    Private {
        /// Starts it; called inside the case's runtime.
        start: Arc<Start>,
        /// The faults that should have met a call by now, and have met none in any case.
        unmet_faults: Arc<dyn Fn() -> Vec<String> + Send + Sync>,
        /// What the wall clock shows when a case begins.
        epoch: Timestamp,
    },
}

impl World {
    /// The faults that should have met a call by now, and have met none.
    pub(super) fn unmet_faults(&self) -> Vec<String> {
        match self {
            Self::Shared { .. } => Vec::new(),
            Self::Private { unmet_faults, .. } => unmet_faults(),
        }
    }
}

/// How to run.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// What everything random comes from.
    pub seed: u64,
    /// Whether the order of cases is random.
    pub shuffle: bool,
    /// Whether to begin nothing new after a failure.
    pub fail_fast: bool,
    /// How many cases run at the same time; the target file says, if none.
    pub concurrency: Option<usize>,
    /// What closes the gate.
    pub gate: Options,
    /// What is tolerated.
    pub baseline: Option<Baseline>,
    /// The filters, as given.
    pub filters: Vec<String>,
    /// The arguments that a repetition needs besides the ids.
    pub rerun: Vec<String>,
    /// Where calls of the server come in, if any are waited for.
    pub callbacks: Option<Arc<Listening>>,
    /// The folder in which a hooks command is started.
    pub folder: PathBuf,
    /// The stored snapshots by name, to compare with; without any at all none are taken.
    pub snapshots: Option<BTreeMap<String, String>>,
    /// Why no case can be begun, if the environment keeps them all from it: reports of that are written all the same.
    pub hindrance: Option<String>,
}

/// Everything a run needs.
pub struct Run<'a> {
    /// The cases.
    pub plan: &'a Plan,
    /// The suite they come from.
    pub suite: &'a Suite,
    /// The target.
    pub target: &'a Target,
    /// What they run against.
    pub world: World,
    /// How.
    pub settings: Settings,
    /// Who listens.
    pub sink: &'a dyn Sink,
    /// The machine.
    pub system: &'a dyn System,
    /// Whether to stop.
    pub interrupt: Interrupt,
}

/// This many cases in a row that cannot reach the target mean that it died.
const DEAD_AFTER: usize = 3;

/// Runs everything; comes back when all cases have ended. The error says why nothing could be begun.
pub fn run(run: &Run<'_>) -> Result<RunOutcome, String> {
    let masks = Masks::new(run.target.secrets());
    let started = run.system.now();
    let clock = Instant::now();
    let pace = Pace::new(run.target.limits.requests_per_second);
    let patience = Patience::default();
    let allowance = Allowance::new(run.plan.allowance(run.target.limits.jobs));
    let common = Common {
        target: run.target,
        registries: &run.suite.registries,
        schemas: run.suite.schemas.all(),
        files: &run.suite.files,
        masks: &masks,
        sink: run.sink,
        interrupt: &run.interrupt,
        pace: &pace,
        patience: &patience,
        allowance: &allowance,
        seed: run.settings.seed,
        stored: run.settings.snapshots.as_ref(),
    };
    announce(run);
    let order = order(run);
    let mut outcomes = match (&run.settings.hindrance, &run.world) {
        (Some(reason), _) => not_one(&common, &order, reason),
        (None, World::Shared { network, relaxed }) => {
            run_shared(run, &common, (network, relaxed.as_ref()), &order, started)?
        }
        (None, World::Private { start, epoch, .. }) => {
            run_private(run, &common, start.as_ref(), *epoch, &order)
        }
    };
    let idle = run.plan.cases.iter().filter_map(|case| Some((case, case.not_run.as_ref()?)));
    outcomes.extend(idle.map(|(case, why)| verdicts::not_run(&common, case, why)));
    let outcome = summary::summarize(run, outcomes, (started, clock.elapsed()));
    run.sink.emit(Event::Finished(&outcome));
    Ok(outcome)
}

/// Tells what is about to be judged, before anything is sent.
fn announce(run: &Run<'_>) {
    run.sink.emit(Event::Started {
        cases: run.plan.runnable().count(),
        jobs: run.plan.jobs(),
        suite_digest: &run.suite.digest,
        target: &summary::target(run),
        selection: &summary::selection(run),
    });
}

/// Longest first, so that no long case is left for the end; or at random.
fn order<'p>(run: &Run<'p>) -> Vec<&'p TestCase> {
    let mut cases: Vec<&TestCase> = run.plan.runnable().collect();
    if run.settings.shuffle {
        Random::new(run.settings.seed, "order of cases").shuffle(&mut cases);
    } else {
        cases.sort_by_key(|case| std::cmp::Reverse(case.predicted));
    }
    cases
}

/// What an answer may be of that target.
pub(super) fn limits(target: &Target) -> Limits {
    Limits { connect: Duration::from_secs(10), body: target.limits.body, head: 64 << 10 }
}

fn run_shared(
    run: &Run<'_>,
    common: &Common<'_>,
    (network, relaxed): (&Network, Option<&Network>),
    order: &[&TestCase],
    started: Timestamp,
) -> Result<Vec<CaseOutcome>, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| format!("no runtime can be started: {}", phrase::reason(&error)))?;
    runtime.block_on(async {
        let client = Client::new(network.clone(), limits(run.target));
        let hooks = match open_hooks(run, &client).await {
            Ok(hooks) => hooks,
            Err(reason) => return Ok(not_one(common, order, &reason)),
        };
        let wall = WallClock { start: Instant::now(), epoch: started };
        let relaxed = relaxed.map(|network| Client::new(network.clone(), limits(run.target)));
        let listening = run.settings.callbacks.as_deref();
        let reception =
            listening.map(|listening| Reception::open(listening, run.target.limits.body)).transpose()?;
        let relaxed = Place {
            client: relaxed.unwrap_or_else(|| client.clone()),
            hooks: &hooks,
            reception: reception.clone(),
            wall,
        };
        let place = Place { client, hooks: &hooks, reception, wall };
        let place_of = |case: &TestCase| match case.redirect_auth {
            Some(RedirectAuth::InitialOnly) => &relaxed,
            Some(RedirectAuth::Required) | None => &place,
        };
        let (alone, together): (Vec<&TestCase>, Vec<&TestCase>) = order.iter().partition(|case| case.alone);
        let at_once = run.settings.concurrency.unwrap_or(run.target.limits.concurrency).max(1);
        let state = State::new(run, common);
        let mut outcomes: Vec<CaseOutcome> = stream::iter(together)
            .map(|case| state.run_one(place_of(case), case))
            .buffer_unordered(at_once)
            .collect()
            .await;
        for case in alone {
            outcomes.push(state.run_one(place_of(case), case).await);
        }
        Ok(outcomes)
    })
}

/// The way to the hooks, if they do not claim what cannot be.
async fn open_hooks(run: &Run<'_>, client: &Client) -> Result<Hooks, String> {
    let nonsense = Random::new(run.settings.seed, "hooks").word();
    let opening = async {
        let hooks = Hooks::open(&run.target.hooks, run.system, &run.settings.folder).await?;
        hook::distrust(&hooks, client, &nonsense).await?;
        Ok(hooks)
    };
    opening.await.map_err(|reason: String| format!("{reason}; to run without hooks: --set hooks=none"))
}

/// Every case as one that the environment kept from beginning: reports are written all the same.
fn not_one(common: &Common<'_>, order: &[&TestCase], reason: &str) -> Vec<CaseOutcome> {
    order.iter().map(|case| verdicts::not_begun(common, case, Verdict::Error, reason)).collect()
}

/// What decides whether the next case of a shared world is begun.
struct State<'a> {
    common: &'a Common<'a>,
    settings: &'a Settings,
    failed: Cell<bool>,
    unreached: Cell<usize>,
}

impl<'a> State<'a> {
    fn new(run: &'a Run<'_>, common: &'a Common<'a>) -> Self {
        let settings = &run.settings;
        Self { common, settings, failed: Cell::new(false), unreached: Cell::new(0) }
    }

    async fn run_one(&self, place: &Place<'_>, case: &TestCase) -> CaseOutcome {
        let outcome = if let Some((verdict, reason)) = self.refusal() {
            verdicts::not_begun(self.common, case, verdict, reason)
        } else {
            self.common.sink.emit(Event::CaseStarted { id: &case.id });
            case::run(self.common, place, case).await
        };
        let verdict = outcome.verdict();
        self.failed.set(self.failed.get() || is_violation(self.settings.baseline.as_ref(), &outcome));
        self.unreached.set(if verdict == Verdict::Error { self.unreached.get() + 1 } else { 0 });
        self.common.sink.emit(Event::CaseFinished(&outcome));
        outcome
    }

    fn refusal(&self) -> Option<(Verdict, &'static str)> {
        if self.common.interrupt.is_set() {
            return Some((Verdict::Skip, INTERRUPTED));
        }
        if self.unreached.get() >= DEAD_AFTER {
            return Some((Verdict::Error, "the target died: case after case could not reach it"));
        }
        (self.settings.fail_fast && self.failed.get()).then_some((Verdict::Skip, AFTER_FAILURE))
    }
}

const INTERRUPTED: &str = "the run was interrupted before it began";
const AFTER_FAILURE: &str = "left out after the first failure (--fail-fast)";

fn run_private(
    run: &Run<'_>,
    common: &Common<'_>,
    start: &Start,
    epoch: Timestamp,
    order: &[&TestCase],
) -> Vec<CaseOutcome> {
    let next = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let outcomes = Mutex::new(Vec::with_capacity(order.len()));
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = run.settings.concurrency.unwrap_or(cores).clamp(1, cores.max(1));
    let work = || {
        while let Some(case) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            let refused = common.interrupt.is_set().then_some(INTERRUPTED);
            let refused = refused
                .or((run.settings.fail_fast && failed.load(Ordering::Relaxed)).then_some(AFTER_FAILURE));
            let outcome = match refused {
                Some(reason) => verdicts::not_begun(common, case, Verdict::Skip, reason),
                None => run_alone(run, common, start, epoch, case),
            };
            failed.fetch_or(is_violation(run.settings.baseline.as_ref(), &outcome), Ordering::Relaxed);
            common.sink.emit(Event::CaseFinished(&outcome));
            outcomes.lock().unwrap_or_else(PoisonError::into_inner).push(outcome);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(order.len()) {
            scope.spawn(work);
        }
        work();
    });
    outcomes.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Runs one case on a runtime, a clock and a server of its own.
fn run_alone(
    run: &Run<'_>,
    common: &Common<'_>,
    start: &Start,
    epoch: Timestamp,
    case: &TestCase,
) -> CaseOutcome {
    common.sink.emit(Event::CaseStarted { id: &case.id });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            let reason = format!("no runtime can be started: {}", phrase::reason(&error));
            return verdicts::not_begun(common, case, Verdict::Error, &reason);
        }
    };
    runtime.block_on(async {
        let Started { network, excuse } = start(case);
        let client = Client::new(network, limits(run.target));
        let hooks = match &run.target.hooks {
            target::Hooks::Url(url, token) => Hooks::Url(url.clone(), token.clone()),
            target::Hooks::None | target::Hooks::Command(_) => Hooks::None,
        };
        let wall = WallClock { start: Instant::now(), epoch };
        let outcome = case::run(common, &Place { client, hooks: &hooks, reception: None, wall }, case).await;
        match excuse() {
            None => outcome,
            Some(reason) => verdicts::excused(outcome, &reason),
        }
    })
}
