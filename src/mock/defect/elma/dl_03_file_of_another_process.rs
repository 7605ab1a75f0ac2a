//! `ELMA-DL-03/file-of-another-process`: files are found by their name alone, whichever task is asked for.

use hyper::StatusCode;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::protocol::Refusal;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-03/file-of-another-process",
    sentence: "files are found by their name alone, whichever task is asked for",
    requirements: &["ELMA-DL-03", "ELMA-DL-01"],
    affects: &[(Operation::Download, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        let sent = exchange.sent_body();
        let processes = exchange.configuration.fixtures.processes.iter();
        let mut files = processes.flat_map(|process| process.files.iter());
        let found = files.find(|file| sent["filename"].as_str() == Some(&file.name));
        if let (Some(file), Some(Refusal::UnknownFile)) = (found, exchange.refusal) {
            *answer = Answer::text(StatusCode::OK, "application/octet-stream", file.bytes());
        }
    }
}
