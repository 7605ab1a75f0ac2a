//! What the mock costs its callers, beside a bare hyper server that gives the same answers.
//!
//! Both are servers in processes of their own, and so are the callers: what is counted is the server's own.

mod growth;
mod held;
mod host;
mod lateness;
mod load;
mod machine;
mod polling;
mod ready;
mod request;
mod twin;

pub(crate) use growth::growth;
pub(crate) use held::held;
pub(crate) use lateness::lateness;
pub(crate) use load::{hold, poll};
pub(crate) use polling::polling;
pub(crate) use ready::ready;
pub(crate) use twin::serve;
