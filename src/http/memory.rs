//! The network of a run inside one process: connections are pairs of in-memory streams.

use tokio::io::DuplexStream;

use super::message::Failure;

/// Whoever can be connected to without a socket.
pub trait Network: Send + Sync {
    /// Opens a connection to an authority, written as [`Url::authority`](super::url::Url::authority) writes it.
    ///
    /// An authority nobody answers to is [`Failure::Refused`].
    fn connect(&self, authority: &str) -> Result<DuplexStream, Failure>;
}
