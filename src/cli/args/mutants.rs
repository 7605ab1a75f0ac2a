//! The arguments of `mutants`.

use clap::Args;

use super::{MatrixFile, SuiteArguments};

const EXAMPLES: &str = "\
Examples:
  orchspec mutants                                 the whole kill matrix
  orchspec mutants 'UIP-SYNC-*' --verbose          who kills the defects of these clauses
  orchspec mutants --requirement ELMA-CANCEL-03 --report json=matrix.json";

/// Show that the suite can fail: run it once for each deliberate violation of the mock
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct MutantsArguments {
    /// Defects; `*` stands for any characters
    #[arg(value_name = "DEFECT")]
    pub(crate) defects: Vec<String>,
    /// Only defects that break this requirement; may be repeated
    #[arg(long = "requirement", value_name = "ID", help_heading = "Selection")]
    pub(crate) requirements: Vec<String>,
    #[command(flatten)]
    pub(crate) suite: SuiteArguments,
    /// Mutants at the same time; as many as there are cores, if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = "Pace")]
    pub(crate) concurrency: Option<u16>,
    /// Instead check the registry of defects: each one shows, and first where it says
    #[arg(long, conflicts_with_all = ["report", "verbose"])]
    pub(crate) self_check: bool,
    /// Also list the mutants that were killed rightly
    #[arg(long, help_heading = "Results")]
    pub(crate) verbose: bool,
    /// Write the matrix as JSON, too; `-` is standard output
    #[arg(long, value_name = "json=PATH", help_heading = "Results")]
    pub(crate) report: Option<MatrixFile>,
}
