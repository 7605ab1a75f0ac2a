//! Connections that wait for another request, by origin.

use std::collections::BTreeMap;
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
    idle: Vec<Idle>,
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
        while waiting.last()?.since.elapsed() <= idle {
            let mut youngest = waiting.pop()?.connection;
            if youngest.is_idle() {
                return Some(youngest);
            }
        }
        None
    }

    /// Keeps a connection for the next request, and lets go of those that nobody wanted for long.
    pub(super) fn put(&self, origin: Origin, connection: Connection) {
        let mut origins = self.origins();
        let waiting = &mut origins.entry(origin).or_default().idle;
        waiting.retain(|idle| idle.since.elapsed() <= KEPT);
        waiting.push(Idle { since: Instant::now(), connection });
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
