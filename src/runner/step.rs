//! One step of a case: what it does, what is expected of it, and what it captures.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use super::captures::Captures;
use super::context::Context;
use super::exchange::{Done, Order, Stop, Unsent, pause, perform};
use super::judge::Looking;
use super::scope::{Names, Scope};
use super::{callback, either, follow, fragment, group, hook, poll, snapshot};
use crate::outcome::CheckOutcome;
use crate::plan::{Act, CheckId, Instruction, every_step};
use crate::scenario::Template;

/// A future that is boxed because steps hold steps.
type Steps<'f> = Pin<Box<dyn Future<Output = Result<(), Stop>> + 'f>>;

/// Does steps one after the other.
pub(super) fn perform_all<'f>(
    context: &'f Context<'f>,
    scope: &'f mut Scope,
    steps: &'f [Instruction],
) -> Steps<'f> {
    Box::pin(async move {
        for step in steps {
            perform_one(context, scope, step).await?;
        }
        Ok(())
    })
}

/// Does one step; what it could not do is noted, and only a reason to end the case comes back.
pub(super) async fn perform_one(
    context: &Context<'_>,
    scope: &mut Scope,
    step: &Instruction,
) -> Result<(), Stop> {
    if context.interrupt.is_set() {
        return Err(Stop::Interrupted);
    }
    if let Some((outcome, because)) = left_out(context, scope, step) {
        miss(context, scope, step, outcome, &because);
        return Ok(());
    }
    let performed = match &step.act {
        Act::Request { words, follow } => request(context, scope, step, words, follow.as_ref()).await,
        Act::Poll(poll) => poll::perform(context, scope, step, poll).await,
        Act::Hook(hook) => hook::perform(context, scope, step, hook).await,
        Act::Wait(template) => wait(context, scope, step, template).await,
        Act::Await(wait) => callback::perform(context, scope, step, wait).await,
        Act::Repeat(repeat) => group::repeat(context, scope, repeat).await.map_err(Unsent::from),
        Act::Parallel(branches) => group::parallel(context, scope, branches).await.map_err(Unsent::from),
        Act::Either(ways) => either::perform(context, scope, step, ways).await,
        Act::Use(fragment) => fragment::perform(context, scope, step, fragment).await,
    };
    match performed {
        Ok(()) => Ok(()),
        Err(Unsent::Stop(stop)) => Err(stop),
        Err(Unsent::NotReached(because)) => {
            miss(context, scope, step, CheckOutcome::NotReached, &because);
            Ok(())
        }
    }
}

/// Whether the step's `when` leaves it out, and what that makes of its checks.
fn left_out(context: &Context<'_>, scope: &Scope, step: &Instruction) -> Option<(CheckOutcome, String)> {
    let names = Names { context, scope, principal: &step.principal };
    match step.when.holds(&names) {
        Some(true) => None,
        Some(false) => Some((CheckOutcome::Vacuous, "the step's `when` does not apply".to_owned())),
        None => {
            let because =
                format!("{} has no value, so the step's `when` cannot be decided", step.when.describe());
            Some((CheckOutcome::NotReached, because))
        }
    }
}

/// Notes the same outcome for every check of a step that was not done, and that its names have no value.
fn miss(context: &Context<'_>, scope: &mut Scope, step: &Instruction, outcome: CheckOutcome, because: &str) {
    let mut ledger = context.ledger.borrow_mut();
    for id in checks_of(step) {
        ledger.note(id, outcome, Some(because.to_owned()));
    }
    drop(ledger);
    for name in names_of(step) {
        scope.captured.remove(name);
        scope.missing.insert(name.to_owned(), step.label.clone());
    }
}

/// Every name to which a step, or a step inside it, gives a value that those behind it see.
pub(super) fn names_of(step: &Instruction) -> Vec<&str> {
    let mut names: Vec<&str> = step.captures.iter().map(|(name, _)| name.as_str()).collect();
    match &step.act {
        Act::Use(fragment) => names.extend(fragment.outputs.iter().map(|(local, ..)| local.as_str())),
        Act::Parallel(branches) => names.extend(branches.iter().flatten().flat_map(names_of)),
        Act::Either(ways) => names.extend(ways.iter().flat_map(|way| &way.steps).flat_map(names_of)),
        // What a round of `repeat` captures is its own.
        Act::Repeat(_) | Act::Request { .. } | Act::Poll(_) | Act::Hook(_) | Act::Wait(_) | Act::Await(_) => {
        }
    }
    names
}

/// Every check of a step and of the steps inside it.
pub(super) fn checks_of(step: &Instruction) -> Vec<CheckId> {
    every_step(std::slice::from_ref(step)).flat_map(own_checks).collect()
}

fn own_checks(step: &Instruction) -> Vec<CheckId> {
    let mut ids: Vec<CheckId> = step.checks.iter().map(|numbered| numbered.id).collect();
    match &step.act {
        Act::Request { follow: Some(follow), .. } => {
            ids.extend(follow.each.iter().map(|numbered| numbered.id));
            ids.extend(follow.trace.iter().map(|(id, _)| *id));
        }
        Act::Poll(poll) => ids.extend(poll.checks()),
        Act::Await(wait) => ids.push(wait.came),
        Act::Repeat(repeat) => ids.extend(repeat.quantifiers.iter().map(|quantifier| quantifier.id)),
        _ => {}
    }
    ids
}

async fn request(
    context: &Context<'_>,
    scope: &mut Scope,
    step: &Instruction,
    words: &Template,
    follow: Option<&crate::plan::FollowAct>,
) -> Result<(), Unsent> {
    let started = context.elapsed();
    let order = Order {
        label: &step.label,
        place: step.place,
        principal: &step.principal,
        words,
        disturb: step.disturb,
    };
    let mut done = perform(context, scope, order).await?;
    if step.disturb.is_some() {
        return Ok(());
    }
    if let Some(follow) = follow {
        done = follow::perform(context, scope, step, follow, done).await?;
    }
    look(context, scope, step, started, &done);
    Ok(())
}

/// Judges the answer, captures from it, and takes its snapshot.
pub(super) fn look(
    context: &Context<'_>,
    scope: &mut Scope,
    step: &Instruction,
    started: Duration,
    done: &Done,
) {
    let captures = Captures::of(step, scope, started);
    captures.give_new(context, scope, done);
    let looking = Looking { context, scope, principal: &step.principal, step_started: started, done };
    step.checks.iter().for_each(|numbered| looking.note(numbered));
    captures.replace(context, scope, done);
    snapshot::take(context, scope, step, done);
}

async fn wait(
    context: &Context<'_>,
    scope: &Scope,
    step: &Instruction,
    template: &Template,
) -> Result<(), Unsent> {
    let names = Names { context, scope, principal: &step.principal };
    let duration =
        template.duration(&names).map_err(|unbound| Unsent::NotReached(scope.explain(&unbound)))?;
    Ok(pause(context, duration).await?)
}
