//! The scenarios of a stored report: files in which only the lines that somebody points at hold a text.

use std::collections::BTreeMap;

use crate::report::json::form::{Lines, Report, Source};
use crate::source::{SourceId, SourceMap, Span};

/// No scenario is longer; a report that says so makes nobody lay out the lines.
const LONGEST: usize = 100_000;

/// The files by name.
pub(super) struct Places {
    sources: SourceMap,
    ids: BTreeMap<String, SourceId>,
}

impl Places {
    /// Every file that the report points into.
    pub(super) fn new(report: &Report) -> Self {
        let mut places = Self { sources: SourceMap::default(), ids: BTreeMap::new() };
        for (file, last) in last_lines(report) {
            let text = text(&report.lines, &file, last);
            let id = places.sources.add(file.as_str(), text);
            places.ids.insert(file, id);
        }
        places
    }

    /// Where that is in these files; `source` must be of the same report.
    pub(super) fn span(&self, source: &Source) -> Span {
        let id = self.ids[&source.file];
        let text = self.sources.text(id);
        let start = start_of_line(text, source.line)
            + bytes(line(text, source.line), source.column.saturating_sub(1));
        let rest = text.get(start..).unwrap_or("").lines().next().unwrap_or("");
        Span::new(id, start..start + bytes(rest, source.length))
    }

    pub(super) fn into_sources(self) -> SourceMap {
        self.sources
    }
}

/// How far each file has to go.
fn last_lines(report: &Report) -> BTreeMap<String, usize> {
    let mut last = BTreeMap::new();
    let findings = report.cases.iter().flat_map(|case| &case.findings).map(|finding| &finding.source);
    for source in report.cases.iter().map(|case| &case.source).chain(findings) {
        let own: &mut usize = last.entry(source.file.clone()).or_default();
        *own = (*own).max(source.line.min(LONGEST));
    }
    last
}

/// Lines that nobody points at are empty; one that is pointed at and is not there is past the end.
fn text(lines: &Lines, file: &str, last: usize) -> String {
    let known = lines.get(file);
    let mut text = String::new();
    for number in 1..=last {
        let line = known.and_then(|lines| lines.get(&number));
        text.push_str(line.map_or("", String::as_str));
        if line.is_some() || number < last {
            text.push('\n');
        }
    }
    text
}

fn start_of_line(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
}

fn line(text: &str, line: usize) -> &str {
    text.lines().nth(line.saturating_sub(1)).unwrap_or("")
}

/// The length of so many characters.
fn bytes(text: &str, characters: usize) -> usize {
    text.char_indices().nth(characters).map_or(text.len(), |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::json::write;
    use crate::report::{excerpt, sample};
    use rstest::rstest;

    const TEXT: &str = "steps:\n\n  - ä: { status: 202 }\n    b: 1\n";

    #[rstest]
    #[case("- ä", "ä".len() + 2)]
    #[case("{ status: 202 }\n    b: 1", 40)]
    #[case("b: 1", 4)]
    #[case("\n\n", 1)]
    #[case("\n  -", 0)]
    fn a_place_is_shown_as_it_was(#[case] part: &str, #[case] length: usize) {
        let (mut outcome, mut sources) = sample::run();
        let id = sources.add("other.yaml", TEXT);
        let start = TEXT.find(part).unwrap();
        let span = Span::new(id, start..(start + length).min(TEXT.len()));
        outcome.cases[0].span = span;
        outcome.cases[1].span = Span::new(id, 0..1);
        let places = Places::new(&write::report(&outcome, &sources));
        let report = write::report(&outcome, &sources);
        let again = places.span(&report.cases[0].source);
        assert_eq!(places.sources.describe(again), sources.describe(span));
        assert_eq!(excerpt::render(again, &places.sources), excerpt::render(span, &sources));
    }
}
