//! Clients under judgement: the real program runs them in its situations.

mod ending;
mod init;
mod judged;
mod legal;
mod mutants;
mod reported;
mod right;
mod samples;
mod told;

pub(crate) use judged::{program, root};
