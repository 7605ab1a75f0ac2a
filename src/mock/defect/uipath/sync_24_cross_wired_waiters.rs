//! `UIP-SYNC-24/cross-wired-waiters`: of several waiting calls each gets the result of the job before its own.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Job;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-24/cross-wired-waiters",
    sentence: "of several waiting calls each gets the result of the job before its own",
    requirements: &["UIP-SYNC-24"],
    affects: &[(Operation::Invoke, Aspect::Body), (Operation::Wait, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, exchange: &Exchange<'_>, world: &World, job: &mut Job) {
        if !exchange.is_long_poll() || world.parked == 0 {
            return;
        }
        let before =
            |other: &Job| other.order.number < job.order.number && other.order.label == job.order.label;
        if let Some((_, other)) = world.engine.jobs().rfind(|(_, other)| before(other)) {
            job.order.ending = other.order.ending.clone();
        }
    }
}
