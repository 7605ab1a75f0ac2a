//! `UIP-SYNC-25/disconnect-kills-job`: a job is stopped when the call that waits for it breaks off.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-SYNC-25/disconnect-kills-job",
    sentence: "a job is stopped when the call that waits for it breaks off",
    requirements: &["UIP-SYNC-25", "UIP-GEN-19"],
    affects: &[(Operation::Invoke, Aspect::State), (Operation::Wait, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn abandoned(&self, exchange: &Exchange<'_>, world: &mut World) {
        if let Some(key) = exchange.job {
            world.engine.fail(key, "the caller went away", exchange.now);
        }
    }
}
