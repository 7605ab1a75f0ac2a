//! The time that a network takes.

use std::time::Duration;

use super::{Behaviour, Noise, Widening};
use crate::mock::chance::Chance;

struct Latency;

pub(super) const NOISE: Noise = Noise {
    id: "latency",
    sentence: "every call takes up to 0.2 s to reach the server, and its answer as long to come back",
    allowed_by: "no document promises a network; the target file declares what is prompt and a margin",
    widening: Widening::None,
    behaviour: &Latency,
};

const LONGEST: Duration = Duration::from_millis(200);

impl Behaviour for Latency {
    fn before(&self, chance: &mut Chance) -> Duration {
        chance.up_to(LONGEST)
    }

    fn after(&self, chance: &mut Chance) -> Duration {
        chance.up_to(LONGEST)
    }
}
