//! The arguments of `run`.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::Args;

use super::duration;
use super::{FailOn, GateReach, PlaceArguments, ReportFile, SelectionArguments, SnapshotMode};
use super::{SuiteArguments, Tolerated};
use crate::report::Format;

const EXAMPLES: &str = "\
Examples:
  orchspec run 'uipath/*' --report junit=junit.xml
  orchspec run --target target.yaml --wait 60s --last-failed
  orchspec run --target target.yaml --shard 2/3 --report json=shard-2.json";

/// Judge a server, or the embedded mock
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RunArguments {
    #[command(flatten)]
    pub(crate) selection: SelectionArguments,
    #[command(flatten)]
    pub(crate) suite: SuiteArguments,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    #[command(flatten)]
    pub(crate) pace: PaceArguments,
    #[command(flatten)]
    pub(crate) gate: GateArguments,
    #[command(flatten)]
    pub(crate) snapshot: SnapshotRunArguments,
    #[arg(long = "report", value_name = "FORMAT=PATH", help_heading = "Results", help = help_of_reports())]
    pub(crate) reports: Vec<ReportFile>,
}

/// In which order, how fast, how long.
#[derive(Debug, Args)]
#[command(next_help_heading = "Pace")]
pub(crate) struct PaceArguments {
    /// Cases at the same time, instead of the target file's `limits.concurrency`
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) concurrency: Option<u16>,
    /// Run the cases in a random order; a seed gives the same order again
    #[arg(long, value_name = "SEED", num_args = 0..=1, require_equals = true, default_missing_value = "any")]
    pub(crate) shuffle: Option<Seed>,
    /// Start no further case after the first violation
    #[arg(long)]
    pub(crate) fail_fast: bool,
    /// Wait this long until the server gives any HTTP answer
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) wait: Option<Duration>,
}

/// Where a random order comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seed {
    /// From the clock.
    Any,
    /// From this number.
    Number(u64),
}

impl FromStr for Seed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "any" => Ok(Self::Any),
            number => number.parse().map(Self::Number).map_err(|_| "write a whole number".to_owned()),
        }
    }
}

/// What closes the gate.
#[derive(Debug, Args)]
#[command(next_help_heading = "Gate")]
pub(crate) struct GateArguments {
    /// Also end with exit code 1 for this
    #[arg(long, value_name = "LEVEL", value_enum)]
    pub(crate) fail_on: Option<FailOn>,
    /// Also ask for every MUST that the target file makes unattainable
    #[arg(long, value_name = "REACH", value_enum, hide_short_help = true)]
    pub(crate) gate: Option<GateReach>,
    /// Do not end with exit code 1 for this
    #[arg(long, value_name = "WHAT", value_enum)]
    pub(crate) allow: Vec<Tolerated>,
    /// Do not close the gate for the failures that this file knows; close it where they did not come as it says
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Refuse a baseline with more entries than this
    #[arg(long, value_name = "N", requires = "baseline", hide_short_help = true)]
    pub(crate) max_baseline: Option<usize>,
}

/// What happens to snapshots.
#[derive(Debug, Args)]
#[command(next_help_heading = "Results")]
pub(crate) struct SnapshotRunArguments {
    /// What to do with snapshots; `verify` as soon as their folder exists
    #[arg(long, value_name = "MODE", value_enum)]
    pub(crate) snapshots: Option<SnapshotMode>,
    /// The folder of snapshots, instead of the one beside the target file
    #[arg(long, value_name = "DIR")]
    pub(crate) snapshots_dir: Option<PathBuf>,
    /// After recording the whole suite, delete the snapshots that no scenario takes any more
    #[arg(long, hide_short_help = true)]
    pub(crate) delete_unreferenced: bool,
}

fn help_of_reports() -> String {
    let names = Format::NAMES.map(|(name, _)| name).join(", ");
    format!("Write a report ({names}); `-` is standard output; may be repeated")
}
