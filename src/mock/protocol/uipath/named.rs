//! What a call names, whether it may or not: for those who watch calls and do not carry them out.

use std::sync::Arc;

use super::reference::{door, trigger};
use crate::mock::engine::JobKey;
use crate::mock::fixture::Fixtures;
use crate::mock::server::World;
use crate::mock::server::message::Request;

/// The job behind the URI of a call.
pub(in crate::mock::protocol) fn job_of(world: &World, request: &Request) -> Option<JobKey> {
    let (_, ticket) = door(request)?;
    world.tickets.get(ticket).map(|ticket| ticket.job)
}

/// What stands for a job in the URI of a call.
pub(in crate::mock::protocol) fn job_name(request: &Request) -> Option<String> {
    door(request).map(|(_, ticket)| ticket.to_owned())
}

/// The trigger that a call would start a job by.
pub(in crate::mock::protocol) fn trigger_of(fixtures: &Fixtures, request: &Request) -> Option<Arc<str>> {
    let name = trigger(&request.path)?;
    let trigger = fixtures.triggers.iter().find(|own| *own.name == *name)?;
    Some(trigger.name.clone())
}
