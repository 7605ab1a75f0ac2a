//! The arguments of `mock`.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::Args;

use super::{FailOn, LogForm, MockArguments, ReportFile, duration, protocols};
use crate::mock::{ClockMode, LIMITS, Limit, Limits, Place};

const EXAMPLES: &str = "\
Examples:
  orchspec mock --clock auto                       minutes of polling pass at once
  orchspec mock --faults gentle-502                a gateway that fails now and then
  orchspec mock --quick --target-out target.yaml   then: orchspec run --target target.yaml
  orchspec mock --report junit=clients.xml         judge whoever calls, until SIGTERM

SIGTERM ends it with 0 if clients were seen to keep rules and broke none, with 1 if one was broken,
and with 3 if nothing could be told; Ctrl-C with 130 in any case.";

/// The variable that gives `--control-token` without anybody seeing it in a list of processes.
pub(crate) const CONTROL_TOKEN: &str = "ORCHSPEC_CONTROL_TOKEN";

/// Start a mock orchestrator, to develop and test a client with
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = closing())]
pub(crate) struct ServerArguments {
    #[command(flatten)]
    pub(crate) place: ServerPlaceArguments,
    #[command(flatten)]
    pub(crate) manner: MannerArguments,
    #[command(flatten)]
    pub(crate) judging: JudgingArguments,
    #[command(flatten)]
    pub(crate) written: WrittenArguments,
}

/// Where it listens.
#[derive(Debug, Args)]
#[command(next_help_heading = "Addresses")]
pub(crate) struct ServerPlaceArguments {
    /// Where both protocols are served; port 0 is any free one
    #[arg(long, value_name = "ADDRESS", value_parser = address, default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,
    /// Where the control API is served: an address, `off`, or `/__mock`, which is below that path of the protocols
    #[arg(long, value_name = "ADDRESS", value_parser = steered, default_value = "127.0.0.1:0")]
    pub(crate) control: Place,
    /// What every call of the control API must show as its bearer; needed off this machine
    #[arg(long, value_name = "TOKEN", env = CONTROL_TOKEN, hide_env_values = true, hide_short_help = true)]
    pub(crate) control_token: Option<String>,
    /// Where an origin listens that no credential may be sent to, or `off`
    #[arg(long, value_name = "ADDRESS", value_parser = place, default_value = "127.0.0.1:0", hide_short_help = true)]
    pub(crate) foreign: Place,
    /// Serve the protocols by TLS: `self-signed`, or the PEM files of a certificate and its key
    #[arg(long, value_name = "CERT,KEY")]
    pub(crate) tls: Option<Tls>,
}

/// How it behaves.
#[derive(Debug, Args)]
#[command(next_help_heading = "Behaviour")]
pub(crate) struct MannerArguments {
    /// A file that says how it behaves and what it offers (`orchspec schema mock`); the other options come on top
    #[arg(long, value_name = "FILE", conflicts_with_all = ["quick", "target_out"])]
    pub(crate) config: Option<PathBuf>,
    /// How time passes: `real`, `scale:N`, `virtual` or `auto`
    #[arg(long, value_name = "MODE", value_parser = clock)]
    pub(crate) clock: Option<ClockMode>,
    /// Offer jobs that end within seconds, hold calls for 400ms, and stop jobs that are waited for after 4s
    #[arg(long)]
    pub(crate) quick: bool,
    /// Only this protocol; may be repeated
    #[arg(long = "profile", value_name = "NAME", value_parser = protocols(), value_delimiter = ',')]
    pub(crate) profiles: Vec<String>,
    /// How long a waiting call is held before it is redirected
    #[arg(long, value_name = "DURATION", value_parser = duration, hide_short_help = true)]
    pub(crate) hold: Option<Duration>,
    /// The longest life of a job that a caller waits for
    #[arg(long, value_name = "DURATION", value_parser = duration, hide_short_help = true)]
    pub(crate) cap: Option<Duration>,
    /// Settle an open choice of the documents in this way; may be repeated
    #[arg(long = "policy", visible_alias = "mock-policy", value_name = "KEY=VALUE", hide_short_help = true)]
    pub(crate) policies: Vec<String>,
    /// Violate the protocol in this way; may be repeated
    #[arg(long = "defect", value_name = "ID")]
    pub(crate) defects: Vec<String>,
    /// Differ in a harmless way; may be repeated
    #[arg(long = "noise", value_name = "ID", hide_short_help = true)]
    pub(crate) noises: Vec<String>,
    /// Let faults happen to calls on their way: a plan, or the name of a preset (`orchspec list faults`)
    #[arg(long, value_name = "FILE|PRESET")]
    pub(crate) faults: Option<String>,
    /// Take this much from callers, such as `body=1MiB`; may be repeated. All limits stand below
    #[arg(long = "limit", value_name = "NAME=VALUE", value_parser = limit, hide_short_help = true)]
    pub(crate) limits: Vec<(String, String)>,
    /// Where ids and chances come from
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) seed: Option<u64>,
}

/// How its clients are judged.
#[derive(Debug, Args)]
#[command(next_help_heading = "Verdicts on clients")]
pub(crate) struct JudgingArguments {
    /// Take every request to where nothing is served, or about a job that never was, for a violation
    #[arg(long)]
    pub(crate) strict: bool,
    /// Also end with exit code 1 for this
    #[arg(long, value_name = "LEVEL", value_enum)]
    pub(crate) fail_on: Option<FailOn>,
    /// Write a report on the clients at the end, as `client run` does; may be repeated
    #[arg(long = "report", value_name = "FORMAT=PATH")]
    pub(crate) reports: Vec<ReportFile>,
}

/// What it writes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Results")]
pub(crate) struct WrittenArguments {
    /// Write the first line of standard output to a file, too, once the mock can be reached
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(crate) ready_file: Option<PathBuf>,
    /// Write every request and answer to a file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(crate) journal_out: Option<PathBuf>,
    /// Tell of every call on standard error; a line each on a terminal, if not said
    #[arg(long, value_name = "FORM", value_enum)]
    pub(crate) log: Option<LogForm>,
    /// How many entries the journal remembers, as `--limit journal=N` says, too
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000), hide_short_help = true)]
    pub(crate) journal_size: Option<u32>,
    /// Write a target file that describes this mock, for `orchspec run --target`; with `--tls` its certificate, too, beside it
    #[arg(long, value_name = "FILE")]
    pub(crate) target_out: Option<PathBuf>,
}

impl MannerArguments {
    /// As `run` has them for the embedded mock; `seed` is for where none is given.
    pub(crate) fn mock(&self, seed: u64) -> MockArguments {
        MockArguments {
            defects: self.defects.clone(),
            mock_policies: self.policies.clone(),
            noises: self.noises.clone(),
            faults: self.faults.clone(),
            mock_seed: self.seed.unwrap_or(seed),
            ..MockArguments::default()
        }
    }
}

fn limit(text: &str) -> Result<(String, String), String> {
    let (name, value) =
        text.split_once('=').ok_or_else(|| "write NAME=VALUE, such as body=1MiB".to_owned())?;
    Limits::default().with(name, value).map_err(|error| error.to_string())?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Every limit as it is where nothing is said, and the examples.
fn closing() -> String {
    let written = |limit: &Limit| format!("{}={}", limit.name, limit.usual());
    let width = LIMITS.iter().map(|limit| written(limit).len()).max().unwrap_or_default();
    let line = |limit: &Limit| format!("  {:width$}  {}\n", written(limit), limit.doc.trim_end_matches('.'));
    let limits: String = LIMITS.iter().map(line).collect();
    format!("Limits:\n{limits}\n{EXAMPLES}")
}

/// `--tls`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tls {
    /// A certificate of its own making.
    SelfSigned,
    /// Two PEM files.
    Files(PathBuf, PathBuf),
}

impl FromStr for Tls {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(',') {
            None if text == "self-signed" => Ok(Self::SelfSigned),
            Some((certificate, key)) if !certificate.is_empty() && !key.is_empty() => {
                Ok(Self::Files(certificate.into(), key.into()))
            }
            _ => Err("write `self-signed`, or two files: CERT,KEY".to_owned()),
        }
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let wrong = || "write an address and a port such as 127.0.0.1:8080; port 0 is any free one".to_owned();
    text.to_socket_addrs().ok().and_then(|mut addresses| addresses.next()).ok_or_else(wrong)
}

fn place(text: &str) -> Result<Place, String> {
    if text == "off" { Ok(Place::Off) } else { address(text).map(Place::At) }
}

fn steered(text: &str) -> Result<Place, String> {
    match text {
        Place::PREFIX => Ok(Place::Prefix),
        _ if text.starts_with('/') => {
            Err(format!("write `{}`, an address and a port, or `off`", Place::PREFIX))
        }
        _ => place(text),
    }
}

fn clock(text: &str) -> Result<ClockMode, String> {
    ClockMode::parse(text).ok_or_else(|| format!("write one of {}", ClockMode::FORMS.join(", ")))
}
