//! One entry of the journal. Bytes are shown as they are, but for secrets.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;

use super::Origin;
use crate::mock::fault::damage::End;

/// How much of a body is kept.
pub(super) const KEPT: usize = 8 << 10;

/// One entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its place in the journal, the first being 1.
    pub number: u64,
    /// The exchange that it is about.
    pub exchange: u64,
    /// When, by the wall clock.
    pub wall: Timestamp,
    /// When, by the mock's own clock.
    pub now: Duration,
    /// What happened.
    pub event: Event,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A request was read to its end.
    Opened(Box<Opened>),
    /// Its answer was decided.
    Decided(Box<Decided>),
    /// The answer has left, or its caller has.
    Closed(Closed),
    /// Somebody did something to the mock from outside the protocols.
    Steered(String),
}

impl Event {
    /// About how many bytes of memory it takes.
    pub(super) fn weight(&self) -> usize {
        let own = match self {
            Event::Opened(opened) => {
                opened.method.len() + opened.target.len() + opened.head.len() + opened.body.len()
            }
            Event::Decided(decided) => {
                let because = decided.because.as_ref().map_or(0, String::len);
                decided.head.len() + decided.body.len() + because
            }
            Event::Closed(_) => 0,
            Event::Steered(what) => what.len(),
        };
        own + 2 * size_of::<Entry>()
    }

    /// Whether there is more of a body than is kept.
    pub(super) fn is_long(&self) -> bool {
        let body = match self {
            Self::Opened(opened) => &opened.body,
            Self::Decided(decided) => &decided.body,
            Self::Closed(_) | Self::Steered(_) => return false,
        };
        body.len() > KEPT
    }

    /// Copies what still lies where the connection read it, so that not all of that is kept with it.
    pub(super) fn detach(&mut self) {
        if let Self::Opened(opened) = self {
            opened.body = Bytes::copy_from_slice(&opened.body);
        }
    }

    /// Whether it names this job.
    pub(super) fn is_about(&self, job: u64) -> bool {
        matches!(self, Self::Decided(decided) if decided.job == Some(job))
    }
}

/// A request.
#[derive(Debug, Clone, Default)]
pub struct Opened {
    /// The connection, the first being 1.
    pub connection: u64,
    /// Which request of its connection it is, the first being 1.
    pub nth: u64,
    /// What led to it.
    pub origin: Origin,
    /// `http` or `https`.
    pub scheme: &'static str,
    /// Whether it came to the origin that no credential may be sent to.
    pub foreign: bool,
    /// The method.
    pub method: String,
    /// Path and query, as sent.
    pub target: String,
    /// The header lines, each with its end. The HTTP library keeps neither the case of names nor the order of different
    /// names: they stand in lower case, and lines of one name together, in their order.
    pub head: Bytes,
    /// The beginning of the body.
    pub body: Bytes,
    /// How long the whole body is.
    pub length: usize,
}

/// An answer.
#[derive(Debug, Clone, Default)]
pub struct Decided {
    /// What the call was about; nothing where no protocol serves its path.
    pub operation: Option<&'static str>,
    /// The job that it created or named, as the control API names it.
    pub job: Option<u64>,
    /// How often that job had moved when the answer was decided.
    pub version: Option<u64>,
    /// The status code.
    pub status: u16,
    /// The header lines, each with its end.
    pub head: Bytes,
    /// The beginning of the body.
    pub body: Bytes,
    /// How long the whole body is.
    pub length: usize,
    /// Why the call was refused, or why nothing is served there.
    pub because: Option<String>,
    /// What the call names that there is not, and never was.
    pub nowhere: Option<Nowhere>,
    /// The fault that the call met.
    pub fault: Option<Arc<str>>,
    /// Where on its way the call met it.
    pub phase: Option<&'static str>,
    /// The faults that only kept the call back.
    pub delays: Vec<Arc<str>>,
    /// The defects that took part.
    pub defects: Vec<&'static str>,
}

/// What a call names that there is not, and never was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nowhere {
    /// A trigger; one that is disabled is there.
    Trigger,
    /// A job; one that was forgotten was there.
    Job,
}

/// The end of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// How many bytes of the answer were handed to the connection.
    pub bytes: u64,
    /// Whether that is all of it; if not, the caller went away or the connection was broken.
    pub whole: bool,
    /// How the mock broke the connection, if a fault demanded it.
    pub end: Option<End>,
}
