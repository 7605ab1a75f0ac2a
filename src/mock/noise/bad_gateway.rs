//! The gateway before the server answers 502 now and then, before or after the server did its work.

use super::{Behaviour, Edge, Noise, Scene, Widening};
use crate::mock::chance::Chance;

struct BadGateway;

pub(super) const NOISE: Noise = Noise {
    id: "bad-gateway",
    sentence: "a few calls about triggers are answered 502 by a gateway, before or after they were carried out",
    allowed_by: "UIP-GEN-16: a request may get 502 from the edge; a target file says how many a case may meet",
    widening: Widening::None,
    behaviour: &BadGateway,
};

/// Fewer than what target files allow a case by default.
const MOST: u64 = 2;

impl Behaviour for BadGateway {
    fn edge(&self, chance: &mut Chance, scene: Scene, so_far: u64) -> Option<Edge> {
        let strikes = chance.one_in(8);
        let edge = chance.pick(&[Edge::Before, Edge::After]);
        edge.filter(|_| strikes && so_far < MOST && scene.is_behind_gateway())
    }
}
