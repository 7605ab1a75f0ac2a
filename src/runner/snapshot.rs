//! Snapshots: answers are kept while a case runs, and compared with what is stored when it has ended.

use std::collections::BTreeMap;

use super::context::Context;
use super::exchange::Done;
use super::scope::Scope;
use crate::check::{Redaction, snapshot};
use crate::http::message::Response;
use crate::outcome::{SnapshotOutcome, SnapshotState};
use crate::plan::Instruction;

/// What is stored, by name; none if no snapshot is to be taken.
pub(super) type Stored<'a> = Option<&'a BTreeMap<String, String>>;

/// An answer of which a golden copy is wanted.
#[derive(Debug)]
pub(super) struct Taken {
    name: String,
    /// Where its step is written.
    place: u32,
    response: Response,
}

/// Keeps the answer of a step that asks for it; of the rounds of a `repeat` the first stands for all.
pub(super) fn take(context: &Context<'_>, scope: &Scope, step: &Instruction, done: &Done) {
    let is_wanted = context.stored.is_some() && scope.index.is_none_or(|index| index == 1);
    let (Some(name), Some(response)) = (&step.snapshot, done.exchange.answer.response()) else { return };
    if is_wanted {
        let taken = Taken { name: name.clone(), place: step.span.start, response: response.clone() };
        context.ledger.borrow_mut().taken.push(taken);
    }
}

/// Compares what was kept, in the order of writing: ids are numbered alike, however the branches of a case ran.
pub(super) fn compare(context: &Context<'_>) -> Vec<SnapshotOutcome> {
    let Some(stored) = context.stored else { return Vec::new() };
    let mut taken = std::mem::take(&mut context.ledger.borrow_mut().taken);
    taken.sort_by_key(|taken| taken.place);
    let mut redaction = redaction(context);
    let compared = taken.iter().map(|Taken { name, response, .. }| {
        let name = format!("{}/{name}", context.case.id);
        let content = snapshot(response, &mut redaction).trim_end().to_owned();
        let stored = stored.get(&name).cloned();
        SnapshotOutcome { state: state(stored.as_deref(), &content), name, content, stored }
    });
    compared.collect()
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
