//! The values that arguments may have.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;

use crate::plan::Shard;
use crate::profile::PROFILES;
use crate::report::Format;

/// The names of the protocols that the mock speaks and that can be recorded.
pub(crate) fn protocols() -> PossibleValuesParser {
    let built_in = PROFILES.iter().filter(|profile| profile.create_word().is_some());
    PossibleValuesParser::new(built_in.map(|profile| profile.name()))
}

/// The names of all protocols that a target file can describe.
pub(crate) fn any_protocol() -> PossibleValuesParser {
    PossibleValuesParser::new(PROFILES.iter().map(|profile| profile.name()))
}

/// How the embedded mock is reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Embedded {
    /// In this process, in virtual time, a fresh one for every case
    #[default]
    Memory,
    /// Over sockets, in real time, one for all cases
    Tcp,
}

/// `--shard`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ShardChoice {
    /// As the variables of a CI engine say.
    Auto,
    /// This one.
    Given(Shard),
}

impl FromStr for ShardChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "auto" { Ok(Self::Auto) } else { text.parse().map(Self::Given) }
    }
}

/// What besides a violation ends with exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// A warning, too
    Warn,
}

/// How much of the protocol the gate asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GateReach {
    /// Every MUST, also those that the target file makes unattainable
    Full,
}

/// What is done with snapshots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SnapshotMode {
    /// Compare; the default as soon as the folder exists
    Verify,
    /// Store what is seen now
    Record,
    /// Take none
    Off,
}

/// What is tolerated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Tolerated {
    /// A snapshot that changed
    Snapshot,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listing {
    /// The scenarios of the suite
    Scenarios,
    /// The numbered requirements
    Requirements,
    /// The questions that the protocols leave open, and their answers
    Policies,
    /// What a value can be compared with
    Matchers,
    /// The deliberate violations of the mock
    Defects,
    /// The fault plans that the program brings with it, and what faults can do
    Faults,
    /// What clients are held to
    Rules,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people, a line each
    #[default]
    Text,
    /// One JSON document, with everything that is known
    Json,
}

/// `--log` of `mock`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogForm {
    /// Nothing
    #[default]
    Off,
    /// A line for each call
    Text,
    /// What `--journal-out` writes, without header and footer
    Json,
}

/// What there is a JSON Schema of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaName {
    /// Scenario files
    Scenario,
    /// Fragments: steps that scenarios have in common
    Fragment,
    /// Target files
    Target,
    /// Registries of requirements
    Requirements,
    /// Baselines: failures that are known
    Baseline,
    /// Configurations of `mock --config FILE`
    Mock,
    /// Situations for clients
    Situation,
    /// The lines of `mock --journal-out FILE`
    Journal,
    /// Fault plans of `--faults FILE`
    Faults,
    /// The report of `--report json=PATH`
    Report,
    /// The kill matrix of `mutants --report json=PATH`
    Mutants,
    /// The difference of `report diff --format json`
    Difference,
    /// The matrix of `report matrix --format json`
    Matrix,
    /// The verdicts on clients that the mock's control API gives
    Verdicts,
}

/// How the form of a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaFormat {
    /// A JSON Schema for editors
    Json,
    /// A page for people
    Markdown,
}

/// `--report FORMAT=PATH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportFile {
    /// The format.
    pub(crate) format: Format,
    /// Where to; none is standard output.
    pub(crate) path: Option<PathBuf>,
}

impl FromStr for ReportFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (format, path) = format_and_path(text, &Format::NAMES)?;
        Ok(Self { format, path })
    }
}

/// `--report json=PATH` of `mutants`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MatrixFile {
    /// Where to; none is standard output.
    pub(crate) path: Option<PathBuf>,
}

impl FromStr for MatrixFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let ((), path) = format_and_path(text, &[("json", ())])?;
        Ok(Self { path })
    }
}

/// One of these formats and a path; `-` stands for standard output.
fn format_and_path<F: Copy>(text: &str, formats: &[(&str, F)]) -> Result<(F, Option<PathBuf>), String> {
    let names: Vec<&str> = formats.iter().map(|(name, _)| *name).collect();
    let names = names.join(", ");
    let (name, path) = text
        .split_once('=')
        .filter(|(_, path)| !path.is_empty())
        .ok_or_else(|| format!("write FORMAT=PATH with one of the formats {names}"))?;
    let (_, format) = formats
        .iter()
        .find(|(own, _)| *own == name)
        .ok_or_else(|| format!("there is no format `{name}`; the formats are {names}"))?;
    Ok((*format, (path != "-").then(|| PathBuf::from(path))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("json=out/report.json", Ok((Format::Json, Some("out/report.json"))))]
    #[case("junit=-", Ok((Format::Junit, None)))]
    #[case("json", Err("write FORMAT=PATH with one of the formats [names]"))]
    #[case("json=", Err("write FORMAT=PATH with one of the formats [names]"))]
    #[case("xml=a", Err("there is no format `xml`; the formats are [names]"))]
    fn a_report_file_is_a_format_and_a_path(
        #[case] text: &str,
        #[case] expected: Result<(Format, Option<&str>), &str>,
    ) {
        let names = Format::NAMES.map(|(name, _)| name).join(", ");
        let expected = expected
            .map(|(format, path)| ReportFile { format, path: path.map(PathBuf::from) })
            .map_err(|message| message.replace("[names]", &names));
        assert_eq!(text.parse(), expected);
    }
}
