//! One case from its first step to its cleanup; started over when a call that creates a job, or waits for one, was
//! answered 502, or lost with a connection that the server had closed.

use std::cell::RefCell;
use std::sync::Arc;

use super::allowance::Allowance;
use super::callback::{self, Addresses, Reception};
use super::context::{Context, Draws, Pace, draw};
use super::exchange::Stop;
use super::hook::{self, Hooks};
use super::interrupt::Interrupt;
use super::ledger::Ledger;
use super::patience::Patience;
use super::scope::Scope;
use super::snapshot::{self, Stored};
use super::step::{perform_all, perform_one};
use super::verdicts::{self, Ending};
use crate::check::Schemas;
use crate::clock::{Instant, WallClock};
use crate::http::client::Client;
use crate::outcome::{CaseOutcome, Sink};
use crate::plan::TestCase;
use crate::profile::{self, Files};
use crate::requirement::Registry;
use crate::target::{Masks, Target};

/// What all cases of a run have in common.
pub(super) struct Common<'a> {
    pub(super) target: &'a Target,
    pub(super) registries: &'a [Registry],
    pub(super) schemas: &'a Schemas,
    pub(super) files: &'a Files,
    pub(super) masks: &'a Masks,
    pub(super) sink: &'a dyn Sink,
    pub(super) interrupt: &'a Interrupt,
    pub(super) pace: &'a Pace,
    pub(super) patience: &'a Patience,
    pub(super) allowance: &'a Allowance,
    pub(super) seed: u64,
    pub(super) stored: Stored<'a>,
}

/// What a case runs against.
pub(super) struct Place<'a> {
    pub(super) client: Client,
    pub(super) hooks: &'a Hooks,
    /// Where calls of the server come in.
    pub(super) reception: Option<Arc<Reception>>,
    pub(super) wall: WallClock,
}

/// Runs a case to its end.
pub(super) async fn run(common: &Common<'_>, place: &Place<'_>, case: &TestCase) -> CaseOutcome {
    let epoch = Instant::now();
    let mut ledger = Ledger::new(&case.program);
    let mut attempt = 0;
    let ended = loop {
        let budget = common.target.disturbances.max_per_case.saturating_sub(u64::from(ledger.disturbances));
        let (ended, record) = try_once(common, place, case, (epoch, attempt, budget), ledger).await;
        ledger = record;
        if ended != Err(Stop::Restart) {
            break ended;
        }
        ledger.start_over();
        attempt += 1;
    };
    let ending = Ending { stop: ended.err(), started_over: attempt > 0, duration: epoch.elapsed() };
    verdicts::assemble(common, case, ledger, &ending)
}

async fn try_once(
    common: &Common<'_>,
    place: &Place<'_>,
    case: &TestCase,
    (epoch, attempt, budget): (Instant, u32, u64),
    ledger: Ledger,
) -> (Result<(), Stop>, Ledger) {
    let (_, undisturbed) = Interrupt::new();
    let draws = draw(common.seed, &case.id, attempt);
    let addresses = match callback::open(place.reception.as_ref(), (common.target, case), (epoch, attempt)) {
        Ok(addresses) => addresses,
        Err(reason) => return (Err(Stop::Unsupported(reason)), ledger),
    };
    let Some(context) = context(common, place, case, (epoch, draws, addresses), ledger) else {
        let reason = format!("no protocol is called {}", case.profile());
        return (Err(Stop::Environment(reason)), Ledger::new(&case.program));
    };
    let mut scope = Scope::new(budget);
    let ended = perform_case(&context, &mut scope).await;
    let context = Context { interrupt: &undisturbed, ..context };
    clean_up(&context, &mut scope).await;
    callback::note_all(&context);
    let snapshots = snapshot::compare(&context);
    context.ledger.borrow_mut().snapshots = snapshots;
    (ended, context.ledger.into_inner())
}

async fn perform_case(context: &Context<'_>, scope: &mut Scope) -> Result<(), Stop> {
    hook::count_before(context, scope).await?;
    perform_all(context, scope, &context.case.program.steps).await
}

/// Last in, first out; what cannot be cleaned up is no finding.
async fn clean_up(context: &Context<'_>, scope: &mut Scope) {
    for step in context.case.program.cleanup.iter().rev() {
        let _ = perform_one(context, scope, step).await;
    }
}

fn context<'c>(
    common: &'c Common<'_>,
    place: &'c Place<'_>,
    case: &'c TestCase,
    (epoch, draws, addresses): (Instant, Draws, Addresses),
    ledger: Ledger,
) -> Option<Context<'c>> {
    Some(Context {
        case,
        target: common.target,
        protocol: common.target.protocol(case.profile())?,
        profile: profile::find(case.profile())?,
        schemas: common.schemas,
        files: common.files,
        masks: common.masks,
        client: place.client.clone(),
        hooks: place.hooks,
        sink: common.sink,
        interrupt: common.interrupt,
        pace: common.pace,
        patience: common.patience,
        allowance: common.allowance,
        epoch,
        wall: place.wall,
        mark: draws.mark,
        unknown_uuid: draws.uuid,
        unknown_id: draws.id,
        unknown_secret: draws.secret,
        addresses,
        stored: common.stored,
        ledger: RefCell::new(ledger),
    })
}
