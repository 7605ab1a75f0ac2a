//! One request of a step: built from its words, sent, sent again after a tolerated 502, and recorded.

use std::convert::Infallible;
use std::time::Duration;

use serde_json::{Map, Value};

use super::callback;
use super::context::Context;
use super::patience::Waits;
use super::recording::{self, Note};
use super::scope::{Instance, Names, Scope};
use super::snapshot;
use crate::http::client::How;
use crate::http::message::{Answer, Exchange, Failure, Timing};
use crate::outcome::failure;
use crate::outcome::{Event, Wait};
use crate::profile::{Call, Operation, Words};
use crate::scenario::{Disturb, Template};

/// How often a wait for one answer is told.
const BEAT: Duration = Duration::from_secs(5);

/// Why a case does not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    /// A call that creates a job was answered 502 or lost with its connection, or one that was held for long was
    /// answered 502: the case starts over.
    Restart,
    /// The run was told to stop.
    Interrupted,
    /// The environment failed: nothing of this is the server's answer.
    Environment(String),
    /// The hooks do not offer what the case needs.
    Unsupported(String),
}

/// A request that cannot be sent as the scenario stands, or a reason to stop.
#[derive(Debug)]
pub(super) enum Unsent {
    /// A name has no value: whatever looks at the answer is not reached.
    NotReached(String),
    /// The case does not go on.
    Stop(Stop),
}

impl From<Stop> for Unsent {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

/// A request as a step orders it.
#[derive(Clone, Copy)]
pub(super) struct Order<'a> {
    /// Number and name of the step.
    pub(super) label: &'a str,
    /// Where the step is written.
    pub(super) place: u32,
    /// Who sends it.
    pub(super) principal: &'a str,
    /// Its words.
    pub(super) words: &'a Template,
    /// What the harness does to it.
    pub(super) disturb: Option<Disturb>,
}

/// An exchange that took place.
pub(super) struct Done {
    /// What was sent and what came.
    pub(super) exchange: Exchange,
    /// What the request was.
    pub(super) call: Call,
    /// Its number in the record.
    pub(super) number: usize,
    /// Why redirects that are followed are not followed from here.
    pub(super) unfollowed: Option<String>,
}

/// Sends what a step orders; a 502 that the budget tolerates is never seen by the caller.
pub(super) async fn perform(
    context: &Context<'_>,
    scope: &mut Scope,
    order: Order<'_>,
) -> Result<Done, Unsent> {
    let (call, alias) = build(context, scope, order)?;
    loop {
        if call.operation == Operation::Create {
            context.allowance.take().map_err(Unsent::NotReached)?;
        }
        let exchange = send(context, &call, order).await?;
        let tolerated = is_tolerated(context, scope, &call, &exchange);
        let note = match (tolerated, order.disturb) {
            (true, _) => Note::Tolerated,
            (false, Some(Disturb::LoseResponse)) => Note::Hidden,
            (false, _) if exchange.lost => Note::Lost,
            (false, _) => Note::None,
        };
        let number = record(context, &exchange, order, note);
        created(context, scope, &call, alias.as_deref(), &exchange);
        if exchange.lost {
            return Err(Stop::Restart.into());
        }
        if !tolerated {
            snapshot::trace(context, scope, order, &exchange);
            return match environment(&exchange) {
                None => Ok(Done { exchange, call, number, unfollowed: None }),
                Some(stop) => Err(stop.into()),
            };
        }
        scope.budget -= 1;
        context.ledger.borrow_mut().disturbances += 1;
        if call.operation == Operation::Create || has_cost_time(context, &exchange) {
            return Err(Stop::Restart.into());
        }
        pause(context, context.target.timing.poll).await?;
    }
}

/// Lets time pass, unless the run is told to stop.
pub(super) async fn pause(context: &Context<'_>, duration: Duration) -> Result<(), Stop> {
    tokio::select! {
        biased;
        () = context.interrupt.wait() => Err(Stop::Interrupted),
        () = tokio::time::sleep(duration) => Ok(()),
    }
}

fn build(context: &Context<'_>, scope: &Scope, order: Order<'_>) -> Result<(Call, Option<String>), Unsent> {
    let names = Names { context, scope, principal: order.principal };
    let words = order.words.json(&names).map_err(|unbound| Unsent::NotReached(scope.explain(&unbound)))?;
    let words: Map<String, Value> = words.as_object().cloned().unwrap_or_default();
    let alias = context.profile.create_word().and_then(|word| words.get(word)?.as_str()).map(str::to_owned);
    let job = alias.as_ref().and_then(|alias| context.case.bindings.get(alias));
    let mark =
        alias.as_ref().filter(|_| !context.case.program.hooks.is_empty()).map(|alias| context.mark_of(alias));
    let built = context.profile.build(Words {
        words: &words,
        base: &context.protocol.base,
        job: job.map(AsRef::as_ref),
        credential: context.credential(order.principal),
        carrier: context.protocol.carrier(order.principal),
        mark: mark.as_deref(),
        files: context.files,
    });
    let mut call = built.map_err(Unsent::NotReached)?;
    withhold_credentials(context, &mut call);
    Ok((call, alias))
}

/// Credentials never go to an origin that the target file does not name.
fn withhold_credentials(context: &Context<'_>, call: &mut Call) {
    if !is_known_origin(context, call) {
        call.request.headers.remove("authorization");
    }
}

fn is_known_origin(context: &Context<'_>, call: &Call) -> bool {
    let origin = call.request.url.origin();
    origin == context.protocol.base.origin() || context.target.limits.origins.contains(&origin)
}

async fn send(context: &Context<'_>, call: &Call, order: Order<'_>) -> Result<Exchange, Stop> {
    if !is_known_origin(context, call) {
        let origin = call.request.url.origin();
        return Ok(unsent(context, call, Failure::ForeignOrigin { origin }));
    }
    context.pace.wait().await;
    let Waits { first_byte, total } = context.patience.waits(context, call);
    let how = How {
        epoch: context.epoch,
        first_byte,
        total,
        may_create: may_create(call),
        cut_after: match order.disturb {
            Some(Disturb::Cut(after)) => Some(after),
            _ => None,
        },
        fresh: false,
    };
    let exchange = tokio::select! {
        biased;
        () = context.interrupt.wait() => return Err(Stop::Interrupted),
        exchange = context.client.send(call.request.clone(), how) => exchange,
        never = tell_while_waiting(context, total) => match never {},
    };
    context.patience.learn(&exchange);
    Ok(exchange)
}

/// Says now and then that an answer is still to come.
async fn tell_while_waiting(context: &Context<'_>, total: Duration) -> Infallible {
    let (id, started) = (&context.case.id, context.elapsed());
    loop {
        tokio::time::sleep(BEAT).await;
        let since = context.elapsed().saturating_sub(started);
        let remaining = total.saturating_sub(since);
        context.sink.emit(Event::Waiting { id, wait: Wait::Answer(since), remaining });
    }
}

/// Whether sending it twice might make two jobs: a read, a cancel or a download may be sent again.
fn may_create(call: &Call) -> bool {
    match call.operation {
        Operation::Create => true,
        Operation::Raw => !["GET", "HEAD"].contains(&call.request.method.as_str()),
        Operation::Status | Operation::Cancel | Operation::Download | Operation::Get => false,
    }
}

fn unsent(context: &Context<'_>, call: &Call, failure: Failure) -> Exchange {
    let now = context.elapsed();
    Exchange {
        request: call.request.clone(),
        answer: Answer::None(failure),
        timing: Timing { sent: now, first_byte: None, complete: now },
        reused: false,
        resent: false,
        lost: false,
    }
}

fn is_tolerated(context: &Context<'_>, scope: &Scope, call: &Call, exchange: &Exchange) -> bool {
    let repeatable = matches!(
        call.operation,
        Operation::Create | Operation::Get | Operation::Status | Operation::Download
    );
    let status = exchange.answer.response().map(|response| response.status);
    repeatable
        && scope.budget > 0
        && status.is_some_and(|status| context.target.disturbances.on.contains(&status))
}

/// Whether the exchange took so long that what follows may come too late: the steps of a scenario count on the time
/// that its jobs take, not on a hold that somebody else's 502 has used up.
fn has_cost_time(context: &Context<'_>, exchange: &Exchange) -> bool {
    let half_a_hold = context.protocol.hold.map_or(Duration::MAX, |hold| hold.at_least / 2);
    exchange.timing.complete.saturating_sub(exchange.timing.sent)
        > context.target.timing.prompt.min(half_a_hold)
}

fn record(context: &Context<'_>, exchange: &Exchange, order: Order<'_>, note: Note) -> usize {
    callback::note_all(context);
    let mut ledger = context.ledger.borrow_mut();
    let number = ledger.next_exchange();
    ledger.exchanges.push(recording::record(exchange, order.label, order.principal, note, context.masks));
    number
}

/// Remembers a job that the server was asked to create, whatever it answered.
fn created(context: &Context<'_>, scope: &mut Scope, call: &Call, alias: Option<&str>, exchange: &Exchange) {
    if call.operation != Operation::Create || environment(exchange).is_some() {
        return;
    }
    context.ledger.borrow_mut().jobs_created += 1;
    if let Some(alias) = alias {
        let instance = Instance {
            sent: exchange.timing.sent,
            answered: exchange.timing.complete,
            released: None,
            arguments: call.sent.clone(),
            as_text: call.sent_as_text,
        };
        scope.jobs.insert(alias.to_owned(), instance);
        scope.last = Some(alias.to_owned());
    }
}

fn environment(exchange: &Exchange) -> Option<Stop> {
    match &exchange.answer {
        Answer::None(why) if why.is_environment() => {
            let origin = exchange.request.url.origin();
            Some(Stop::Environment(format!("{origin}: {}", failure::describe(why))))
        }
        _ => None,
    }
}
