//! Arguments that several commands share: which cases, which server, which suite.

use std::path::PathBuf;

use clap::Args;

use super::{MockArguments, ShardChoice};

/// Which cases.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Selection")]
pub(crate) struct SelectionArguments {
    /// Scenarios or cases; `*` stands for any characters
    #[arg(value_name = "ID", help_heading = None)]
    pub(crate) ids: Vec<String>,
    /// Only scenarios with this tag; may be repeated
    #[arg(long = "tag", value_name = "TAG")]
    pub(crate) tags: Vec<String>,
    /// Only scenarios that cite this requirement; may be repeated
    #[arg(long = "requirement", value_name = "ID")]
    pub(crate) requirements: Vec<String>,
    /// Only cases that did not pass when they last ran in this folder
    #[arg(long)]
    pub(crate) last_failed: bool,
    /// Only one of several parts of equal length, such as 2/3; `auto` asks the variables of the CI engine:
    /// `CI_NODE_INDEX` and `CI_NODE_TOTAL`, or `JOB_COMPLETION_INDEX` and `ORCHSPEC_SHARDS`
    #[arg(long, value_name = "I/N", conflicts_with = "last_failed")]
    pub(crate) shard: Option<ShardChoice>,
}

/// Which server.
#[derive(Debug, Args)]
#[command(next_help_heading = "Target")]
pub(crate) struct PlaceArguments {
    /// The file that describes your server; without one it is the embedded mock
    #[arg(long, value_name = "FILE", conflicts_with_all = ["embedded", "defects", "mock_policies", "noises", "faults", "mock_seed"])]
    pub(crate) target: Option<PathBuf>,
    /// Change one value of the target file (`timing.poll=50ms`); may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(crate) settings: Vec<String>,
    #[command(flatten)]
    pub(crate) mock: MockArguments,
}

/// Which suite.
#[derive(Debug, Args)]
pub(crate) struct SuiteArguments {
    /// A folder with scenarios of your own instead of the built-in suite
    #[arg(long = "suite", value_name = "DIR", help_heading = "Selection")]
    pub(crate) suite: Option<PathBuf>,
}
