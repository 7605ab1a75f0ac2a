//! Jobs that take another time on every run.

use std::time::Duration;

use super::{Behaviour, Noise, Widening};
use crate::mock::chance::Chance;
use crate::mock::engine::Order;

struct JobJitter;

pub(super) const NOISE: Noise = Noise {
    id: "job-jitter",
    sentence: "every job waits and runs up to a tenth longer than the fixture says",
    allowed_by: "no document promises a duration; the target file declares a range for each job",
    widening: Widening::Jobs,
    behaviour: &JobJitter,
};

impl Behaviour for JobJitter {
    fn order(&self, chance: &mut Chance, order: &mut Order) {
        let mut longer = |time: Duration| time + chance.up_to(time / 10);
        order.script.queued = longer(order.script.queued);
        order.script.runs = longer(order.script.runs);
    }
}
