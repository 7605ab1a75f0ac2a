//! Short forms of a step, written out: what is abbreviated gets its full form, and what is left out its default.
//!
//! The decoder reads what comes of this, so that what `plan` shows is what is done.

use super::DEFAULT_PRINCIPAL;
use crate::source::{Span, Spanned};
use crate::yaml::{Kind, Node};

type Entry = (Spanned<String>, Node);

/// A step with every short form written out, also in the steps inside it.
pub(super) fn step(node: &Node) -> Node {
    let Kind::Mapping(entries) = &node.kind else { return node.clone() };
    let mut entries: Vec<Entry> =
        entries.iter().map(|(key, value)| (key.clone(), member(&key.value, value))).collect();
    add_behind("name", "as", text(DEFAULT_PRINCIPAL, node.span), &mut entries);
    if entries.iter().any(|(key, _)| key.value == "poll") {
        add_behind("poll", "every", text("${{ target.poll }}", node.span), &mut entries);
    }
    Node { span: node.span, kind: Kind::Mapping(entries) }
}

fn member(key: &str, value: &Node) -> Node {
    match key {
        "poll" if value.as_text().is_some() => wrapped("get", value),
        "until" | "pending" => block(value),
        "snapshot" => snapshot(value),
        "steps" => steps(value),
        "parallel" => branches(value),
        "either" => ways(value),
        _ => value.clone(),
    }
}

/// `until: 303` is short for `until: { status: 303 }`.
fn block(node: &Node) -> Node {
    match &node.kind {
        Kind::Integer(_) | Kind::Sequence(_) => wrapped("status", node),
        _ => node.clone(),
    }
}

/// `snapshot: NAME` is short for `snapshot: { name: NAME }`, and a text under `redact` for a place.
fn snapshot(node: &Node) -> Node {
    let Kind::Mapping(entries) = &node.kind else { return wrapped("name", node) };
    let entries = entries.iter().map(|(key, value)| match (key.value.as_str(), &value.kind) {
        ("redact", Kind::Sequence(items)) => {
            let items = items.iter().map(redaction).collect();
            (key.clone(), Node { span: value.span, kind: Kind::Sequence(items) })
        }
        _ => (key.clone(), value.clone()),
    });
    Node { span: node.span, kind: Kind::Mapping(entries.collect()) }
}

fn redaction(node: &Node) -> Node {
    if node.as_text().is_some() { wrapped("at", node) } else { node.clone() }
}

fn steps(node: &Node) -> Node {
    let Kind::Sequence(items) = &node.kind else { return node.clone() };
    Node { span: node.span, kind: Kind::Sequence(items.iter().map(step).collect()) }
}

fn branches(node: &Node) -> Node {
    let Kind::Mapping(entries) = &node.kind else { return node.clone() };
    let entries = entries.iter().map(|(name, list)| (name.clone(), steps(list)));
    Node { span: node.span, kind: Kind::Mapping(entries.collect()) }
}

fn ways(node: &Node) -> Node {
    let Kind::Sequence(items) = &node.kind else { return node.clone() };
    let way = |item: &Node| match &item.kind {
        Kind::Mapping(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), member(&key.value, value)));
            Node { span: item.span, kind: Kind::Mapping(entries.collect()) }
        }
        _ => item.clone(),
    };
    Node { span: node.span, kind: Kind::Sequence(items.iter().map(way).collect()) }
}

/// Adds a key that is left out, behind the one that it belongs to; in front, if that is not there either.
fn add_behind(before: &str, name: &str, value: Node, entries: &mut Vec<Entry>) {
    if entries.iter().all(|(key, _)| key.value != name) {
        let place = entries.iter().position(|(key, _)| key.value == before).map_or(0, |at| at + 1);
        entries.insert(place, (key(name, value.span), value));
    }
}

fn wrapped(name: &str, node: &Node) -> Node {
    Node { span: node.span, kind: Kind::Mapping(vec![(key(name, node.span), node.clone())]) }
}

fn key(name: &str, span: Span) -> Spanned<String> {
    Spanned::new(name.to_owned(), span)
}

fn text(value: &str, span: Span) -> Node {
    Node { span, kind: Kind::Text(value.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;
    use crate::yaml::{emit, parse};

    #[test]
    fn short_forms_are_written_out_once() {
        let written = "{ name: rounds, repeat: { times: 2 }, steps: [ { name: poll, as: stranger, poll: \"${{ uri }}\", \
            until: 303, pending: [200, 202], within: 30s, snapshot: { name: end, redact: [ /log ] } } ] }";
        let source = SourceMap::default().add("a.yaml", written);
        let node = parse(source, written, &mut Vec::new()).unwrap();
        let expanded = step(&node);
        insta::assert_snapshot!(emit(&expanded), @r#"
        name: rounds
        as: owner
        repeat: { times: 2 }
        steps:
          - name: poll
            as: stranger
            poll: { get: "${{ uri }}" }
            every: "${{ target.poll }}"
            until: { status: 303 }
            pending: { status: [200, 202] }
            within: 30s
            snapshot: { name: end, redact: [{ at: "/log" }] }
        "#);
        assert_eq!(step(&expanded), expanded);
    }
}
