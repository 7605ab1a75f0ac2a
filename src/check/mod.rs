//! Expectations to checks, and checks to judgements: what an answer must be, and in which way it is not.
//!
//! A block of an `expect:` list compiles to a [`Check`]: requirements, a condition of its own (`when`) and one or
//! more conditions of the [`condition`] table, most of which hold [`matcher`]s. A check looks at a [`View`] of one
//! exchange and says what it saw; which verdict follows from that, and what is sent next, is not known here.

mod altered;
pub mod block;
mod bound;
mod capture;
pub mod condition;
mod conjunction;
mod covers;
mod digest;
mod flow;
mod header_name;
mod instant;
pub mod invariant;
mod judgement;
mod kind;
mod link;
pub mod matcher;
mod omission;
mod place;
mod redact;
mod regular;
#[cfg(test)]
mod sample;
mod schema;
mod snapshot;
mod subject;
mod trace;
mod view;
mod when;

pub use block::{Check, Compiler, Constant, PENDING_SHAPE, SHAPE, compile};
pub use capture::Capture;
pub use condition::Side;
pub use covers::compile as covers;
pub use flow::{Leg, flow};
pub use invariant::{Invariant, Observation};
pub use judgement::{Judgement, Mismatch};
pub use kind::Kind;
pub use matcher::{MATCHERS, MatcherDefinition};
pub use omission::Omissions;
pub use place::Place;
pub use place::{place_pattern, places};
pub use redact::Redaction;
pub use schema::Schemas;
pub use snapshot::snapshot;
pub use trace::Trace;
pub use view::{Moments, Reader, View};
pub use when::When;
