//! `ELMA-DL-03/empty-file-for-any-name`: a name that no file has gives an empty file.

use bytes::Bytes;
use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::protocol::Refusal;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-03/empty-file-for-any-name",
    sentence: "a name that no file has gives an empty file",
    requirements: &["ELMA-DL-03", "ELMA-DL-09"],
    affects: &[(Operation::Download, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        if exchange.refusal == Some(Refusal::UnknownFile) {
            *answer = Answer::text(StatusCode::OK, "application/octet-stream", Bytes::new());
        }
    }
}
