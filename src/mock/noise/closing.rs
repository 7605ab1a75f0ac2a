//! Connections that the server closes after an answer, and says so.

use hyper::header::{CONNECTION, HeaderName, HeaderValue};

use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct Closing;

pub(super) const NOISE: Noise = Noise {
    id: "closing",
    sentence: "the connection is closed after every other answer, with `Connection: close`",
    allowed_by: "RFC 9112 9.6: a server may close a connection after any answer, and says so with `close`",
    widening: Widening::None,
    behaviour: &Closing,
};

impl Behaviour for Closing {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        if chance.one_in(2) {
            answer.headers.insert(CONNECTION, HeaderValue::from_static("close"));
        } else {
            let keep_alive = HeaderName::from_static("keep-alive");
            answer.headers.insert(keep_alive, HeaderValue::from_static("timeout=5, max=100"));
        }
    }
}
