//! The control API over HTTP: one table of calls, from which both the routing and the `OpenAPI` document are made.

mod body;
mod calls;
mod guard;
mod openapi;
mod reply;
mod serve;
mod table;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::mock::host::Sessions;
pub(in crate::mock) use serve::serve;

/// What the control API steers.
pub(in crate::mock) struct Steering {
    sessions: Arc<Sessions>,
    /// What every call must show as its bearer, if there is such a thing.
    token: Option<String>,
}

impl Steering {
    pub(in crate::mock) fn new(sessions: Arc<Sessions>, token: Option<String>) -> Self {
        Self { sessions, token }
    }
}
