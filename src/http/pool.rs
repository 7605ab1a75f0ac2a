//! Connections that wait for another request, by origin.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::connection::Connection;
use super::message::Origin;

/// How long an unused connection is kept: about as long as servers keep theirs.
const KEPT: Duration = Duration::from_mins(1);

/// The idle connections; they close when the pool goes.
#[derive(Default)]
pub(super) struct Pool(Mutex<BTreeMap<Origin, Waiting>>);

#[derive(Default)]
struct Waiting {
    idle: VecDeque<Idle>,
    /// Whether one of them was found closed by a request that could not be sent again.
    distrusted: bool,
}

struct Idle {
    since: Instant,
    connection: Connection,
}

impl Pool {
    /// The connection used last, if it was used within `idle` and the peer has not closed it.
    pub(super) fn take(&self, origin: &Origin, idle: Duration) -> Option<Connection> {
        let mut origins = self.origins();
        let waiting = &mut origins.get_mut(origin)?.idle;
        while waiting.back()?.since.elapsed() <= idle {
            let mut youngest = waiting.pop_back()?.connection;
            if youngest.is_idle() {
                return Some(youngest);
            }
        }
        None
    }

    /// Closes the connection that waited longest, for one that is opened in its stead: so there are never more of them
    /// than requests at once, however many want a new one.
    pub(super) fn make_room(&self, origin: &Origin) {
        if let Some(waiting) = self.origins().get_mut(origin) {
            let _ = waiting.idle.pop_front();
        }
    }

    /// Keeps a connection for the next request, and lets go of those that nobody wanted for long.
    pub(super) fn put(&self, origin: Origin, connection: Connection) {
        let mut origins = self.origins();
        let waiting = &mut origins.entry(origin).or_default().idle;
        waiting.retain(|idle| idle.since.elapsed() <= KEPT);
        waiting.push_back(Idle { since: Instant::now(), connection });
    }

    /// Remembers that this server closes connections without a word.
    pub(super) fn distrust(&self, origin: Origin) {
        self.origins().entry(origin).or_default().distrusted = true;
    }

    /// Whether this server is known to close connections without a word.
    pub(super) fn is_distrusted(&self, origin: &Origin) -> bool {
        self.origins().get(origin).is_some_and(|waiting| waiting.distrusted)
    }

    fn origins(&self) -> MutexGuard<'_, BTreeMap<Origin, Waiting>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
