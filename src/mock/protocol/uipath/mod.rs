//! The call modes of triggers: asynchronous polling, fire and forget, long polling.

mod bearer;
mod call;
mod follow;
mod invoke;
mod named;
mod reference;
mod result;
#[cfg(test)]
mod tests;

pub(super) use call::{accept, conclude, refuse, route};
pub(in crate::mock) use invoke::asked_mode;
pub(super) use named::{job_name, job_of, trigger_of};
pub(in crate::mock) use reference::{
    BASE, ROOT, output_reference, redirect, status_reference, ticket_of, wait_reference,
};
