//! The arguments of `report`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};

use super::FailOn;
use crate::report::Format;

const EXAMPLES: &str = "\
Examples:
  orchspec report text report.json                       what the run itself showed
  orchspec report junit report.json --output junit.xml   the same for a CI server
  orchspec report har journal.jsonl --output mock.har    what `mock --journal-out` wrote
  orchspec report html report.json --mutants matrix.json --output report.html
  orchspec report diff yesterday.json today.json         what became different; exit code 1 on a regression";

/// Write a stored report in another format; compare, join and check reports
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct ReportArguments {
    #[command(subcommand)]
    pub(crate) command: Option<ReportCommand>,
    /// The format to write
    #[arg(value_name = "FORMAT", required = true, value_parser = formats())]
    pub(crate) format: Option<Format>,
    /// A report that `orchspec run --report json=PATH` (or jsonl) wrote; for har also a journal of `orchspec mock`
    #[arg(value_name = "FILE", required = true)]
    pub(crate) file: Option<PathBuf>,
    /// Show the kill matrix that `orchspec mutants --report json=PATH` wrote on the page, too; only with html
    #[arg(long, value_name = "PATH")]
    pub(crate) mutants: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReportCommand {
    Diff(DiffArguments),
    Matrix(MatrixArguments),
    Merge(MergeArguments),
    Verify(VerifyArguments),
}

const DIFF: &str = "\
A regression, and exit code 1, is: a failure that was none before, or was one with another signature; and a pass that is no
longer shown, because it cannot be decided, is not tried any more, or its case is gone. Whatever passed must pass again.

Examples:
  orchspec report diff yesterday.json today.json
  orchspec report diff main.json branch.json --format markdown --output summary.md";

/// Show what became different from one run to the next; ends with 1 on a regression
#[derive(Debug, Args)]
#[command(after_help = DIFF)]
pub(crate) struct DiffArguments {
    /// The report of the older run
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The report of the newer run
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// What counts as a failure besides a violation
    #[arg(long, value_name = "WHAT")]
    pub(crate) fail_on: Option<FailOn>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub(crate) format: ComparisonFormat,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

const MATRIX: &str = "\
conformant: every MUST was judged and holds; partial: some hold and none is violated, but not all could be tried, or only
leniently; non-conformant: a MUST is violated; unverified: none is violated, but one could not be decided, or nothing was judged.

Examples:
  orchspec report matrix acme.json other.json            vendors beside each other
  orchspec report matrix v1.json v2.json --verbose       versions, requirement by requirement
  orchspec report matrix *.json --format html --output matrix.html";

/// Show vendors or versions beside each other: which parts of the protocols each conforms to
#[derive(Debug, Args)]
#[command(after_help = MATRIX)]
pub(crate) struct MatrixArguments {
    /// The reports, a column each
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Also show each requirement; a page has them in any case, and opens its groups
    #[arg(long)]
    pub(crate) verbose: bool,
    /// How to write it
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub(crate) format: ComparisonFormat,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

const MERGE: &str = "\
Examples:
  orchspec report merge shard-1.json shard-2.json --output report.json
  orchspec report merge shard-*.json | orchspec report text /dev/stdin";

/// Put the shards of one run together to its report
#[derive(Debug, Args)]
#[command(after_help = MERGE)]
pub(crate) struct MergeArguments {
    /// The reports of all shards
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

const VERIFY: &str = "\
Examples:
  orchspec report verify report.json
  orchspec report verify report.jsonl shard-*.json";

/// Check that reports are whole: digests, sums, the verdicts that follow from others
#[derive(Debug, Args)]
#[command(after_help = VERIFY)]
pub(crate) struct VerifyArguments {
    /// The reports
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
}

/// How a comparison is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ComparisonFormat {
    /// For people at a terminal
    #[default]
    Text,
    /// For a summary or a wiki
    Markdown,
    /// For browsers: one page that needs nothing else
    Html,
    /// For programs
    Json,
}

/// Where the result goes.
#[derive(Debug, Args)]
pub(crate) struct OutputArguments {
    /// Write to a file instead of standard output
    #[arg(long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let names = PossibleValuesParser::new(Format::NAMES.map(|(name, _)| name));
    names.try_map(|name| Format::parse(&name).ok_or("there is no such format"))
}
