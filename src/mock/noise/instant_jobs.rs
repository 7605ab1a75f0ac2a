//! Short jobs that have ended before anybody can look.

use std::time::Duration;

use super::{Behaviour, Noise, Widening};
use crate::mock::chance::Chance;
use crate::mock::engine::Order;

struct InstantJobs;

pub(super) const NOISE: Noise = Noise {
    id: "instant-jobs",
    sentence: "jobs that take a second at most take no time at all, so that no state of theirs but the last is seen",
    allowed_by: "ELMA-STATUS-08: states may be skipped; the target file says how short a job may be",
    widening: Widening::NoTime,
    behaviour: &InstantJobs,
};

const SHORT: Duration = Duration::from_secs(1);

impl Behaviour for InstantJobs {
    fn order(&self, _chance: &mut Chance, order: &mut Order) {
        if order.script.runs <= SHORT {
            order.script.runs = Duration::ZERO;
        }
    }
}
