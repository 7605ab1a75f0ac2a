//! The mock orchestrator: one job engine, two protocols on it.
//!
//! It shares no code with the judge: the two meet only as HTTP bytes. The engine is a state machine
//! that is told the time; the server alone waits; the protocols turn requests into decisions and
//! jobs into answers; defects change single decisions.

mod caller;
pub mod configuration;
mod control;
pub mod defect;
mod engine;
pub mod fixture;
pub mod policy;
mod protocol;
mod self_check;
mod server;

pub use configuration::{Configuration, ConfigurationError, RedirectAuth};
pub use defect::{ARMINGS, Arming, Aspect, DEFECTS, Defect, Provenance};
pub use fixture::Fixtures;
pub use policy::{POLICIES, Policies};
pub use protocol::Operation;
pub use self_check::SelfCheck;
pub use server::{Listener, Mock, Traffic};
