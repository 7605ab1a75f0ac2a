//! Names of header fields in odd case, and odd blanks around their values.

use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct HeaderSpelling;

pub(super) const NOISE: Noise = Noise {
    id: "header-spelling",
    sentence: "header fields are written in any mixture of cases, with no blank or several around the value",
    allowed_by: "RFC 9110 5.1: field names ignore case; RFC 9112 5.1: blanks around a value are no part of it",
    widening: Widening::None,
    behaviour: &HeaderSpelling,
};

impl Behaviour for HeaderSpelling {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        answer.delivery.spelling = Some(chance.clone());
    }
}
