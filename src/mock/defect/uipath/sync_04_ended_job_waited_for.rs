//! `UIP-SYNC-04/ended-job-waited-for`: a call that waits on for a job which has its output already is held until its timeout.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Patience, Provenance};
use crate::mock::engine::State;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-04/ended-job-waited-for",
    sentence: "a call that waits on for a job which has its output already is held until its timeout",
    requirements: &["UIP-SYNC-04"],
    affects: &[(Operation::Wait, Aspect::Timing)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn patience(&self, exchange: &Exchange<'_>, world: &World, patience: &mut Patience) {
        patience.notices &= world.job(exchange.job).is_none_or(|job| job.state != State::Done);
    }
}
