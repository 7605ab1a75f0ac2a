//! The mock orchestrator: one job engine, two protocols on it.
//!
//! It shares no code with the judge: the two meet only as HTTP bytes. The engine is a state machine
//! that is told the time; the server alone waits; the protocols turn requests into decisions and
//! jobs into answers; defects change single decisions, and noise is what any two
//! conformant servers may differ in.

mod caller;
mod chance;
mod clock;
pub mod configuration;
mod control;
pub mod defect;
mod engine;
pub mod fixture;
mod host;
mod journal;
mod noise;
pub mod policy;
mod protocol;
mod self_check;
mod server;
pub mod setup;

pub use clock::ClockMode;
pub use configuration::{Configuration, ConfigurationError, RedirectAuth};
pub use control::{Advanced, Awaited, ClockError, Count, JobView, Move, SteerError, Until};
pub use defect::{ARMINGS, Arming, Aspect, DEFECTS, Defect, Provenance};
pub use fixture::Fixtures;
pub use host::{
    Addresses, Builder, DEFAULT_SESSION, Finished, Identity, Mock, Place, SessionError, StartError, TlsError,
};
pub use journal::{Closed, Decided, Entry, Event, Opened, Page};
pub use noise::{NOISES, Noise, Widening};
pub use policy::{POLICIES, Policies};
pub use protocol::Operation;
pub use self_check::SelfCheck;
pub use server::{Limits, Listener, Session, Traffic};
