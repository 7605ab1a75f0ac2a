//! `ELMA-AUTH-02/refused-but-output-lost`: a cancel with a token that nobody has is refused, and the task runs to an empty output.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Ending;
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-AUTH-02/refused-but-output-lost",
    sentence: "a cancel with a token that nobody has is refused, and the task runs to an empty output",
    requirements: &["ELMA-AUTH-02"],
    affects: &[(Operation::Cancel, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        if exchange.refusal != Some(Refusal::UnknownCredential) {
            return;
        }
        if let Some(key) = exchange.named_task(world) {
            world.engine.distort(key, |job| job.order.ending = Ending::Output(json!({})));
        }
    }
}
