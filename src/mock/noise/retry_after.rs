//! Advice on when to ask again, while a job is under way.

use hyper::header::RETRY_AFTER;

use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct RetryAfter;

pub(super) const NOISE: Noise = Noise {
    id: "retry-after",
    sentence: "answers while a polled job is under way say after how many seconds to ask again",
    allowed_by: "AMB-U26: the documents do not mention `Retry-After`, and RFC 9110 10.2.3 lets a server advise",
    widening: Widening::None,
    behaviour: &RetryAfter,
};

impl Behaviour for RetryAfter {
    fn answer(&self, chance: &mut Chance, scene: Scene, answer: &mut Answer) {
        if scene.is_pending(answer) {
            answer.set(RETRY_AFTER, &chance.below(2).to_string());
        }
    }
}
