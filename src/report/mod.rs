//! Recorded results as text in several formats.
//!
//! Every format is a pure function of the outcome and the sources, which hold nothing that needs hiding any more:
//! no file is written here, no clock is read, and no verdict is made. Only `progress` and `live` listen to a run that goes
//! on.

mod alike;
pub mod cause;
pub mod comparison;
mod counted;
pub mod curl;
pub mod describe;
pub mod difference;
pub mod excerpt;
pub mod github;
pub mod har;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod junit;
mod known;
pub mod live;
pub mod markdown;
pub mod palette;
pub mod progress;
mod reasons;
pub mod terminal;
mod visible;
pub mod wrap;

#[cfg(test)]
mod agreement;
#[cfg(test)]
pub(crate) mod sample;

pub use palette::Palette;

use crate::outcome::RunOutcome;
use crate::source::SourceMap;

/// A format that a run's outcome can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// For people.
    Text,
    /// Everything, as one JSON document.
    Json,
    /// One JSON object a line: a header, the cases, a footer.
    JsonLines,
    /// For CI servers.
    Junit,
    /// For pull requests and summaries.
    Markdown,
    /// For browsers: one page that needs nothing else.
    Html,
    /// Annotations in the log of GitHub Actions.
    GitHub,
    /// The exchanges of failing cases, for tools that look at HTTP traffic.
    Har,
}

impl Format {
    /// What each is called on the command line.
    pub const NAMES: [(&'static str, Self); 8] = [
        ("text", Self::Text),
        ("json", Self::Json),
        ("jsonl", Self::JsonLines),
        ("junit", Self::Junit),
        ("markdown", Self::Markdown),
        ("html", Self::Html),
        ("github", Self::GitHub),
        ("har", Self::Har),
    ];

    /// What it is called on the command line.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }

    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(own, _)| *own == name).map(|(_, format)| format)
    }
}

/// Writes an outcome in a format; text comes without colour.
pub fn render(format: Format, outcome: &RunOutcome, sources: &SourceMap) -> String {
    match format {
        Format::Text => terminal::render(outcome, sources, &Palette::plain()),
        Format::Json => json::render(outcome, sources),
        Format::JsonLines => jsonl::render(outcome, sources),
        Format::Junit => junit::render(outcome, sources),
        Format::Markdown => markdown::render(outcome, sources),
        Format::Html => html::render(outcome, sources),
        Format::GitHub => github::render(outcome, sources),
        Format::Har => har::render(outcome),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_under_its_name() {
        for (name, format) in Format::NAMES {
            assert_eq!((format.name(), Format::parse(name)), (name, Some(format)));
        }
        assert_eq!(Format::parse("xml"), None);
    }

    /// A page without its style and script, which say nothing of the run.
    fn without_programs(text: &str) -> String {
        let programs = regex::Regex::new(r"(?s)<(style|script)>.*?</(style|script)>|'sha256-[^']*'").unwrap();
        programs.replace_all(text, "[program]").into_owned()
    }

    fn assert_shows(name: &str, format: Format, (outcome, sources): &(RunOutcome, SourceMap)) {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/tests/report");
        insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, without_programs(&render(format, outcome, sources)));
        });
    }

    #[test]
    fn every_format_shows_the_sample() {
        for (name, format) in Format::NAMES {
            assert_shows(name, format, &sample::run());
        }
        assert_shows("text-green", Format::Text, &sample::green());
    }

    #[test]
    fn what_is_known_is_told_apart() {
        for format in [Format::Text, Format::Junit, Format::Markdown, Format::Html] {
            assert_shows(&format!("{}-known", format.name()), format, &sample::known());
        }
    }
}
