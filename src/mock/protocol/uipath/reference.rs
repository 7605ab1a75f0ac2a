//! Status, wait and output URIs: how they are issued and how they are read back.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::configuration::Configuration;
use crate::mock::engine::Job;
use crate::mock::policy::{HopQuery, JobName, Location, RedirectBody, RedirectCodes};
use crate::mock::server::message::{Answer, Request};
use crate::mock::server::{Exchange, Ticket, World};

/// Below this the triggers are served, each at `/t/NAME`.
pub(in crate::mock) const ROOT: &str = "/acme/prod/orchestrator_";
/// Where all triggers, and all URIs about their jobs, are served.
pub(in crate::mock) const BASE: &str = "/acme/prod/orchestrator_/t/";
const JOBS: &str = "jobs/";
/// The entry of a query that names a job.
const JOB: &str = "job";

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

/// Which door of which ticket a call names, whether it was ever issued or not.
pub(super) fn door(request: &Request) -> Option<(Door, &str)> {
    let path = request.path.strip_prefix(BASE)?.strip_prefix(JOBS)?;
    named(path, request.query_entry(JOB))
}

fn named<'a>(path: &'a str, queried: Option<&'a str>) -> Option<(Door, &'a str)> {
    let (ticket, name) = match path.split_once('/') {
        Some((ticket, name)) => (ticket, name),
        None => (queried?, path),
    };
    let door = [Door::Status, Door::Wait, Door::Output].into_iter().find(|door| door.name() == name)?;
    Some((door, ticket))
}

/// The text behind the base of all triggers.
pub(super) fn trigger(path: &str) -> Option<&str> {
    path.strip_prefix(BASE)
}

/// The ticket that a reference of any form names.
pub(in crate::mock) fn ticket_of(world: &World, reference: &str) -> Option<Ticket> {
    let behind = &reference[reference.find(JOBS)? + JOBS.len()..];
    let behind = behind.split('#').next().unwrap_or(behind);
    let (path, query) = behind.split_once('?').unwrap_or((behind, ""));
    let queried = query.split('&').find_map(|entry| entry.strip_prefix(JOB)?.strip_prefix('='));
    named(path, queried).and_then(|(_, ticket)| world.tickets.get(ticket)).copied()
}

/// A name for the job that nobody can guess: made of the seed and its number.
pub(super) fn ticket(configuration: &Configuration, number: u64) -> String {
    const LENGTH: usize = 32;
    let text = format!("{}:{number}:ticket", configuration.seed);
    let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    let digits = digest.as_ref().iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.take(LENGTH).filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

pub(in crate::mock) fn status_reference(exchange: &Exchange<'_>, job: &Job) -> String {
    reference(exchange, job, Door::Status)
}

pub(in crate::mock) fn output_reference(exchange: &Exchange<'_>, job: &Job) -> String {
    reference(exchange, job, Door::Output)
}

/// Another query on every hop, so that a caller must take the newest.
pub(in crate::mock) fn wait_reference(exchange: &Exchange<'_>, job: &Job) -> String {
    let hop = exchange.request.query_entry("hop").and_then(|hop| hop.parse::<u32>().ok());
    let hop = format!("hop={}", hop.unwrap_or(0).saturating_add(1));
    match exchange.configuration.policies.hop_query {
        HopQuery::Counted => written(exchange, job, Door::Wait, &hop),
        HopQuery::None => reference(exchange, job, Door::Wait),
    }
}

fn reference(exchange: &Exchange<'_>, job: &Job, door: Door) -> String {
    written(exchange, job, door, "")
}

/// A reference with one more entry of its query, if it is to have one.
fn written(exchange: &Exchange<'_>, job: &Job, door: Door, entry: &str) -> String {
    let Configuration { policies, base, .. } = exchange.configuration;
    let (ticket, door) = (ticket(exchange.configuration, job.order.number), door.name());
    let (path, named) = match policies.job_name {
        JobName::Path => (format!("{BASE}{JOBS}{ticket}/{door}"), String::new()),
        JobName::Query => (format!("{BASE}{JOBS}{door}"), format!("{JOB}={ticket}")),
    };
    let entries: Vec<&str> = [named.as_str(), entry].into_iter().filter(|entry| !entry.is_empty()).collect();
    let query = if entries.is_empty() { String::new() } else { format!("?{}", entries.join("&")) };
    let prefix = &exchange.request.prefix;
    let path = format!("{prefix}{path}{query}");
    let origin =
        base.as_ref().map_or_else(|| exchange.request.origin(), |base| base.trim_end_matches('/').to_owned());
    match policies.location {
        Location::Absolute => format!("{origin}{path}"),
        Location::Relative => path,
        Location::Network => {
            format!("{}{path}", origin.trim_start_matches("https:").trim_start_matches("http:"))
        }
        Location::Dots => format!("/./down/..{path}"),
        Location::Fragment => format!("{origin}{path}#state"),
    }
}

pub(in crate::mock) fn redirect(exchange: &Exchange<'_>, reference: &str) -> Answer {
    let page = format!("<html><a href=\"{}\">see other</a></html>", reference.replace('&', "&amp;"));
    let status = match exchange.configuration.policies.redirect_codes {
        RedirectCodes::SeeOther => StatusCode::SEE_OTHER,
        RedirectCodes::Found => StatusCode::FOUND,
    };
    let answer = match exchange.configuration.policies.redirect_body {
        RedirectBody::Empty => Answer::empty(status),
        RedirectBody::Html => Answer::text(status, "text/html", page),
    };
    located(answer, reference)
}

pub(super) fn located(answer: Answer, reference: &str) -> Answer {
    answer.with(LOCATION, reference)
}
