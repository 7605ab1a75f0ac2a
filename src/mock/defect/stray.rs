//! Jobs that should not exist, for the defects that make them.

use std::sync::Arc;

use crate::mock::engine::{Ending, Order, Script};
use crate::mock::protocol::Operation;
use crate::mock::server::{Exchange, World};

/// One more job, ordered like the one that the call is about.
pub(super) fn copy(exchange: &Exchange<'_>, world: &mut World) {
    let Some(mut order) = world.job(exchange.job).map(|job| job.order.clone()) else { return };
    order.number = world.engine.next_number();
    world.engine.create(order, exchange.now);
}

/// A job for a call that was refused, with whatever arguments the call carried.
pub(super) fn of_refused_call(exchange: &Exchange<'_>, world: &mut World) {
    let Some(label) = label(exchange) else { return };
    let order = Order {
        files: None,
        label,
        number: world.engine.next_number(),
        owner: String::new(),
        arguments: exchange.sent_arguments(),
        weight: exchange.request.weight(),
        script: Script::default(),
        ending: Ending::Output(serde_json::Value::Null),
    };
    world.engine.create(order, exchange.now);
}

fn label(exchange: &Exchange<'_>) -> Option<Arc<str>> {
    let fixtures = &exchange.configuration.fixtures;
    if exchange.operation == Operation::Create {
        let body = exchange.sent_body();
        let uuid = body.pointer("/task/process")?.as_str()?;
        return fixtures
            .processes
            .iter()
            .find(|process| *process.uuid == *uuid)
            .map(|process| process.name.clone());
    }
    let name = exchange.request.path.rsplit('/').next()?;
    fixtures.triggers.iter().find(|trigger| *trigger.name == *name).map(|trigger| trigger.name.clone())
}
