//! Interim answers before the real one.

use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct InterimAnswers;

pub(super) const NOISE: Noise = Noise {
    id: "interim-answers",
    sentence: "before some answers come one or two interim ones: 102, 103",
    allowed_by: "RFC 9110 15.2: a client must be able to parse interim answers before a final one, and may ignore them",
    widening: Widening::None,
    behaviour: &InterimAnswers,
};

const PROCESSING: &str = "HTTP/1.1 102 Processing\r\n\r\n";
const HINTS: &str = "HTTP/1.1 103 Early Hints\r\nX-Location: /hint\r\nServer: edge\r\n\r\n";
const SETS: [&[&str]; 4] = [&[], &[PROCESSING], &[HINTS], &[PROCESSING, HINTS]];

impl Behaviour for InterimAnswers {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        answer.delivery.interim = chance.pick(&SETS).unwrap_or_default();
    }
}
