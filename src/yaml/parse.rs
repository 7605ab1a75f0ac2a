//! Events of the YAML package to a tree of nodes, with every syntax mistake as a diagnostic.

use granit_parser::{ErrorKind, ScanError};

use super::carried;
use super::scan::{Content, DEEPEST, Placed, scan};
use super::{Kind, Node};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span, Spanned};

/// Parses one document; `None` if nothing of it can be used.
pub fn parse(source: SourceId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    let events = match events(source, text) {
        Ok(events) => events,
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            return None;
        }
    };
    let before = diagnostics.len();
    let mut builder = Builder { source, events: events.into_iter().peekable(), diagnostics };
    let root = builder.node();
    if let Some(second) = builder.events.next() {
        let message = "only one YAML document may stand in a file";
        let help = "move what follows into a file of its own";
        builder.report("second-document", message, (builder.span(&second), help));
        return None;
    }
    match root {
        Some(node) if node.kind != Kind::Null => Some(node),
        _ if diagnostics.len() > before => None,
        _ => {
            let message = "the file is empty: it must hold one YAML mapping";
            let help = "`orchspec schema` tells what stands in each kind of file; `orchspec suite export DIR` and `orchspec target init` write files to start from";
            diagnostics
                .push(Diagnostic::error("empty-file", message).at(Span::new(source, 0..0), "").help(help));
            None
        }
    }
}

fn events(source: SourceId, text: &str) -> Result<Vec<Placed>, Box<Diagnostic>> {
    match carried::events(text) {
        Some(events) => Ok(events),
        None => scan(text).map_err(|error| Box::new(syntax_error(source, text, &error))),
    }
}

fn syntax_error(source: SourceId, text: &str, error: &ScanError) -> Diagnostic {
    if let Some(tab) = leading_tab(text) {
        return Diagnostic::error("tab", "a tab stands where YAML wants spaces")
            .at(Span::new(source, tab..tab + 1), "tab")
            .help("indent with spaces");
    }
    let offset = error.marker().byte_offset().unwrap_or_default().min(text.len());
    let (message, help) = match error.kind() {
        ErrorKind::RecursionLimitExceeded => (
            format!("nested too deep: no more than {DEEPEST} levels are read"),
            "take levels out: put inner steps into a fragment, or a deep body into a file below `files/`",
        ),
        _ => (format!("not YAML: {}", error.info().trim_end_matches('.')), QUOTING),
    };
    Diagnostic::error("yaml-syntax", message).at(Span::new(source, offset..offset), "here").help(help)
}

/// What is wrong with most texts that are no YAML.
const QUOTING: &str =
    "a text that holds `: `, ` #` or a bracket stands in quotes; brackets are closed on their line or below";

/// The parser reports a tab one line early and in other words, so it is looked for by hand.
fn leading_tab(text: &str) -> Option<usize> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            return Some(offset + tab);
        }
        offset += line.len();
    }
    None
}

struct Builder<'a> {
    source: SourceId,
    events: std::iter::Peekable<std::vec::IntoIter<Placed>>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Builder<'_> {
    fn node(&mut self) -> Option<Node> {
        let placed = self.events.next()?;
        let span = self.span(&placed);
        let Placed { event, refused, .. } = placed;
        if let Some(reason) = refused {
            self.report("yaml-feature", reason, (span, "write the value itself"));
        }
        match event {
            Content::Scalar { text, plain } => Some(Node { span, kind: scalar(text, plain, span) }),
            Content::Sequence => Some(self.sequence(span)),
            Content::Mapping => Some(self.mapping(span)),
            Content::End | Content::Nothing => None,
        }
    }

    fn sequence(&mut self, start: Span) -> Node {
        let mut items = Vec::new();
        while !self.at_end() {
            items.extend(self.node());
        }
        Node {
            span: self.close(start, items.last().map(|item: &Node| item.span)),
            kind: Kind::Sequence(items),
        }
    }

    fn mapping(&mut self, start: Span) -> Node {
        let mut entries: Vec<(Spanned<String>, Node)> = Vec::new();
        while !self.at_end() {
            let Some(key) = self.key() else { continue };
            let Some(value) = self.node() else { continue };
            if let Some((first, _)) = entries.iter().find(|(own, _)| own.value == key.value) {
                let duplicate =
                    Diagnostic::error("duplicate-key", format!("the key `{}` stands twice", key.value));
                let first = first.span;
                let placed = duplicate.at(key.span, "second time").related(first, "first time");
                self.diagnostics.push(placed.help("take one of them away"));
            } else {
                entries.push((key, value));
            }
        }
        let last = entries.last().map(|(_, value)| value.span);
        let start =
            entries.first().map_or(start, |(key, _)| if start.start == start.end { key.span } else { start });
        Node { span: self.close(start, last), kind: Kind::Mapping(entries) }
    }

    fn key(&mut self) -> Option<Spanned<String>> {
        match self.node()? {
            Node { kind: Kind::Sequence(_) | Kind::Mapping(_), span } => {
                self.report(
                    "yaml-feature",
                    "a key must be a single word or text",
                    (span, "write `key: value`"),
                );
                let _ = self.node();
                None
            }
            Node { kind: Kind::Text(text), span } => Some(Spanned::new(text, span)),
            node => Some(Spanned::new(node.to_json().to_string(), node.span)),
        }
    }

    fn at_end(&mut self) -> bool {
        matches!(self.events.peek(), None | Some(Placed { event: Content::End, .. }))
    }

    /// Consumes the end of a collection: a flow collection's bracket has bytes, a block's end has none.
    fn close(&mut self, start: Span, last: Option<Span>) -> Span {
        let end = self.events.next().map(|placed| self.span(&placed)).filter(|span| span.start < span.end);
        let span = last.map_or(start, |last| start.to(last));
        end.map_or(span, |end| span.to(end))
    }

    fn span(&self, placed: &Placed) -> Span {
        Span::new(self.source, placed.range.clone())
    }

    fn report(&mut self, code: &'static str, message: &str, (span, help): (Span, &str)) {
        self.diagnostics.push(Diagnostic::error(code, message).at(span, "").help(help));
    }
}

/// The core schema of YAML 1.2, without octal and hexadecimal numbers: `0123`, `0x1f`, `no` and `12:30` are text.
fn scalar(text: String, plain: bool, span: Span) -> Kind {
    if !plain {
        return Kind::Text(text);
    }
    match text.as_str() {
        "" | "null" | "Null" | "NULL" | "~" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Bool(true),
        "false" | "False" | "FALSE" => return Kind::Bool(false),
        _ if span.start == span.end => return Kind::Null,
        _ => {}
    }
    let unsigned = text.trim_start_matches('-');
    let numeric = unsigned.starts_with(|c: char| c.is_ascii_digit())
        && unsigned.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-'));
    let leading_zero = unsigned.len() > 1 && unsigned.starts_with('0') && !unsigned.starts_with("0.");
    if !numeric || leading_zero {
        return Kind::Text(text);
    }
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(integer), _) => Kind::Integer(integer),
        (_, Ok(float)) if text.contains(['.', 'e', 'E']) && float.is_finite() => Kind::Float(float),
        _ => Kind::Text(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::render;
    use crate::source::SourceMap;
    use rstest::rstest;
    use serde_json::json;

    fn read(text: &str) -> (Option<Node>, String) {
        let mut sources = SourceMap::default();
        let id = sources.add("a.yaml", text);
        let mut diagnostics = Vec::new();
        let node = parse(id, text, &mut diagnostics);
        let rendered: Vec<String> = diagnostics.iter().map(|found| render(found, &sources, false)).collect();
        (node, rendered.join("\n"))
    }

    #[rstest]
    #[case("a: 1", json!({"a": 1}))]
    #[case("a: '1'", json!({"a": "1"}))]
    #[case("a: no", json!({"a": "no"}))]
    #[case("a: 0123", json!({"a": "0123"}))]
    #[case("a: 12:30", json!({"a": "12:30"}))]
    #[case("a: -2.5", json!({"a": -2.5}))]
    #[case("a: 99999999999999999999", json!({"a": "99999999999999999999"}))]
    #[case("a: ~", json!({"a": null}))]
    #[case("a:", json!({"a": null}))]
    #[case("a: ''", json!({"a": ""}))]
    #[case("202: x", json!({"202": "x"}))]
    #[case("a: [x, {b: true}]", json!({"a": ["x", {"b": true}]}))]
    fn scalars_follow_the_core_schema(#[case] text: &str, #[case] expected: serde_json::Value) {
        let (node, messages) = read(text);
        assert_eq!(messages, "");
        assert_eq!(node.unwrap().to_json(), expected);
    }

    #[test]
    fn spans_hold_whole_collections() {
        let text = "a: { b: [1, 2] }\nc:\n  d: x\n";
        let node = read(text).0.unwrap();
        let at = |node: &Node| text[node.span.range()].to_owned();
        assert_eq!(at(node.get("a").unwrap()), "{ b: [1, 2] }");
        assert_eq!(at(node.get("a").unwrap().get("b").unwrap()), "[1, 2]");
        assert_eq!(at(node.get("c").unwrap()), "d: x");
    }

    #[rstest]
    #[case::tab("tab", "a:\n\tb: 1\n")]
    #[case::duplicate("duplicate", "a: 1\nb: 2\na: 3\n")]
    #[case::unclosed("unclosed", "a: { b: 1\nc: 2\n")]
    #[case::indent("indent", "a:\n  b: 1\n c: 2\n")]
    #[case::empty("empty", "")]
    #[case::comment_only("comment_only", "# nothing\n")]
    #[case::anchor("anchor", "a: &x 1\nb: *x\n")]
    #[case::tag("tag", "a: !thing 1\n")]
    #[case::two("two", "a: 1\n---\nb: 2\n")]
    #[case::complex_key("complex_key", "[a, b]: 1\n")]
    fn mistakes_are_named(#[case] name: &str, #[case] text: &str) {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/tests/yaml");
        insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, read(text).1);
        });
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_crash() {
        assert!(read(&"[".repeat(100_000)).1.starts_with("error"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "[a-z0-9:{}\\[\\], \\-\n\t&*!'\"#|>%@`]{0,80}") {
            let (node, messages) = read(&text);
            proptest::prop_assert!(node.is_some() || !messages.is_empty());
        }
    }
}
