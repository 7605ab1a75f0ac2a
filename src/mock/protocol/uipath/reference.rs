//! Status, wait and output URIs: how they are issued and how they are read back.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::configuration::Configuration;
use crate::mock::engine::Job;
use crate::mock::policy::{Location, RedirectCodes};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, Ticket, World};

/// Where all triggers, and all URIs about their jobs, are served.
pub(in crate::mock) const BASE: &str = "/acme/prod/orchestrator_/t/";
const JOBS: &str = "jobs/";

/// What a URI about a job leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    Status,
    Wait,
    Output,
}

impl Door {
    fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Wait => "wait",
            Self::Output => "output",
        }
    }
}

/// Which door of which ticket a path names, whether it was ever issued or not.
pub(super) fn door(path: &str) -> Option<(Door, &str)> {
    let (ticket, name) = path.strip_prefix(BASE)?.strip_prefix(JOBS)?.split_once('/')?;
    let door = [Door::Status, Door::Wait, Door::Output].into_iter().find(|door| door.name() == name)?;
    Some((door, ticket))
}

/// The text behind the base of all triggers.
pub(super) fn trigger(path: &str) -> Option<&str> {
    path.strip_prefix(BASE)
}

/// The ticket that a reference of any form names.
pub(in crate::mock) fn ticket_of(world: &World, reference: &str) -> Option<Ticket> {
    let path = &reference[reference.find(BASE)?..];
    let path = path.split(['?', '#']).next().unwrap_or(path);
    door(path).and_then(|(_, ticket)| world.tickets.get(ticket)).copied()
}

/// A name for the job that nobody can guess: made of the seed and its number.
pub(super) fn ticket(configuration: &Configuration, number: u64) -> String {
    const LENGTH: usize = 32;
    let text = format!("{}:{number}:ticket", configuration.seed);
    let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    let digits = digest.as_ref().iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.take(LENGTH).filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

pub(super) fn status_reference(exchange: &Exchange<'_>, job: &Job) -> String {
    reference(exchange, job, Door::Status)
}

pub(in crate::mock) fn output_reference(exchange: &Exchange<'_>, job: &Job) -> String {
    reference(exchange, job, Door::Output)
}

/// Another query on every hop, so that a caller must take the newest.
pub(in crate::mock) fn wait_reference(exchange: &Exchange<'_>, job: &Job) -> String {
    let hop = exchange.request.query_entry("hop").and_then(|hop| hop.parse::<u32>().ok());
    format!("{}?hop={}", reference(exchange, job, Door::Wait), hop.unwrap_or(0).saturating_add(1))
}

fn reference(exchange: &Exchange<'_>, job: &Job, door: Door) -> String {
    let path = format!("{BASE}{JOBS}{}/{}", ticket(exchange.configuration, job.order.number), door.name());
    match (exchange.configuration.policies.location, &exchange.configuration.base) {
        (Location::Relative, _) => path,
        (Location::Absolute, Some(base)) => format!("{}{path}", base.trim_end_matches('/')),
        (Location::Absolute, None) => format!("{}{path}", exchange.request.origin()),
    }
}

pub(in crate::mock) fn redirect(exchange: &Exchange<'_>, reference: &str) -> Answer {
    let status = match exchange.configuration.policies.redirect_codes {
        RedirectCodes::SeeOther => StatusCode::SEE_OTHER,
        RedirectCodes::Found => StatusCode::FOUND,
    };
    located(status, reference)
}

pub(super) fn located(status: StatusCode, reference: &str) -> Answer {
    Answer::empty(status).with(LOCATION, reference)
}
