//! Somebody who gets every entry of every session as it is written, dropped from the ring later or not.

use std::fmt;
use std::sync::Arc;

use super::Entry;

/// Gets entries with the names of their sessions.
type Tell = Arc<dyn Fn(&str, &Entry) + Send + Sync>;

/// Gets entries with the names of their sessions. Clones are the same.
#[derive(Clone)]
pub(in crate::mock) struct Watcher(Tell);

/// A watcher of one session.
#[derive(Debug, Clone)]
pub(in crate::mock) struct Outlet {
    session: Arc<str>,
    watcher: Watcher,
}

impl Watcher {
    pub(in crate::mock) fn new(tell: impl Fn(&str, &Entry) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// The same for the entries of this session.
    pub(in crate::mock) fn outlet(&self, session: &str) -> Outlet {
        Outlet { session: session.into(), watcher: self.clone() }
    }
}

impl Outlet {
    pub(super) fn tell(&self, entry: &Entry) {
        (self.watcher.0)(&self.session, entry);
    }
}

impl fmt::Debug for Watcher {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Watcher")
    }
}
