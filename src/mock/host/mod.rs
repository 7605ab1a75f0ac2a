//! A mock that listens on sockets: addresses, sessions, and their end. What is answered there is for the sessions.

mod accept;
mod blocking;
mod builder;
mod patience;
mod room;
mod running;
mod sessions;
mod tls;

pub use blocking::BlockingMock;
pub use builder::{Builder, Place, StartError};
pub(super) use room::Room;
pub use running::{Addresses, Finished, Mock};
pub(super) use sessions::Sessions;
pub(super) use sessions::named;
pub use sessions::{DEFAULT_SESSION, SessionError};
pub use tls::{Identity, TlsError};
