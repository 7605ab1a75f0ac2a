//! `ELMA-STATUS-05/system-changes-with-the-run`: once it runs, a task belongs to the bot's system.

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::Job;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-STATUS-05/system-changes-with-the-run",
    sentence: "once it runs, a task belongs to the bot's system",
    requirements: &["ELMA-STATUS-05", "ELMA-CREATE-15"],
    affects: &[(Operation::Status, Aspect::Body)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn view(&self, _: &Exchange<'_>, _: &World, job: &mut Job) {
        if !job.state.is_waiting() {
            "5e771afd-1261-4451-b059-4543d41a5814".clone_into(&mut job.order.owner);
        }
    }
}
