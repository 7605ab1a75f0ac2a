//! A job is polled, over kept connections, and the journal is on.

use super::host::{Host, TRIGGERS};
use super::{load, request};
use crate::table::{Table, time};

const ROUNDS: usize = 7;
const CONNECTIONS: usize = 64;
const REQUESTS: usize = 64 * 400;

/// A mock with one job that runs, and a server that gives the same answer.
pub(super) struct Pair {
    pub(super) mock: Host,
    pub(super) twin: Host,
    /// What asks for the job.
    pub(super) request: String,
}

impl Pair {
    pub(super) fn start() -> Self {
        let mock = Host::mock(&[]);
        let started = request::ask(&mock.address, "POST", &format!("{TRIGGERS}polled"), "{}");
        let status = request::path(started.header("location"));
        let twin = Host::twin(&request::ask(&mock.address, "GET", status, ""));
        Self { mock, twin, request: request::write("GET", status, "") }
    }
}

/// How many polls are answered in a second, and what each of them costs the server.
pub(crate) fn polling(_: &str, table: &mut Table) {
    let pair = Pair::start();
    let run = |host: &Host| {
        let before = host.cpu();
        let took = load::polls(&host.address, &pair.request, CONNECTIONS, REQUESTS);
        (
            REQUESTS as f64 / took.as_secs_f64(),
            host.cpu().saturating_sub(before).as_secs_f64() / REQUESTS as f64,
        )
    };
    // The first round fills the journal, which from then on drops the oldest entry for each new one.
    let rounds: Vec<_> = (0..=ROUNDS).map(|_| (run(&pair.mock), run(&pair.twin))).skip(1).collect();
    let rates: Vec<_> = rounds.iter().map(|(ours, twin)| (ours.0, twin.0)).collect();
    table.compare("mock, 64 connections that poll: requests a second", "0.7 (0.8)", &rates, |rate| {
        format!("{rate:.0}")
    });
    let costs: Vec<_> = rounds.iter().map(|(ours, twin)| (ours.1, twin.1)).collect();
    table.compare("the same: CPU of the server, each", "1.6 (1.3)", &costs, time);
}
