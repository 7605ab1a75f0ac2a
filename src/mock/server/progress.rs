//! How far the exchange on one connection has come, down to its last byte. It knows no request and no answer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::session::Session;
use super::takeover::{Fate, Sent};
use crate::mock::clock::Busy;
use crate::mock::journal::{Closed, Event};

/// The one exchange that a connection is busy with, or how long it has waited for one. Clones are the same.
#[derive(Clone)]
pub(super) struct Progress(Arc<Mutex<Stage>>);

struct Stage {
    open: Option<Open>,
    /// Since when a request is awaited; nothing from its end to that of its answer.
    awaiting: Option<Instant>,
}

struct Open {
    session: Session,
    exchange: u64,
    /// All of the answer is on its way to the connection.
    answered: bool,
    bytes: u64,
    /// Until it is closed, time in steps stands still.
    _busy: Option<Busy>,
}

/// A connection is new.
impl Default for Progress {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Stage { open: None, awaiting: Some(Instant::now()) })))
    }
}

impl Progress {
    /// Since when a request is awaited, if one is.
    pub(super) fn awaiting_since(&self) -> Option<Instant> {
        self.lock().awaiting
    }

    /// The head of a request has come in.
    pub(super) fn came(&self) {
        self.lock().awaiting = None;
    }

    /// Another request is awaited from now on.
    pub(super) fn await_next(&self) {
        self.lock().awaiting = Some(Instant::now());
    }

    /// An exchange begins; if the one before it was not flushed yet, it has left all the same.
    pub(super) fn begin(&self, session: &Session, exchange: u64) {
        let busy = session.shared().clock().busy();
        let open = Open { session: session.clone(), exchange, answered: false, bytes: 0, _busy: busy };
        let before = self.lock().open.replace(open);
        close(before);
    }

    /// The answer was handed over to its end.
    pub(super) fn answered(&self) {
        if let Some(open) = self.lock().open.as_mut() {
            open.answered = true;
        }
    }

    pub(super) fn wrote(&self, bytes: usize) {
        if let Some(open) = self.lock().open.as_mut() {
            open.bytes += bytes as u64;
        }
    }

    /// Everything that was handed over has left.
    pub(super) fn flushed(&self) {
        let mut stage = self.lock();
        let Some(open) = stage.open.take_if(|open| open.answered) else { return };
        stage.awaiting = Some(Instant::now());
        drop(stage);
        close(Some(open));
    }

    /// This is what has left of an answer with damage.
    pub(super) fn sent(&self, sent: Sent) {
        let end = match sent.fate {
            Fate::Broken(end) => Some(end),
            Fate::GoesOn | Fate::Stale(_) | Fate::Closed | Fate::Left => None,
        };
        self.await_next();
        if let Some(open) = self.lock().open.take() {
            write(&open, Closed { bytes: sent.bytes, whole: sent.whole, end });
        }
    }

    /// The connection has ended; what was not flushed by now never leaves.
    pub(super) fn end(&self) {
        let open = self.lock().open.take();
        close(open.map(|open| Open { answered: false, ..open }));
    }

    fn lock(&self) -> MutexGuard<'_, Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn close(open: Option<Open>) {
    if let Some(open) = open {
        write(&open, Closed { bytes: open.bytes, whole: open.answered, end: None });
    }
}

fn write(open: &Open, closed: Closed) {
    open.session.shared().note(open.exchange, || Event::Closed(closed));
}
