//! What a step says of its snapshot, from the YAML tree to its typed form.

use super::shape::{REDACTED_PARTS, REDACTION, SNAPSHOT};
use super::{RedactWord, SnapshotWord};
use crate::diagnostic::Diagnostic;
use crate::yaml::{self, Fields, Node};

/// Reads `snapshot`, whose short form was written out.
pub(super) fn snapshot(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<SnapshotWord> {
    let fields = Fields::open(node, &SNAPSHOT, diagnostics)?;
    let name = fields.get("name").and_then(|node| yaml::text(node, diagnostics));
    let trace = fields.get("trace").and_then(|node| yaml::boolean(node, diagnostics));
    let items = fields.get("redact").map(|node| yaml::list(node, diagnostics)).unwrap_or_default();
    let redact = items.iter().filter_map(|item| redaction(item, diagnostics)).collect();
    Some(SnapshotWord { name: name?, trace: trace.is_some_and(|trace| trace.value), redact })
}

fn redaction(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<RedactWord> {
    let fields = Fields::open(node, &REDACTION, diagnostics)?;
    let placeholder = fields.get("as").and_then(|node| yaml::text(node, diagnostics));
    let given: Vec<_> = REDACTED_PARTS.iter().filter(|(word, _)| !fields.lacks(word)).collect();
    let [(word, part)] = given.as_slice() else {
        let words = REDACTED_PARTS.map(|(word, _)| word).join(", ");
        let message = format!("a redaction has exactly one of {words}");
        let help = "write the place in the body, `/log`, or `{ pattern: \"[0-9]+ bytes\", as: size }`";
        diagnostics.push(Diagnostic::error("redaction", message).at(node.span, "").help(help));
        return None;
    };
    let text = yaml::text(fields.get(word)?, diagnostics)?;
    Some(RedactWord { part: *part, text, placeholder })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::RedactedPart;
    use crate::source::SourceMap;
    use rstest::rstest;

    fn read(text: &str) -> (Option<SnapshotWord>, Vec<String>) {
        let mut diagnostics = Vec::new();
        let node = yaml::parse(SourceMap::default().add("a.yaml", text), text, &mut diagnostics).unwrap();
        let word = snapshot(&node, &mut diagnostics);
        (word, diagnostics.into_iter().map(|found| found.message).collect())
    }

    #[test]
    fn a_snapshot_says_what_it_keeps() {
        let text =
            "{ name: flow, trace: yes, redact: [ { at: /log }, { pattern: \"v[0-9]\", as: version } ] }";
        let (word, messages) = read(text);
        assert_eq!(messages, Vec::<String>::new());
        let word = word.unwrap();
        assert!(word.trace);
        assert_eq!(word.redact[0].part, RedactedPart::Place);
        assert_eq!(word.redact[1].placeholder.as_ref().unwrap().value, "version");
    }

    #[rstest]
    #[case("{ trace: yes }", "`snapshot` needs the key `name`")]
    #[case("{ name: a, redakt: [] }", "`snapshot` has no key `redakt`")]
    #[case("{ name: a, trace: always }", "expected `yes` or `no`, found \"always\"")]
    #[case("{ name: a, redact: [ { as: b } ] }", "a redaction has exactly one of at, header, pattern")]
    #[case(
        "{ name: a, redact: [ { at: /a, header: b } ] }",
        "a redaction has exactly one of at, header, pattern"
    )]
    #[case("{ name: a, redact: [ { haeder: b } ] }", "a redaction has no key `haeder`")]
    fn a_mistake_is_told_once(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(read(text).1, [expected]);
    }
}
