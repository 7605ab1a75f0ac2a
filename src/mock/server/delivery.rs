//! How an answer goes over the wire: its framing, its spelling, its packets. The answer itself stays the same.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use hyper::ext::ReasonPhrase;
use hyper::header::CONNECTION;
use hyper::{Response, Version};

use super::frames::Frames;
use super::message::Answer;
use super::progress::Progress;
use crate::mock::chance::Chance;
use crate::mock::fault::Damage;

/// How one answer is sent. By default as the HTTP library does it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Delivery {
    /// The size of the chunks that the body is sent in; none: the body has a length.
    pub(crate) chunks: Option<usize>,
    /// HTTP/1.0, with a body that ends with the connection.
    pub(crate) old_version: bool,
    /// Instead of the usual reason phrase.
    pub(crate) reason: Option<&'static str>,
    /// Where the odd spelling of header fields comes from.
    pub(crate) spelling: Option<Chance>,
    /// Whole interim answers that come first.
    pub(crate) interim: &'static [&'static str],
    /// Where the sizes of packets come from, and the pause between the first of them.
    pub(crate) packets: Option<(Chance, Duration)>,
    /// What happens to it on the wire. All of the above is the HTTP library's then, as if nothing were said.
    pub(crate) damage: Option<Damage>,
}

impl Delivery {
    /// Whether the bytes of the HTTP library go out as they are.
    pub(super) fn is_plain(&self) -> bool {
        self.spelling.is_none() && self.interim.is_empty() && self.packets.is_none()
    }

    /// The bytes of an answer, of which the first are its head, as they are to go out.
    pub(super) fn rewrite(&mut self, bytes: &[u8]) -> Bytes {
        let mut rewritten = BytesMut::new();
        self.interim.iter().for_each(|interim| rewritten.extend_from_slice(interim.as_bytes()));
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or_default();
        let (head, rest) = bytes.split_at(end);
        match (&mut self.spelling, std::str::from_utf8(head)) {
            (Some(chance), Ok(head)) => rewritten.extend_from_slice(spell(chance, head).as_bytes()),
            _ => rewritten.extend_from_slice(head),
        }
        rewritten.extend_from_slice(rest);
        rewritten.freeze()
    }

    /// How many bytes go out at once when `sent` went out already: few at first, many later.
    pub(super) fn packet(&mut self, sent: usize) -> Option<usize> {
        const CAREFUL: usize = 600;
        let (chance, _) = self.packets.as_mut().filter(|_| sent < CAREFUL)?;
        usize::try_from(1 + chance.below(40)).ok()
    }
}

/// Header lines in odd case, with odd blanks around their values.
fn spell(chance: &mut Chance, head: &str) -> String {
    const BLANKS: [&str; 4] = ["", " ", "  ", "\t "];
    let mut lines = head.split("\r\n");
    let mut spelt = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let odd = |letter: char| if chance.one_in(2) { letter.to_ascii_uppercase() } else { letter };
        let name: String = name.chars().map(odd).collect();
        let (before, after) = (chance.pick(&BLANKS), chance.pick(&BLANKS));
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        for part in ["\r\n", &name, ":", before, value.trim(), after] {
            spelt.push_str(part);
        }
    }
    spelt
}

/// The answer as the HTTP library takes it.
pub(super) fn response(answer: Answer, progress: Option<Progress>) -> Response<Frames> {
    let delivery = answer.delivery;
    let size = if delivery.old_version { Some(usize::MAX) } else { delivery.chunks };
    let mut response = Response::new(Frames::new(answer.body, size, progress));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    if delivery.old_version {
        *response.version_mut() = Version::HTTP_10;
        response.headers_mut().remove(CONNECTION);
    }
    if let Some(reason) = delivery.reason {
        response.extensions_mut().insert(ReasonPhrase::from_static(reason.as_bytes()));
    }
    response
}
