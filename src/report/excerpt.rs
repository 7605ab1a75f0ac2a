//! The line of a scenario that a span points at, with carets below it.

use std::fmt::Write;

use crate::source::{SourceMap, Span};

/// Two lines: the source line behind its number, and carets under the part that the span covers on it.
///
/// Nothing if the span points nowhere.
pub fn render(span: Span, sources: &SourceMap) -> String {
    let position = sources.position(span);
    let Some(line) = sources.text(span.source).lines().nth(position.line - 1) else {
        return String::new();
    };
    let before: String = line.chars().take(position.column - 1).map(blank).collect();
    let covered = covered(span, sources.text(span.source)).chars().count().max(1);
    let gutter = position.line.to_string().len();
    let mut text = format!("{} | {}\n", position.line, line.trim_end());
    _ = writeln!(text, "{:gutter$} | {before}{}", "", "^".repeat(covered));
    text
}

/// The first line of what the span covers: an excerpt shows where to look, not the whole block.
fn covered(span: Span, text: &str) -> &str {
    text.get(span.range()).and_then(|part| part.lines().next()).unwrap_or("").trim_end()
}

/// Tabs stay, so that the carets stand where they should at any tab width.
fn blank(character: char) -> char {
    if character == '\t' { '\t' } else { ' ' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_what_is_meant() {
        let mut sources = SourceMap::default();
        let text = "steps:\n  - ä: { status: 202 }\n    b: 1\n";
        let id = sources.add("a.yaml", text);
        let at = |part: &str| text.find(part).unwrap();
        let span = Span::new(id, at("{ status")..at("b: 1"));
        assert_eq!(render(span, &sources), "2 |   - ä: { status: 202 }\n  |        ^^^^^^^^^^^^^^^\n");
    }

    #[test]
    fn a_span_past_the_end_shows_nothing() {
        let mut sources = SourceMap::default();
        let id = sources.add("a.yaml", "");
        assert_eq!(render(Span::new(id, 5..9), &sources), "");
    }
}
