//! Calls about a job that exists: polling, waiting on, fetching the output.

use super::reference::{Door, door};
use crate::mock::defect::Patience;
use crate::mock::fixture::Mode;
use crate::mock::protocol::{Operation, Refusal};
use crate::mock::server::{Exchange, World};

/// The job whose URI this is, if that URI was ever issued.
pub(super) fn find(exchange: &mut Exchange<'_>, world: &World) -> Result<Patience, Refusal> {
    let (door, name) = door(&exchange.request).ok_or(Refusal::UnknownJob)?;
    let ticket = world.tickets.get(name).ok_or(Refusal::UnknownJob)?;
    let job = world.engine.read(ticket.job).ok_or(Refusal::UnknownJob)?;
    let (ticket, job_has_ended) = (*ticket, job.state.is_final());
    exchange.job = Some(ticket.job);
    let issued = match door {
        Door::Wait => ticket.mode == Mode::LongPolling,
        Door::Status => ticket.mode == Mode::AsyncRequestReply,
        Door::Output => ticket.mode == Mode::AsyncRequestReply && job_has_ended,
    };
    exchange.demand(issued, Refusal::UnknownJob)?;
    Ok(match exchange.operation {
        Operation::Wait => Patience::until(exchange.now + exchange.configuration.hold),
        _ => Patience::none(exchange.now),
    })
}
