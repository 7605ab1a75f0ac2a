//! The target file: everything that differs from one server to the next.
//!
//! Text comes in with a [`System`](crate::system::System) to look up variables and files; a [`Target`] comes out.
//! Knows what a server is said to offer, never what it really does.

mod carrier;
mod decode;
mod file;
mod job;
mod jobs;
mod mask;
mod place;
mod protocol;
mod proxying;
mod reference;
mod secret;
mod setting;
mod settings;
mod shape;
mod template;
#[cfg(test)]
pub(crate) mod testing;
mod widen;

pub use carrier::Carrier;
pub use decode::{Input, parse, principal_names};
pub use file::Target;
pub use job::{Echoes, Entry, FileFixture, Job, JobKind, Window};
pub use jobs::{Binding, Bounds, JobNeed, Jobs, bind};
pub use mask::Masks;
pub use protocol::{Cap, Principal, Protocol, RedirectAuth};
pub use proxying::Proxying;
pub use reference::REFERENCE;
pub use secret::Secret;
pub use setting::Setting;
pub use settings::{Callback, ClientCertificate, Disturbances, Hooks, Identity, Limits, Timing, Tls};
pub use shape::{SHAPE, rules};
pub use template::{EMBEDDED, EMBEDDED_TCP, template};
