//! `ELMA-CREATE-21/local-time-as-utc`: times are local, but written as if they were UTC.

use serde_json::{Value, json};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-21/local-time-as-utc",
    sentence: "times are local, but written as if they were UTC",
    requirements: &["ELMA-CREATE-21"],
    affects: &[
        (Operation::Create, Aspect::Body),
        (Operation::Status, Aspect::Body),
        (Operation::Cancel, Aspect::Body),
    ],
    provenance: Provenance::Observed("https://github.com/OPEnSLab-OSU/Loom-V4/issues/165"),
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, _: &Exchange<'_>, _: &World, answer: &mut Answer) {
        answer.rewrite_task(|task| {
            for name in ["created", "updated"] {
                let local = task.get(name).and_then(Value::as_str).map(without_offset);
                task.insert(name.to_owned(), json!(local));
            }
        });
    }
}

/// `…+04:00` as `…Z`; any other form as it is.
fn without_offset(time: &str) -> String {
    const OFFSET: usize = "+04:00".len();
    let split = time.len().checked_sub(OFFSET).and_then(|at| time.split_at_checked(at));
    match split {
        Some((local, offset)) if offset.starts_with(['+', '-']) => format!("{local}Z"),
        _ => time.to_owned(),
    }
}
