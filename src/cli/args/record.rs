//! The arguments of `record`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;

use super::{SuiteArguments, protocols};

const EXAMPLES: &str = "\
Examples:
  orchspec record --target target.yaml -- ./client.sh    record what one command does
  orchspec record --target target.yaml --profile uipath --listen 127.0.0.1:8080 --name nightly";

/// Write what a real client does as a scenario: a proxy passes it on to your server
///
/// The client uses the printed address in place of the server's. Without COMMAND the recording ends with Ctrl-C; COMMAND
/// finds the address in `ORCHSPEC_UIPATH_URL` or `ORCHSPEC_ELMA_URL`, and the recording ends with it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RecordArguments {
    /// The file that describes your server
    #[arg(long, value_name = "FILE")]
    pub(crate) target: PathBuf,
    /// Change one value of the target file (`timing.poll=50ms`); may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(crate) settings: Vec<String>,
    /// Only this protocol of the target
    #[arg(long, value_name = "NAME", value_parser = protocols())]
    pub(crate) profile: Option<String>,
    /// Where the proxy listens; further protocols get the ports behind it
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,
    /// Where to: the folder of a suite, or a single file
    #[arg(long, value_name = "DIR|FILE.yaml", default_value = "recorded")]
    pub(crate) output: OutputPath,
    /// What the scenario is called, below `PROTOCOL/recorded/`
    #[arg(long, value_name = "NAME", default_value = "session")]
    pub(crate) name: ScenarioName,
    /// Overwrite what was recorded before
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) suite: SuiteArguments,
    /// A command to record, and its arguments
    #[arg(last = true, value_name = "COMMAND")]
    pub(crate) command: Vec<String>,
}

/// Where a recording goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OutputPath {
    /// Into a suite.
    Folder(PathBuf),
    /// Into this file.
    File(PathBuf),
}

impl FromStr for OutputPath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let path = PathBuf::from(text);
        let is_file = Path::new(text).extension().is_some_and(|extension| extension == "yaml");
        Ok(if is_file { Self::File(path) } else { Self::Folder(path) })
    }
}

/// The last part of a scenario's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScenarioName(pub(crate) String);

impl FromStr for ScenarioName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        if !text.is_empty() && text.chars().all(is_letter) {
            return Ok(Self(text.to_owned()));
        }
        Err("write letters, digits, `-` and `_` only".to_owned())
    }
}
