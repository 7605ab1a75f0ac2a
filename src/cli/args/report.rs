//! The arguments of `report`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use crate::report::Format;

const EXAMPLES: &str = "\
Examples:
  orchspec report text report.json                       what the run itself showed
  orchspec report junit report.json --output junit.xml   the same for a CI server";

/// Write a stored report in another format
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ReportArguments {
    /// The format
    #[arg(value_name = "FORMAT", value_parser = formats())]
    pub(crate) format: Format,
    /// A report that `orchspec run --report json=PATH` wrote
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// Where the result goes.
#[derive(Debug, Args)]
pub(crate) struct OutputArguments {
    /// Write to a file instead of standard output
    #[arg(long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
}

fn formats() -> impl clap::builder::TypedValueParser<Value = Format> {
    let names = PossibleValuesParser::new(Format::NAMES.map(|(name, _)| name));
    names.try_map(|name| Format::parse(&name).ok_or("there is no such format"))
}
