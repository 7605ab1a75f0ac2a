//! Ways that a server may take: the steps of the first one that applies, and nothing asked of the others.

use super::context::Context;
use super::exchange::Unsent;
use super::scope::{Names, Scope};
use super::step::{checks_of, names_of, perform_all};
use crate::outcome::CheckOutcome;
use crate::plan::{Instruction, WayAct};

/// Does the steps of the way that the server took.
pub(super) async fn perform(
    context: &Context<'_>,
    scope: &mut Scope,
    step: &Instruction,
    ways: &[WayAct],
) -> Result<(), Unsent> {
    let taken = taken(context, scope, step, ways).map_err(Unsent::NotReached)?;
    for (_, way) in ways.iter().enumerate().filter(|(index, _)| *index != taken) {
        leave(context, scope, &way.steps);
    }
    Ok(perform_all(context, scope, &ways[taken].steps).await?)
}

/// The number of the first way that applies; the error says why none can be told.
fn taken(context: &Context<'_>, scope: &Scope, step: &Instruction, ways: &[WayAct]) -> Result<usize, String> {
    let names = Names { context, scope, principal: &step.principal };
    for (index, way) in ways.iter().enumerate() {
        match way.when.holds(&names) {
            Some(true) => return Ok(index),
            Some(false) => {}
            None => return Err(format!("{} has no value, so that no way can be told", way.when.describe())),
        }
    }
    let misfits = ways.iter().zip(1..).filter_map(|(way, number): (&WayAct, usize)| {
        Some(format!("way {number}: {}", way.when.misfit(&names)?))
    });
    let misfits = context.masks.mask(&misfits.collect::<Vec<_>>().join("; "));
    Err(format!("the server took none of the {} ways of step {}: {misfits}", ways.len(), step.label))
}

/// Asks nothing of the steps of a way that was not taken; what only they capture has no value.
fn leave(context: &Context<'_>, scope: &mut Scope, steps: &[Instruction]) {
    let mut ledger = context.ledger.borrow_mut();
    for step in steps {
        for id in checks_of(step) {
            ledger.note(id, CheckOutcome::NotAsked, Some("the server took another way".to_owned()));
        }
        for name in names_of(step).into_iter().filter(|name| !scope.captured.contains_key(*name)) {
            let place = format!("{}, on a way that the server did not take", step.label);
            scope.missing.insert(name.to_owned(), place);
        }
    }
}
