//! `ELMA-DL-02/no-name-gives-the-first-file`: a download that names no file gives the first one of the task.

use serde_json::json;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-DL-02/no-name-gives-the-first-file",
    sentence: "a download that names no file gives the first one of the task",
    requirements: &["ELMA-DL-02"],
    affects: &[(Operation::Download, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn receive(&self, exchange: &mut Exchange<'_>, world: &World) {
        let mut body = exchange.sent_body();
        let Some(file) = exchange.first_file(world) else { return };
        if body.get("filename").is_none() {
            body["filename"] = json!(*file.name);
            exchange.request.body = body.to_string().into();
        }
    }
}
