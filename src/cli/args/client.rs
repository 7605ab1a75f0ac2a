//! The arguments of `client`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{FailOn, GateArguments, ReportFile, protocols};
use crate::client::contract::VARIABLES;
use crate::outcome::gate;
use crate::report::curl::quote;

const EXAMPLES_OF_RUN: &str = "\
Examples:
  orchspec client run -- node client.mjs
  orchspec client run --profile uipath --report junit=client.xml -- ./client.sh";

const EXAMPLES_OF_INIT: &str = "\
Examples:
  orchspec client init python                   write a right client to client.py
  orchspec client init node --output start.mjs  write it to a file of another name";

/// What can be done with a client.
#[derive(Debug, Subcommand)]
pub(crate) enum ClientCommand {
    /// Run your client once in every situation, and judge what it did
    Run(ClientRunArguments),
    /// Write a small right client to start from
    Init(ClientInitArguments),
}

/// Write a small right client to start from
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES_OF_INIT)]
pub(crate) struct ClientInitArguments {
    /// The language
    #[arg(value_enum, value_name = "LANGUAGE", required_unless_present = "lang")]
    named: Option<Language>,
    /// The language, as an option
    #[arg(long, value_enum, value_name = "LANGUAGE", conflicts_with = "named", hide_possible_values = true)]
    lang: Option<Language>,
    /// Where to, instead of `client` with the language's ending; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

impl ClientInitArguments {
    /// The language, however it was named; clap has seen to it that it was.
    pub(crate) fn language(&self) -> Language {
        self.named.or(self.lang).unwrap_or(Language::Python)
    }
}

/// Run your client once in every situation, and judge what it did
#[derive(Debug, Args)]
#[command(after_help = after_help())]
pub(crate) struct ClientRunArguments {
    /// The command that starts your client, after `--`
    #[arg(value_name = "COMMAND", required = true, last = true)]
    pub(crate) command: Vec<String>,
    /// Only situations of this protocol
    #[arg(long, value_name = "NAME", value_parser = protocols())]
    pub(crate) profile: Option<String>,
    /// Only these situations; `*` stands for any characters; may be repeated
    #[arg(long = "situation", value_name = "ID")]
    pub(crate) situations: Vec<String>,
    /// A folder with situations of your own instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(crate) situations_dir: Option<PathBuf>,
    /// Clients at the same time
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) concurrency: u16,
    /// Show of every finding, not only of the first of each rule, what was sent and answered
    #[arg(long)]
    pub(crate) verbose: bool,
    /// Also end with exit code 1 for this
    #[arg(long, value_name = "LEVEL", value_enum)]
    pub(crate) fail_on: Option<FailOn>,
    /// Do not close the gate for the failures that this file knows; close it where they did not come as it says
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Refuse a baseline with more entries than this
    #[arg(long, value_name = "N", requires = "baseline")]
    pub(crate) max_baseline: Option<usize>,
    /// Write a report, as `run` does; `-` is standard output; may be repeated
    #[arg(long = "report", value_name = "FORMAT=PATH")]
    pub(crate) reports: Vec<ReportFile>,
}

impl ClientRunArguments {
    /// What closes the gate, in the words of `run`.
    pub(crate) fn gate(&self) -> GateArguments {
        GateArguments {
            fail_on: self.fail_on,
            gate: None,
            allow: Vec::new(),
            baseline: self.baseline.clone(),
            max_baseline: self.max_baseline,
        }
    }

    /// What closes the gate of a run that was or was not cut short.
    pub(crate) fn options(&self, interrupted: bool) -> gate::Options {
        let fail_on_warn = self.fail_on == Some(FailOn::Warn);
        gate::Options { fail_on_warn, interrupted, ..gate::Options::default() }
    }

    /// The client's command as it is written in a shell.
    pub(crate) fn command_line(&self) -> String {
        self.command.iter().map(|word| quote(word)).collect::<Vec<_>>().join(" ")
    }

    /// What a repetition of the run needs besides the ids of situations.
    pub(crate) fn words(&self) -> Vec<String> {
        let folder = self.situations_dir.iter();
        let folder = folder.flat_map(|path| ["--situations-dir".to_owned(), path.display().to_string()]);
        folder.chain(["--".to_owned()]).chain(self.command.iter().cloned()).collect()
    }
}

/// A language that there is a right client in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// Node.js, with the built-in `fetch`
    Node,
    /// Python, with the standard library
    Python,
    /// Bash, with curl and jq
    Bash,
    /// Rust, with hyper
    Rust,
}

fn after_help() -> String {
    let line =
        |variable: &crate::client::contract::Variable| format!("\n  {:20}{}", variable.name, variable.doc);
    let variables: String = VARIABLES.iter().map(line).collect();
    format!(
        "The client is told in its environment:{variables}\n\nIt writes the result to standard output and ends with \
         status 0, or with any other status if there is none.\n\n{EXAMPLES_OF_RUN}"
    )
}
