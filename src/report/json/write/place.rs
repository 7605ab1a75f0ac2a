//! Places in scenarios, and the lines they point at, so that a stored report can show what the run showed.

use crate::outcome::CaseOutcome;
use crate::report::json::form::{Lines, Source};
use crate::source::{SourceMap, Span};

/// Where a span begins, and how much of that line it covers.
pub(super) fn source(span: Span, sources: &SourceMap) -> Source {
    let position = sources.position(span);
    let covered = sources.text(span.source).get(span.range()).and_then(|part| part.lines().next());
    Source {
        file: sources.name(span.source).to_owned(),
        line: position.line,
        column: position.column,
        length: covered.unwrap_or("").trim_end().chars().count(),
    }
}

/// Every line that a case or a finding points at.
pub(in crate::report) fn lines(cases: &[CaseOutcome], sources: &SourceMap) -> Lines {
    let mut lines = Lines::new();
    let findings = cases.iter().flat_map(|case| &case.findings).map(|finding| finding.span);
    for span in cases.iter().map(|case| case.span).chain(findings) {
        let line = sources.position(span).line;
        if let Some(text) = sources.text(span.source).lines().nth(line - 1) {
            let file = sources.name(span.source).to_owned();
            lines.entry(file).or_default().insert(line, text.to_owned());
        }
    }
    lines
}
