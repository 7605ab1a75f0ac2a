//! What a run leaves for GitHub Actions without being asked: a summary of the job, and annotations in its log.

use std::path::PathBuf;

use super::args::ReportFile;
use super::files;
use super::machine::Machine;
use crate::diagnostic::Diagnostic;
use crate::outcome::RunOutcome;
use crate::report::{self, Format};
use crate::source::SourceMap;
use crate::system::System as _;

/// The largest summary that GitHub takes from one step; a longer one is dropped as a whole.
const SUMMARY_LIMIT: u64 = 1024 * 1024;

/// What the job that this program runs in can show.
#[derive(Debug)]
pub(crate) struct Job {
    summary: Option<PathBuf>,
    /// What ends the part of the log in which no command is looked for; none if the log is not looked at.
    word: Option<String>,
    annotates: bool,
}

impl Job {
    /// Looks at the variables that GitHub sets; what was asked for as a report is not given a second time.
    pub(crate) fn of(machine: Machine, reports: &[ReportFile]) -> Self {
        let summary = machine.variable("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty());
        let summary = summary.map(PathBuf::from);
        let is_asked_for = |path: &PathBuf| reports.iter().any(|report| report.path.as_ref() == Some(path));
        Self {
            summary: summary.filter(|path| !is_asked_for(path)),
            word: machine.is_github().then(|| format!("{:016x}", machine.seed())),
            annotates: reports.iter().all(|report| report.format != Format::GitHub),
        }
    }

    /// Whether a run leaves anything here, so that it is worth going on where nobody answers.
    pub(crate) fn shows_anything(&self) -> bool {
        self.summary.is_some() || self.word.is_some()
    }

    /// The text for people with the annotations behind it. Until the text ends GitHub takes no command out of the log: a
    /// server's words are in it.
    pub(crate) fn annotated(&self, text: String, outcome: &RunOutcome, sources: &SourceMap) -> String {
        let Some(word) = &self.word else { return text };
        let shielded = format!("::stop-commands::{word}\n{}\n::{word}::\n", text.trim_end());
        if !self.annotates {
            return shielded;
        }
        shielded + &report::render(Format::GitHub, outcome, sources)
    }

    /// Adds a page to the summary of the job; where that is not possible the run is no worse for it.
    pub(crate) fn summarize(&self, outcome: &RunOutcome, sources: &SourceMap) -> Option<Diagnostic> {
        let path = self.summary.as_ref()?;
        let page = report::render(Format::Markdown, outcome, sources);
        let unwritten = files::append(path, page.as_bytes(), SUMMARY_LIMIT).err()?;
        let warning = Diagnostic::warning(unwritten.code, unwritten.message);
        Some(warning.help("only the summary of the job needs this file"))
    }
}
