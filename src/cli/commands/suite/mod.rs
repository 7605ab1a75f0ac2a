//! `suite`: the suite as a folder, what it covers, and the list of what it judges.

mod coverage;
mod export;
mod lock;

pub(crate) use coverage::coverage;
pub(crate) use export::export;
pub(crate) use lock::lock;
