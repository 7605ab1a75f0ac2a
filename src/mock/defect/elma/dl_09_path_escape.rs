//! `ELMA-DL-09/path-escape`: a name with dots leads out of the task's folder.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-09/path-escape",
    sentence: "a name with dots leads out of the task's folder",
    requirements: &["ELMA-DL-09"],
    affects: &[(Operation::Download, Aspect::Body)],
    provenance: Provenance::Observed("https://github.com/next-terminal/next-terminal/issues/97"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let name = exchange.sent_body()["filename"].as_str().map(str::to_owned).unwrap_or_default();
        let neighbour =
            exchange.neighbour(world).filter(|file| name.contains("..") && name.ends_with(&*file.name));
        if let Some(file) = neighbour {
            *answer = Answer::text(StatusCode::OK, "application/octet-stream", file.bytes());
        }
    }
}
