//! The arguments of `baseline`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use crate::outcome::baseline;

const EXAMPLES: &str = "\
Examples:
  orchspec run --target target.yaml --report json=report.json
  orchspec baseline write report.json                    proposes baseline.yaml, to be given reasons
  orchspec run --target target.yaml --baseline baseline.yaml
  orchspec baseline write report.json --reason 'mended in 4.3' --expires 2027-01-31";

#[derive(Debug, Subcommand)]
pub(crate) enum BaselineCommand {
    /// Propose an entry for everything that closed the gate of a run, and take out what is no longer so
    Write(BaselineWriteArguments),
}

/// From which run, and where to.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct BaselineWriteArguments {
    /// A report that `orchspec run --report json=PATH` wrote
    #[arg(value_name = "REPORT")]
    pub(crate) report: PathBuf,
    /// The baseline; what it says already is kept as far as it is so. `-` is standard output
    #[arg(long, value_name = "FILE", default_value = "baseline.yaml")]
    pub(crate) output: PathBuf,
    /// Why what is new is tolerated; without it each new entry waits for a reason of its own
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    /// Where the end of what is new is worked on
    #[arg(long, value_name = "TEXT")]
    pub(crate) issue: Option<String>,
    /// The last day on which what is new is tolerated, in UTC
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) expires: Option<Date>,
}

fn day(text: &str) -> Result<Date, String> {
    baseline::day_of(text).ok_or_else(|| "write it as 2026-12-31".to_owned())
}
