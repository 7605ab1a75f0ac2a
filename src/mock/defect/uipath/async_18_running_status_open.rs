//! `UIP-ASYNC-18/running-status-open`: the status URI needs no bearer as long as its job runs.

use hyper::header::{AUTHORIZATION, HeaderValue};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::uipath;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-18/running-status-open",
    sentence: "the status URI needs no bearer as long as its job runs",
    requirements: &["UIP-ASYNC-18", "UIP-GEN-02"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn receive(&self, exchange: &mut Exchange<'_>, world: &World) {
        let ticket = uipath::ticket_of(world, &exchange.request.path);
        let runs = world.job(ticket.map(|ticket| ticket.job)).is_some_and(|job| !job.state.is_final());
        let anybody = exchange.configuration.fixtures.bearers.first();
        let bearer = anybody.and_then(|own| HeaderValue::from_str(&format!("Bearer {}", own.token)).ok());
        if let (true, Some(bearer)) = (runs, bearer) {
            exchange.request.headers.insert(AUTHORIZATION, bearer);
        }
    }
}
