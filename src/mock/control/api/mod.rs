//! The control API over HTTP: one table of calls, from which both the routing and the `OpenAPI` document are made.

mod body;
mod call;
mod calls;
mod events;
mod given;
mod guard;
mod metrics;
mod openapi;
mod reply;
mod route;
mod serve;
mod shape;
mod table;

use std::sync::Arc;

use crate::mock::host::{Addresses, Room, Sessions};
pub(in crate::mock) use reply::Body;
pub(in crate::mock) use serve::{is_below_prefix, respond, serve};

/// What the control API steers.
pub(in crate::mock) struct Steering {
    sessions: Arc<Sessions>,
    addresses: Addresses,
    room: Room,
    /// What every call must show as its bearer, if there is such a thing.
    token: Option<String>,
}

impl Steering {
    pub(in crate::mock) fn new(
        sessions: Arc<Sessions>,
        (addresses, room): (Addresses, Room),
        token: Option<String>,
    ) -> Self {
        Self { sessions, addresses, room, token }
    }
}
