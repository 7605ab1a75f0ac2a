//! The command line as clap sees it: words and their help, nothing of what they do.

mod baseline;
mod choice;
mod client;
mod example;
mod mock;
mod mutants;
mod record;
mod report;
mod run;
mod selection;
mod server;

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Parser, Subcommand};
use clap_complete::Shell;

use crate::clock::parse_duration;

pub(super) use baseline::{BaselineCommand, BaselineWriteArguments};
pub(super) use choice::{Embedded, FailOn, GateReach, Listing, LogForm, SchemaFormat, SchemaName, Tolerated};
pub(super) use choice::{ListFormat, MatrixFile, ReportFile, ShardChoice, SnapshotMode};
pub(super) use choice::{any_protocol, protocols};
pub(super) use client::{ClientCommand, ClientInitArguments, ClientRunArguments, Language};
pub(super) use mock::MockArguments;
pub(super) use mutants::MutantsArguments;
pub(super) use record::{OutputPath, RecordArguments};
pub(super) use report::{ComparisonFormat, DiffArguments, MatrixArguments, MergeArguments, VerifyArguments};
pub(super) use report::{OutputArguments, ReportArguments, ReportCommand};
pub(super) use run::{GateArguments, RunArguments, Seed, SnapshotRunArguments};
pub(super) use selection::{PlaceArguments, SelectionArguments, SuiteArguments};
pub(super) use server::{CONTROL_TOKEN, JudgingArguments, MannerArguments, ServerArguments, Tls};

/// The folder of snapshots, in the current folder or beside a target file.
pub(super) const SNAPSHOTS: &str = "snapshots";

const EXAMPLES: &str = "\
Examples:
  orchspec run                        judge the embedded mock: nothing to install, nothing to set up
  orchspec run --target target.yaml   judge your server (`orchspec target init` writes the file)";

/// Judges task orchestrators by the numbered requirements of their protocols
#[derive(Debug, Parser)]
#[command(name = "orchspec", version, after_help = EXAMPLES)]
#[command(disable_help_subcommand = true, disable_help_flag = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Print help
    #[arg(short, long, global = true, action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// Print help with every option, also those that few need
    #[arg(long, global = true, action = ArgAction::HelpLong)]
    help_all: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Judge a server, or the embedded mock
    Run(Box<RunArguments>),
    /// Look for mistakes in scenarios, registries, target files and fault plans
    #[command(after_help = example::LINT)]
    Lint {
        /// Files, folders, and the folder of a suite; the built-in suite if there are none
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        suite: SuiteArguments,
    },
    /// List what there is
    #[command(after_help = example::LIST)]
    List {
        #[arg(value_enum, value_name = "WHAT")]
        what: Listing,
        /// How to write it
        #[arg(long, value_name = "FORMAT", value_enum, default_value = "text", hide_possible_values = false)]
        format: ListFormat,
        #[command(flatten)]
        suite: SuiteArguments,
    },
    /// Explain a requirement, policy key, matcher, defect, fault, rule, diagnostic or scenario
    #[command(after_help = example::EXPLAIN)]
    Explain {
        /// Its name
        id: String,
        #[command(flatten)]
        suite: SuiteArguments,
    },
    /// Show what would run, on which jobs, and why the rest would not
    #[command(after_help = example::PLAN)]
    Plan {
        #[command(flatten)]
        selection: SelectionArguments,
        #[command(flatten)]
        place: PlaceArguments,
        #[command(flatten)]
        suite: SuiteArguments,
    },
    /// Write or check a target file
    #[command(subcommand, after_help = example::TARGET)]
    Target(TargetCommand),
    /// Print a JSON Schema for editors, or the reference of a kind of file
    #[command(after_help = example::SCHEMA)]
    Schema {
        #[arg(value_enum, value_name = "OF", default_value = "scenario")]
        of: SchemaName,
        /// How
        #[arg(long, value_name = "FORMAT", value_enum, default_value = "json")]
        format: SchemaFormat,
    },
    /// Take the built-in suite out of the program
    #[command(subcommand, after_help = example::SUITE)]
    Suite(SuiteCommand),
    /// Write a stored report in another format; compare, join and check reports
    Report(ReportArguments),
    /// Look at proposed snapshots, and decide on them
    #[command(subcommand, after_help = example::SNAPSHOT)]
    Snapshot(SnapshotCommand),
    /// Keep a list of known failures that do not close the gate
    #[command(subcommand, after_help = example::BASELINE)]
    Baseline(BaselineCommand),
    /// Show that the suite can fail: run it once for each deliberate violation of the mock
    Mutants(MutantsArguments),
    /// Judge a client of an orchestrator
    #[command(subcommand, after_help = example::CLIENT)]
    Client(ClientCommand),
    /// Start a mock orchestrator, to develop and test a client with
    Mock(Box<ServerArguments>),
    /// Write what a real client does as a scenario: a proxy passes it on to your server
    Record(Box<RecordArguments>),
    /// Print a completion script for a shell
    #[command(after_help = example::COMPLETIONS)]
    Completions {
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page of the program or of a command, or write all of them
    #[command(after_help = example::MAN)]
    Man {
        /// The command, such as `report diff`; without one the program and each of its commands
        #[arg(value_name = "COMMAND", conflicts_with = "output_dir")]
        command: Vec<String>,
        /// Write a page for each command to this folder: `orchspec-report-diff.1`
        #[arg(long, value_name = "DIR")]
        output_dir: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum TargetCommand {
    /// Write a commented target file to start from
    #[command(after_help = example::TARGET_INIT)]
    Init {
        /// Where to; `-` is standard output
        #[arg(value_name = "FILE", default_value = "target.yaml")]
        file: PathBuf,
        /// Only this protocol; may be repeated
        #[arg(long, value_name = "NAME", value_parser = any_protocol())]
        protocol: Vec<String>,
    },
    /// Check a target file, reach the server, try its fixtures, and count what can be attained with it
    #[command(after_help = example::TARGET_CHECK)]
    Check {
        /// The target file
        #[arg(value_name = "FILE", default_value = "target.yaml")]
        file: PathBuf,
        /// Create no job to see whether the fixtures are as the file says
        #[arg(long)]
        no_jobs: bool,
        /// Add whatever the file does not mention as `none`, for you to read
        #[arg(long)]
        write: bool,
        /// Change one value of the target file; may be repeated
        #[arg(long = "set", value_name = "KEY=VALUE")]
        settings: Vec<String>,
        #[command(flatten)]
        suite: SuiteArguments,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum SuiteCommand {
    /// Write the built-in suite to a folder, for `--suite`
    #[command(after_help = example::SUITE_EXPORT)]
    Export {
        /// A folder that does not exist yet, or is empty
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Print which requirements the suite judges, as a run on the embedded mock shows it
    #[command(after_help = example::SUITE_COVERAGE)]
    Coverage(SuiteArguments),
    /// Print everything that the suite judges, with a digest of its meaning
    #[command(after_help = example::SUITE_LOCK)]
    Lock(SuiteArguments),
}

#[derive(Debug, Subcommand)]
pub(super) enum SnapshotCommand {
    /// List the snapshots that are new, changed or unreferenced
    #[command(after_help = example::SNAPSHOT_LIST)]
    List {
        #[command(flatten)]
        which: SnapshotArguments,
        #[command(flatten)]
        suite: SuiteArguments,
    },
    /// Show how each proposed snapshot differs from the stored one; in a terminal, decide with single keys
    #[command(after_help = example::SNAPSHOT_REVIEW)]
    Review(SnapshotArguments),
    /// Store proposed snapshots
    #[command(after_help = example::SNAPSHOT_ACCEPT)]
    Accept(SnapshotArguments),
    /// Forget proposed snapshots
    #[command(after_help = example::SNAPSHOT_REJECT)]
    Reject(SnapshotArguments),
}

#[derive(Debug, clap::Args)]
pub(super) struct SnapshotArguments {
    /// Only those whose name or file holds one of these texts; `*` stands for any characters
    #[arg(value_name = "NAME")]
    pub(super) names: Vec<String>,
    /// The folder of snapshots
    #[arg(long, value_name = "DIR", default_value = SNAPSHOTS)]
    pub(super) snapshots_dir: PathBuf,
}

fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text).ok_or_else(|| "write a duration such as 60s or 1m30s".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    /// Every command and what its help ends with.
    fn closings(command: &clap::Command, found: &mut Vec<(String, String)>) {
        let closing = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        found.push((command.get_bin_name().unwrap_or_default().to_owned(), closing));
        for below in command.get_subcommands() {
            closings(below, found);
        }
    }

    /// The words of an example, without what is said about it and what the shell does with its output.
    fn words(line: &str) -> Vec<String> {
        let call = line.split("  ").next().unwrap();
        let call = call.split(['|', '>']).next().unwrap();
        let parts = call.split('\'').enumerate();
        // Every second part stands in quotes.
        let words = parts.flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        words.collect()
    }

    #[test]
    fn every_command_ends_its_help_with_two_examples_that_it_takes() {
        let mut program = Arguments::command();
        program.build();
        let mut found = Vec::new();
        closings(&program, &mut found);
        assert!(found.len() > 25, "{} commands", found.len());
        for (name, closing) in found {
            let lines = closing.lines().map(str::trim).filter(|line| line.starts_with("orchspec "));
            let examples: Vec<Vec<String>> = lines.map(words).collect();
            assert!(examples.len() >= 2, "`{name}` has {} examples", examples.len());
            assert!(
                examples.iter().any(|words| words.join(" ").starts_with(&name)),
                "`{name}` in none of its own"
            );
            for example in examples {
                let taken = Arguments::try_parse_from(&example);
                assert!(taken.is_ok(), "{example:?}: {}", taken.unwrap_err());
            }
        }
    }
}
