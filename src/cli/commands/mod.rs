//! The commands, one file each: arguments in, exit code out.

pub(crate) mod baseline;
pub(crate) mod client;
pub(crate) mod explain;
pub(crate) mod lint;
pub(crate) mod list;
pub(crate) mod manual;
pub(crate) mod mock;
pub(crate) mod mutants;
pub(crate) mod plan;
pub(crate) mod record;
pub(crate) mod report;
pub(crate) mod run;
pub(crate) mod schema;
pub(crate) mod snapshot;
pub(crate) mod suite;
pub(crate) mod target;
