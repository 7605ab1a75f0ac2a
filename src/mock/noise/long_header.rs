//! A header field of some length.

use hyper::header::{HeaderName, HeaderValue};

use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct LongHeader;

pub(super) const NOISE: Noise = Noise {
    id: "long-header",
    sentence: "answers carry one header field of several thousand bytes",
    allowed_by: "RFC 9110 5.4: no limit is set; what a recipient must reckon with is what servers usually send",
    widening: Widening::None,
    behaviour: &LongHeader,
};

impl Behaviour for LongHeader {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        let length = usize::try_from(1000 + chance.below(7000)).unwrap_or_default();
        if let Ok(value) = HeaderValue::from_str(&"default-src 'self'; ".repeat(length / 20)) {
            answer.headers.insert(HeaderName::from_static("content-security-policy"), value);
        }
    }
}
