//! `UIP-ASYNC-28/altered-id-found`: of the id in a URI only the beginning counts.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::uipath;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-ASYNC-28/altered-id-found",
    sentence: "of the id in a URI only the beginning counts",
    requirements: &["UIP-ASYNC-28"],
    affects: &[(Operation::Poll, Aspect::Status), (Operation::Output, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn receive(&self, exchange: &mut Exchange<'_>, world: &World) {
        const COUNTS: usize = 8;
        let path = &exchange.request.path;
        let queried = exchange.request.query_entry("job").unwrap_or_default();
        let is_meant = |start| path.contains(start) || queried.starts_with(start);
        let meant = world.tickets.keys().find(|name| name.get(..COUNTS).is_some_and(is_meant));
        if let (Some(name), Some((_, door))) = (meant, path.rsplit_once('/')) {
            exchange.request.path = format!("{}jobs/{name}/{door}", uipath::BASE);
        }
    }
}
