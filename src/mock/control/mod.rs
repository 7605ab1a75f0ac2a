//! What a harness may do to the mock's jobs from outside the protocols.

mod hook;
mod listener;
mod selection;
#[cfg(test)]
mod tests;

pub(super) use listener::answer;
