//! Diagnostics as text with excerpts and carets.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Label, Severity};
use crate::source::{SourceId, SourceMap};

/// Renders one diagnostic; `colour` puts in terminal escapes.
pub fn render(diagnostic: &Diagnostic, sources: &SourceMap, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code));
    if let Some(label) = diagnostic.label.as_ref().filter(|label| !label.is_shown) {
        group = group.element(origin(label, sources));
    }
    for source in mentioned_sources(diagnostic) {
        group = group.element(snippet(diagnostic, source, sources));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let text = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
    if labels(diagnostic).next().is_none() { without_margin(&text) } else { text }
}

/// The places whose text is shown.
fn labels(diagnostic: &Diagnostic) -> impl Iterator<Item = &Label> {
    diagnostic.label.iter().chain(&diagnostic.related).filter(|label| label.is_shown)
}

fn origin<'a>(label: &Label, sources: &'a SourceMap) -> Origin<'a> {
    let position = sources.position(label.span);
    let origin = Origin::path(sources.name(label.span.source));
    origin.line(position.line).char_column(position.column)
}

/// Where there is no excerpt, nothing stands between the message and the way out.
fn without_margin(text: &str) -> String {
    let is_margin = |line: &&str| anstream::adapter::strip_str(line).to_string().trim() == "|";
    text.lines().filter(|line| !is_margin(line)).collect::<Vec<_>>().join("\n")
}

fn mentioned_sources(diagnostic: &Diagnostic) -> Vec<SourceId> {
    let mut ids: Vec<SourceId> = Vec::new();
    for label in labels(diagnostic) {
        if !ids.contains(&label.span.source) {
            ids.push(label.span.source);
        }
    }
    ids
}

fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    source: SourceId,
    sources: &'a SourceMap,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = sources.text(source);
    let mut snippet = Snippet::source(text).path(sources.name(source));
    if let Some(label) = diagnostic.label.as_ref().filter(|label| label.span.source == source) {
        snippet = snippet.annotation(annotation(AnnotationKind::Primary, label, text));
    }
    for label in diagnostic.related.iter().filter(|label| label.span.source == source) {
        snippet = snippet.annotation(annotation(AnnotationKind::Context, label, text));
    }
    snippet
}

/// Spans are narrowed to their first line: an excerpt shows where to look, not the whole block.
fn annotation<'a>(kind: AnnotationKind, label: &'a Label, text: &str) -> annotate_snippets::Annotation<'a> {
    let mut range = label.span.range();
    range.start = range.start.min(text.len());
    range.end = range.end.clamp(range.start, text.len());
    if let Some(newline) = text.get(range.clone()).and_then(|part| part.trim_end().find('\n')) {
        range.end = range.start + newline;
    }
    kind.span(range).label(label.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn shows_code_place_excerpt_and_way_out() {
        let mut sources = SourceMap::default();
        let id = sources.add("scenarios/a.yaml", "steps:\n  - status: { equal: 202 }\n");
        let diagnostic = Diagnostic::error("unknown-matcher", "no matcher is called `equal`")
            .at(Span::new(id, 21..26), "unknown name")
            .suggest("equal", ["equals"]);
        insta::assert_snapshot!(render(&diagnostic, &sources, false), @r"
        error[unknown-matcher]: no matcher is called `equal`
         --> scenarios/a.yaml:2:15
          |
        2 |   - status: { equal: 202 }
          |               ^^^^^ unknown name
          |
          = help: did you mean `equals`?
        ");
    }

    #[test]
    fn a_hidden_place_is_named_and_not_shown() {
        let mut sources = SourceMap::default();
        let id = sources.add("target.yaml", "elma:\n  token: geheim\n");
        let diagnostic = Diagnostic::error("short-secret", "the secret is short")
            .at_hidden(Span::new(id, 15..21))
            .help("take a longer one");
        insta::assert_snapshot!(render(&diagnostic, &sources, false), @r"
        error[short-secret]: the secret is short
        --> target.yaml:2:10
         = help: take a longer one
        ");
    }

    #[test]
    fn without_a_place_only_message_and_way_out_are_shown() {
        let diagnostic = Diagnostic::error("empty-suite", "there is no scenario").help("name another folder");
        insta::assert_snapshot!(render(&diagnostic, &SourceMap::default(), false), @r"
        error[empty-suite]: there is no scenario
         = help: name another folder
        ");
    }
}
