//! Answers that come in pieces.

use std::time::Duration;

use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct SmallPackets;

pub(super) const NOISE: Noise = Noise {
    id: "small-packets",
    sentence: "an answer comes in pieces of a few bytes, with short pauses between some of them",
    allowed_by: "TCP is a stream of bytes: where it is cut says nothing (RFC 9293 2.2)",
    widening: Widening::None,
    behaviour: &SmallPackets,
};

impl Behaviour for SmallPackets {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        let pause = chance.pick(&[Duration::ZERO, Duration::from_millis(1)]).unwrap_or_default();
        answer.delivery.packets = Some((chance.clone(), pause));
    }
}
