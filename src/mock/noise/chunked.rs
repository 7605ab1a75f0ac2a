//! Bodies of a length that is not told beforehand, in chunks of any size.

use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct Chunked;

pub(super) const NOISE: Noise = Noise {
    id: "chunked",
    sentence: "bodies come in chunks, some of a single byte",
    allowed_by: "RFC 9112 7.1: a recipient must be able to decode the chunked transfer coding",
    widening: Widening::None,
    behaviour: &Chunked,
};

/// Shortest chunks first; a long body comes in long ones.
const SIZES: [usize; 5] = [1, 2, 7, 64, 1000];
const LONG: usize = 16 << 10;

impl Behaviour for Chunked {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        let size = if answer.body.len() > LONG { Some(LONG) } else { chance.pick(&SIZES) };
        answer.delivery.chunks = size;
    }
}
