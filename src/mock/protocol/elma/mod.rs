//! The task queue: four operations, all by POST, credential and result code in the JSON body.

mod body;
mod call;
mod download;
mod named;
mod record;
mod task;
#[cfg(test)]
mod tests;

pub(super) use call::{ROUTES, accept, conclude, refuse, route};
pub(in crate::mock) use download::process;
pub(super) use named::{job_name, job_of, process_of};
