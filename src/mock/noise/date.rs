//! The date of an answer, by a clock that is not the harness's.

use hyper::header::DATE;

use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct Date;

pub(super) const NOISE: Noise = Noise {
    id: "date",
    sentence: "answers carry a Date and an Age",
    allowed_by: "RFC 9110 6.6.1: a server with a clock sends `Date`; RFC 9111 5.1: a cache on the way adds `Age`",
    widening: Widening::None,
    behaviour: &Date,
};

impl Behaviour for Date {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        answer.set(DATE, &format!("Mon, 29 Jun 2020 06:29:{:02} GMT", 52 + chance.below(8)));
        answer.set(hyper::header::AGE, "0");
    }
}
