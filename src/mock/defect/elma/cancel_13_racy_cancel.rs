//! `ELMA-CANCEL-13/racy-cancel`: a confirmed cancel takes effect at the next read; a start in between wins unseen.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, Past, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CANCEL-13/racy-cancel",
    sentence: "a confirmed cancel takes effect at the next read; a start in between wins unseen",
    requirements: &["ELMA-CANCEL-13", "ELMA-CANCEL-08"],
    affects: &[
        (Operation::Cancel, Aspect::Body),
        (Operation::Cancel, Aspect::State),
        (Operation::Status, Aspect::State),
    ],
    provenance: Provenance::Observed("https://github.com/dbos-inc/dbos-transact-py/issues/767"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn waives(&self, _: &Exchange<'_>, refusal: &Refusal) -> bool {
        *refusal == Refusal::NotWaiting
    }

    fn skips(&self, _: &Exchange<'_>) -> bool {
        true
    }

    fn act(&self, exchange: &Exchange<'_>, world: &mut World) {
        let confirmed = |past: &Past| past.operation == Operation::Cancel && past.status.is_success();
        let cancelled = world.past(exchange.job).iter().any(confirmed);
        if let (Some(key), Operation::Status, true) = (exchange.job, exchange.operation, cancelled) {
            world.engine.cancel(key, exchange.now);
        }
    }
}
