//! The rules of the runner against a server that gives the answers a test writes down.

mod captured;
mod disturbance;
mod judging;
mod own;
mod polling;
mod script;
