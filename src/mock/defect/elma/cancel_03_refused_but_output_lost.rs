//! `ELMA-CANCEL-03/refused-but-output-lost`: another system's cancel is refused, and the task runs to an empty output.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Ending;
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-03/refused-but-output-lost",
    sentence: "another system's cancel is refused, and the task runs to an empty output",
    requirements: &["ELMA-CANCEL-03"],
    affects: &[(Operation::Cancel, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if let (Some(key), Some(Refusal::NotCreator)) = (exchange.job, exchange.refusal) {
            world.engine.distort(key, |job| job.order.ending = Ending::Output(json!({})));
        }
    }
}
