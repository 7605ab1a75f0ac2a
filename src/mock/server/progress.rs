//! How far the exchange on one connection has come, down to its last byte. It knows no request and no answer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::session::Session;
use super::takeover::{Fate, Sent};
use crate::mock::clock::Busy;
use crate::mock::journal::{Closed, Event};

/// The one exchange that a connection is busy with, if there is one. Clones are the same.
#[derive(Clone, Default)]
pub(super) struct Progress(Arc<Mutex<Option<Open>>>);

struct Open {
    session: Session,
    exchange: u64,
    /// All of the answer is on its way to the connection.
    answered: bool,
    bytes: u64,
    /// Until it is closed, time in steps stands still.
    _busy: Option<Busy>,
}

impl Progress {
    /// An exchange begins; if the one before it was not flushed yet, it has left all the same.
    pub(super) fn begin(&self, session: &Session, exchange: u64) {
        let busy = session.shared().clock().busy();
        let open = Open { session: session.clone(), exchange, answered: false, bytes: 0, _busy: busy };
        let before = self.lock().replace(open);
        close(before);
    }

    /// The answer was handed over to its end.
    pub(super) fn answered(&self) {
        if let Some(open) = self.lock().as_mut() {
            open.answered = true;
        }
    }

    pub(super) fn wrote(&self, bytes: usize) {
        if let Some(open) = self.lock().as_mut() {
            open.bytes += bytes as u64;
        }
    }

    /// Everything that was handed over has left.
    pub(super) fn flushed(&self) {
        let open = self.lock().take_if(|open| open.answered);
        close(open);
    }

    /// This is what has left of an answer with damage.
    pub(super) fn sent(&self, sent: Sent) {
        let end = match sent.fate {
            Fate::Broken(end) => Some(end),
            Fate::GoesOn | Fate::Stale(_) | Fate::Closed | Fate::Left => None,
        };
        if let Some(open) = self.lock().take() {
            write(&open, Closed { bytes: sent.bytes, whole: sent.whole, end });
        }
    }

    /// The connection has ended; what was not flushed by now never leaves.
    pub(super) fn end(&self) {
        let open = self.lock().take();
        close(open.map(|open| Open { answered: false, ..open }));
    }

    fn lock(&self) -> MutexGuard<'_, Option<Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn close(open: Option<Open>) {
    if let Some(open) = open {
        write(&open, Closed { bytes: open.bytes, whole: open.answered, end: None });
    }
}

fn write(open: &Open, closed: Closed) {
    open.session.shared().note(open.exchange, |_| Event::Closed(closed));
}
