//! `ELMA-CREATE-15/system-of-reader`: a task shows the system that reads it as the one that set it.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-15/system-of-reader",
    sentence: "a task shows the system that reads it as the one that set it",
    requirements: &["ELMA-CREATE-15", "ELMA-STATUS-05"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Doc("the printed calls use another token than the printed task shows"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        let reader = exchange.sent_body()["auth_tkn"].clone();
        answer.rewrite_task(|task| {
            task.insert("system".to_owned(), reader);
        });
    }
}
