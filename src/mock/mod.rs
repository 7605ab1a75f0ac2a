//! The mock orchestrator: one job engine, two protocols on it.
//!
//! It shares no code with the judge: the two meet only as HTTP bytes. The engine is a state machine that is told the
//! time; the server alone waits, and asks one clock; the protocols turn requests into decisions and jobs into answers;
//! defects change single decisions, and noise is what any two conformant servers may differ in.
//!
//! A [`Session`] is one such world. The embedded mock is a session for every case, in this process. A [`Mock`] listens
//! on sockets, and leads its callers to the sessions that it holds; everything that its control API does is a method
//! of [`Session`]:
//!
//! ```
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! use std::time::Duration;
//! use orchspec::mock::{Awaited, ClockMode, Mock, Until};
//!
//! let mock = Mock::builder().clock(ClockMode::Virtual).policy("redirect_codes", "302")?.start().await?;
//! let (_url, _bearer) = (mock.uipath_url(), mock.bearer("owner"));
//! // … a client starts a job there, and waits for it …
//! let session = mock.session();
//! session.wait(Awaited { parked: Some(1), ..Awaited::default() }, Duration::from_millis(100)).await;
//! session.advance(Until::After(Duration::from_secs(25))).await?;
//! for job in session.jobs() {
//!     session.complete(job.id, None, Some(job.version))?;
//! }
//! let finished = mock.finish().await;
//! assert_eq!(finished.exchanges, 0);
//! // With a client that did something: `finished.verdicts.assert_clean()`, or `.expect_fail("CV-RETRY-1")`.
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```

mod bounded;
mod caller;
mod chance;
mod clock;
pub mod configuration;
mod control;
pub mod defect;
mod engine;
pub mod fault;
pub mod fixture;
mod host;
mod journal;
mod noise;
pub mod policy;
mod protocol;
mod self_check;
mod server;
pub mod setup;
pub mod verdict;

pub use clock::ClockMode;
pub use configuration::{Configuration, ConfigurationError, RedirectAuth};
pub use control::{
    Advanced, Awaited, ClockError, Count, JobView, Move, NamingError, ScriptError, Scripted, SketchedCall,
    SteerError, Until,
};
pub use defect::{ARMINGS, Arming, Aspect, DEFECTS, Defect, Provenance};
pub use fault::{Budget, Considered, Fault, FaultCount, FaultError, FaultPlan};
pub use fixture::{Fixtures, NextJob};
pub use host::{
    Addresses, BlockingMock, Builder, DEFAULT_SESSION, Finished, Identity, Mock, Place, SessionError,
    StartError, TlsError,
};
pub use journal::{Answers, Closed, Decided, Entry, Event, Nowhere, Opened, Origin, Page};
pub use noise::{NOISES, Noise, Widening};
pub use policy::{POLICIES, Policies};
pub use protocol::Operation;
pub use self_check::SelfCheck;
pub use server::{LIMITS, Limit, LimitError, Limits, Listener, Session, Traffic};
pub use verdict::{RuleVerdict, Verdicts};
