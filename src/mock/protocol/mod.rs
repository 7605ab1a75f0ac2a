//! The two protocols on one engine: a request becomes a decision, a job becomes an answer. Nothing here waits.

mod dispatch;
pub(super) mod elma;
mod operation;
mod refusal;
pub(super) mod uipath;

pub(super) use dispatch::{
    accept, conclude, fixture_of, job_of, nearest_route, refuse, route, unknown_route, was_there,
};
pub use operation::Operation;
pub(super) use refusal::Refusal;
