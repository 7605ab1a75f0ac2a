//! Answers in HTTP/1.0, whose bodies end with the connection.

use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct OldVersion;

pub(super) const NOISE: Noise = Noise {
    id: "old-version",
    sentence: "every other answer is HTTP/1.0 and ends with its connection",
    allowed_by: "RFC 9110 6.2: a server answers in the version it conforms to; RFC 9112 6.3: a body may end with the connection",
    widening: Widening::None,
    behaviour: &OldVersion,
};

impl Behaviour for OldVersion {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        answer.delivery.old_version = chance.one_in(2);
    }
}
