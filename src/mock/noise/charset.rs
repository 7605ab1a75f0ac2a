//! The label of a JSON body, written in every way that media types may be.

use hyper::header::CONTENT_TYPE;

use super::scene::is_json;
use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct Charset;

pub(super) const NOISE: Noise = Noise {
    id: "charset",
    sentence: "JSON is labelled with and without charset, in odd case, with spaces, or as a type with the suffix +json",
    allowed_by: "RFC 9110 8.3.1: types and parameter names ignore case, values may be quoted; RFC 6839 3.1: +json",
    widening: Widening::None,
    behaviour: &Charset,
};

const LABELS: [&str; 6] = [
    "application/json",
    "application/json;charset=UTF-8",
    "Application/JSON ; Charset=\"utf-8\"",
    "application/json; odata.metadata=minimal; charset=utf-8",
    "application/vnd.acme.task+json",
    "application/problem+json; charset=utf-8",
];

impl Behaviour for Charset {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        if let Some(label) = chance.pick(&LABELS).filter(|_| is_json(answer)) {
            answer.set(CONTENT_TYPE, label);
        }
    }
}
