//! What went through the proxy, in the order in which it was sent. It knows no protocol.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use crate::http::message::{Exchange, Origin};

/// What is kept of one client; further requests still get their answers.
const MOST_EXCHANGES: usize = 10_000;

/// What is kept of all bodies together, in bytes.
const MOST_BYTES: usize = 256 << 20;

/// A request and what came of it, as the server saw it.
#[derive(Debug, Clone, PartialEq)]
pub struct Taped {
    /// The protocol through whose door it came.
    pub profile: String,
    /// The request and its answer.
    pub exchange: Exchange,
}

impl Taped {
    /// The length of its bodies.
    fn size(&self) -> usize {
        let answered = self.exchange.answer.response().map_or(0, |response| response.body.len());
        answered + self.exchange.request.body.as_ref().map_or(0, Bytes::len)
    }
}

/// Something that happened and is not an exchange.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mishap {
    /// The client went away before the answer came: method and path.
    HungUp(String),
    /// The client went away before the body of its request was whole: method and path.
    BrokenOff(String),
    /// A request was too long to be passed on: method and path.
    TooLong(String),
    /// A redirect led away from the target, where nothing is recorded.
    Foreign(Origin),
    /// More requests came than are kept.
    Full,
}

impl Mishap {
    /// What happened, in a line.
    pub fn describe(&self) -> String {
        match self {
            Self::HungUp(what) => format!("left out: nobody waited for the answer to {what}"),
            Self::BrokenOff(what) => format!("left out: the client broke off the body of {what}"),
            Self::TooLong(what) => format!("left out: the body of {what} is longer than `limits.body`"),
            Self::Foreign(origin) => {
                format!("a redirect led to {origin}: what the client did there did not go through the proxy")
            }
            Self::Full => "left out: whatever came after more requests than a recording keeps".to_owned(),
        }
    }
}

/// Everything that went through; its clones share it.
#[derive(Debug, Clone, Default)]
pub struct Tape(Arc<Mutex<Reel>>);

#[derive(Debug, Default)]
struct Reel {
    taped: Vec<Taped>,
    mishaps: Vec<Mishap>,
    bytes: usize,
}

impl Tape {
    /// Adds an exchange.
    pub(super) fn add(&self, taped: Taped) {
        let mut reel = self.reel();
        let bytes = reel.bytes + taped.size();
        if reel.taped.len() < MOST_EXCHANGES && bytes <= MOST_BYTES {
            reel.bytes = bytes;
            reel.taped.push(taped);
        } else {
            reel.note(Mishap::Full);
        }
    }

    /// Adds a mishap, once.
    pub(super) fn note(&self, mishap: Mishap) {
        self.reel().note(mishap);
    }

    /// Takes out what went through until now, in the order of sending, and the mishaps.
    pub fn take(&self) -> (Vec<Taped>, Vec<Mishap>) {
        let Reel { mut taped, mishaps, .. } = std::mem::take(&mut *self.reel());
        taped.sort_by_key(|taped| taped.exchange.timing.sent);
        (taped, mishaps)
    }

    fn reel(&self) -> MutexGuard<'_, Reel> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reel {
    fn note(&mut self, mishap: Mishap) {
        if self.mishaps.len() < MOST_EXCHANGES && !self.mishaps.contains(&mishap) {
            self.mishaps.push(mishap);
        }
    }
}
