//! The reports that a run was asked for: looked at before it begins, so that no result is lost for want of a place, and
//! written while it goes on or when it is over.

use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::args::ReportFile;
use super::files;
use super::session::{STANDARD_OUTPUT, Session, Stop};
use crate::diagnostic::Diagnostic;
use crate::outcome::{Event, RunOutcome, Sink as _};
use crate::report::live::Live;
use crate::report::{self, Format};
use crate::source::SourceMap;

/// Refuses two reports in one place, and a place where none can be written; says which folders it had to make.
pub(crate) fn check(session: &mut Session, reports: &[ReportFile]) -> Result<(), Stop> {
    session.diagnostics.extend(shared_places(reports));
    for path in reports.iter().filter_map(|report| report.path.as_deref()) {
        match files::make_room(path) {
            Ok(None) => {}
            Ok(Some(made)) => session.console.note(&format!("made the folder {}", made.display())),
            Err(unwritable) => session.diagnostics.push(unwritable),
        }
    }
    session.settle()
}

/// The streams of the reports that are written while the run goes on.
pub(crate) fn streams<'s>(
    reports: &[ReportFile],
    sources: &'s SourceMap,
) -> Result<Vec<Live<'s, Box<dyn Write + Send>>>, Diagnostic> {
    let live = reports.iter().filter(|report| report.format == Format::JsonLines);
    live.map(|report| {
        let writer: Box<dyn Write + Send> = match &report.path {
            Some(path) => Box::new(files::open(path)?),
            None => Box::new(io::stdout()),
        };
        Ok(Live::new(place(report), writer, sources))
    })
    .collect()
}

/// Writes every other report, and gives what could not be written: one that fails keeps no other from being written.
pub(crate) fn write(session: &Session, reports: &[ReportFile], outcome: &RunOutcome) -> Vec<Diagnostic> {
    let whole = reports.iter().filter(|report| report.format != Format::JsonLines);
    let written = whole.map(|report| {
        let text = report::render(report.format, outcome, &session.sources);
        match &report.path {
            Some(path) => files::replace(path, text.as_bytes()),
            None => session.console.result(&text).map_err(|error| files::unwritable(STANDARD_OUTPUT, &error)),
        }
    });
    written.filter_map(Result::err).collect()
}

/// Writes every report of a run that nobody could follow while it went on, and gives what could not be written.
pub(crate) fn write_at_once(
    session: &Session,
    reports: &[ReportFile],
    outcome: &RunOutcome,
) -> Vec<Diagnostic> {
    let streams = match streams(reports, &session.sources) {
        Ok(streams) => streams,
        Err(unwritable) => return vec![unwritable],
    };
    let RunOutcome { suite_digest, target, selection, cases, .. } = outcome;
    for stream in &streams {
        stream.emit(Event::Started { cases: cases.len(), jobs: 0, suite_digest, target, selection });
        stream.emit(Event::Finished(outcome));
    }
    let broken = streams.into_iter().filter_map(Live::failure);
    let broken = broken.map(|(place, error)| files::unwritable(&place, &error));
    broken.chain(write(session, reports, outcome)).collect()
}

/// Whether a report goes where the text for people would go.
pub(crate) fn take_standard_output(reports: &[ReportFile]) -> bool {
    reports.iter().any(|report| report.path.is_none())
}

/// What messages call the place of a report.
fn place(report: &ReportFile) -> String {
    report.path.as_ref().map_or_else(|| STANDARD_OUTPUT.to_owned(), |path| format!("`{}`", path.display()))
}

fn shared_places(reports: &[ReportFile]) -> Vec<Diagnostic> {
    let places: Vec<Option<PathBuf>> =
        reports.iter().map(|report| report.path.as_deref().map(plain)).collect();
    let second = |(index, report): (usize, &ReportFile)| {
        let first = places.iter().position(|place| *place == places[index])?;
        (first < index).then(|| shared(&reports[first], report))
    };
    reports.iter().enumerate().filter_map(second).collect()
}

fn shared(first: &ReportFile, second: &ReportFile) -> Diagnostic {
    let (one, other) = (first.format.name(), second.format.name());
    let message = format!("the reports {one} and {other} would both be written to {}", place(second));
    Diagnostic::error("shared-place", message).help("give each report a place of its own")
}

/// A path without the parts that lead nowhere: `./a.xml` is `a.xml`.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&["json=a", "junit=b", "jsonl=-"], &[])]
    #[case(&["json=a", "junit=./a"], &["the reports json and junit would both be written to `./a`"])]
    #[case(&["json=-", "text=-"], &["the reports json and text would both be written to standard output"])]
    fn every_report_has_its_place(#[case] reports: &[&str], #[case] expected: &[&str]) {
        let reports: Vec<ReportFile> = reports.iter().map(|report| report.parse().unwrap()).collect();
        let found = shared_places(&reports);
        let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(messages, expected);
    }
}
