//! Reason phrases of the server's own, or none.

use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct ReasonPhrase;

pub(super) const NOISE: Noise = Noise {
    id: "reason-phrase",
    sentence: "the reason phrase is empty, or says something of its own",
    allowed_by: "RFC 9112 4: a client should ignore the reason phrase",
    widening: Widening::None,
    behaviour: &ReasonPhrase,
};

impl Behaviour for ReasonPhrase {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        answer.delivery.reason = chance.pick(&["", "Fine by me", "200 OK", "404 Not Found"]);
    }
}
