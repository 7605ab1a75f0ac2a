//! The mock orchestrator: one job engine, two protocols on it.
//!
//! It shares no code with the judge: the two meet only as HTTP bytes. The engine is a state machine
//! that is told the time; the server alone waits; the protocols turn requests into decisions and
//! jobs into answers; defects change single decisions, and noise is what any two
//! conformant servers may differ in.

mod caller;
mod chance;
pub mod configuration;
mod control;
pub mod defect;
mod engine;
pub mod fixture;
mod noise;
pub mod policy;
mod protocol;
mod self_check;
mod server;

pub use configuration::{Configuration, ConfigurationError, RedirectAuth};
pub use defect::{ARMINGS, Arming, Aspect, DEFECTS, Defect, Provenance};
pub use fixture::Fixtures;
pub use noise::{NOISES, Noise, Widening};
pub use policy::{POLICIES, Policies};
pub use protocol::Operation;
pub use self_check::SelfCheck;
pub use server::{Listener, Mock, Traffic};
