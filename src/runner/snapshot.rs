//! Snapshots: answers are kept while a case runs, and compared with what is stored when it has ended.

use std::collections::BTreeMap;

use super::context::Context;
use super::exchange::{Done, Order};
use super::scope::Scope;
use crate::check::{Leg, Redaction, flow, snapshot};
use crate::http::message::{Exchange, Response};
use crate::outcome::{SnapshotOutcome, SnapshotState};
use crate::plan::{Instruction, SnapshotAct};

/// What is stored, by name; none if no snapshot is to be taken.
pub(super) type Stored<'a> = Option<&'a BTreeMap<String, String>>;

/// An answer of which a golden copy is wanted.
#[derive(Debug)]
pub(super) struct Taken {
    /// Where its step is written.
    place: u32,
    response: Response,
}

/// Keeps an answer for the snapshots of whole flows; what the harness hides from a scenario is no part of one.
pub(super) fn trace(context: &Context<'_>, scope: &Scope, order: Order<'_>, exchange: &Exchange) {
    if !(is_wanted(context, scope) && context.case.program.traces && order.disturb.is_none()) {
        return;
    }
    let answer = exchange.answer.response().cloned();
    let legs = &mut context.ledger.borrow_mut().legs;
    match legs.get_mut(&order.place) {
        Some(leg) => leg.push(answer),
        None => drop(legs.insert(order.place, Leg::new(order.label, answer))),
    }
}

/// Keeps the answer of a step that asks for it.
pub(super) fn take(context: &Context<'_>, scope: &Scope, step: &Instruction, done: &Done) {
    if step.snapshot.is_none() || !is_wanted(context, scope) {
        return;
    }
    if let Some(response) = done.exchange.answer.response() {
        let taken = Taken { place: step.place, response: response.clone() };
        context.ledger.borrow_mut().taken.push(taken);
    }
}

/// Of the rounds of a `repeat` the first stands for all.
fn is_wanted(context: &Context<'_>, scope: &Scope) -> bool {
    context.stored.is_some() && scope.index.is_none_or(|index| index == 1)
}

/// Compares what was kept, in the order of writing: ids are numbered alike, however the branches of a case ran.
pub(super) fn compare(context: &Context<'_>) -> Vec<SnapshotOutcome> {
    let Some(stored) = context.stored else { return Vec::new() };
    let steps = context.case.program.every_step();
    let acts: BTreeMap<u32, &SnapshotAct> =
        steps.filter_map(|step| Some((step.place, step.snapshot.as_ref()?))).collect();
    let ledger = context.ledger.borrow();
    let mut taken: Vec<&Taken> = ledger.taken.iter().collect();
    taken.sort_by_key(|taken| taken.place);
    let mut redaction = redaction(context);
    let mut compared = Vec::new();
    for Taken { place, response } in taken {
        let Some(act) = acts.get(place) else { continue };
        redaction.leave_out(&act.redact);
        let content = if act.trace {
            let legs: Vec<&Leg> = ledger.legs.range(..=place).map(|(_, leg)| leg).collect();
            flow(&legs, &mut redaction)
        } else {
            snapshot(response, &mut redaction)
        };
        compared.push(outcome(context, act, content.trim_end(), stored, redaction.unused()));
    }
    compared
}

fn outcome(
    context: &Context<'_>,
    act: &SnapshotAct,
    content: &str,
    stored: &BTreeMap<String, String>,
    unused: Vec<String>,
) -> SnapshotOutcome {
    let name = format!("{}/{}", context.case.id, act.name);
    let stored = stored.get(&name).cloned();
    SnapshotOutcome {
        state: state(stored.as_deref(), content),
        name,
        content: content.to_owned(),
        stored,
        unused,
    }
}

fn redaction<'a>(context: &'a Context<'_>) -> Redaction<'a> {
    let known = vec![
        (context.mark.clone(), "[mark]"),
        (context.unknown_uuid.clone(), "[unknown]"),
        (context.unknown_id.to_string(), "[unknown]"),
        (context.unknown_secret.expose().to_owned(), "[unknown secret]"),
    ];
    Redaction::new(context.masks, &context.protocol.base, known)
}

fn state(stored: Option<&str>, content: &str) -> SnapshotState {
    match stored {
        Some(stored) if stored == content => SnapshotState::Same,
        Some(_) => SnapshotState::Changed,
        None => SnapshotState::New,
    }
}
