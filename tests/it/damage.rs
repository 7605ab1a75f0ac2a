//! Damage on the wire as callers see it: byte by byte on sockets and streams, and through a whole client.

mod caller;
mod cases;
mod clients;
mod memory;
mod sockets;

pub(crate) use caller::Caller;
