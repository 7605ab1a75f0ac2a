//! `UIP-SYNC-15/path-moves`: every redirect of a wait leads to another resource.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::uipath;
use crate::mock::server::message::{Answer, Request};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-15/path-moves",
    sentence: "every redirect of a wait leads to another resource",
    requirements: &["UIP-SYNC-15"],
    affects: &[(Operation::Invoke, Aspect::Header), (Operation::Wait, Aspect::Header)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

const MOVED: &str = "/acme/prod/orchestrator_/waits/";

struct Deviation;

impl Behaviour for Deviation {
    fn reroute(&self, request: &Request) -> Option<Operation> {
        request.path.starts_with(MOVED).then_some(Operation::Wait)
    }

    fn receive(&self, exchange: &mut Exchange<'_>, _: &World) {
        let path = exchange.request.path.strip_prefix(MOVED).and_then(|rest| rest.split_once('/'));
        if let Some((_, rest)) = path {
            exchange.request.path = format!("{}{rest}", uipath::BASE);
        }
    }

    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        let hop = exchange.now.as_millis();
        if let (StatusCode::SEE_OTHER, Some(location)) = (answer.status, answer.header(&LOCATION)) {
            let moved = location.replace(uipath::BASE, &format!("{MOVED}{hop}/"));
            answer.set(LOCATION, &moved);
        }
    }
}
