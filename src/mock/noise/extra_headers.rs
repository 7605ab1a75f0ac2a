//! Header fields that no protocol here knows, some of them twice.

use hyper::header::{HeaderName, HeaderValue};

use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct ExtraHeaders;

pub(super) const NOISE: Noise = Noise {
    id: "extra-headers",
    sentence: "answers carry header fields of proxies and frameworks, some repeated, one empty",
    allowed_by: "RFC 9110 5.1: a recipient ignores fields it does not know; 5.3: fields that are lists may be repeated",
    widening: Widening::None,
    behaviour: &ExtraHeaders,
};

const FIELDS: [(&str, &str); 12] = [
    ("x-powered-by", "ASP.NET"),
    ("set-cookie", "affinity=a1; Path=/; HttpOnly"),
    ("set-cookie", "session=b2; Path=/; Secure"),
    ("vary", "Accept-Encoding"),
    ("vary", "Origin"),
    ("x-request-id", "7f2c1a"),
    ("x-correlation-id", "location: /nowhere"),
    ("strict-transport-security", "max-age=31536000"),
    ("via", "1.1 edge, 1.0 inner"),
    ("x-empty", ""),
    ("content-language", "en"),
    ("access-control-allow-origin", "*"),
];

impl Behaviour for ExtraHeaders {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        let mut fields = FIELDS;
        chance.shuffle(&mut fields);
        for (name, value) in fields.iter().take(8) {
            answer.headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
}
