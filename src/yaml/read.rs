//! Single values out of nodes; each says what it wanted when it got something else.

use std::time::Duration;

use super::size::parse_size;
use super::{Kind, Node};
use crate::clock::parse_duration;
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;

/// The diagnostic for a node that is not what stands there.
pub fn wrong_type(node: &Node, wanted: &str) -> Diagnostic {
    Diagnostic::error("wrong-type", format!("expected {wanted}, found {}", node.describe())).at(node.span, "")
}

fn read<T>(
    node: &Node,
    wanted: &str,
    value: Option<T>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Spanned<T>> {
    if value.is_none() {
        diagnostics.push(wrong_type(node, wanted));
    }
    value.map(|value| Spanned::new(value, node.span))
}

/// A text; a plain number or truth value is not one, because its quotes are missing.
pub fn text(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
    read(node, "a text", node.as_text().map(str::to_owned), diagnostics)
}

/// A whole number from 0 up.
pub fn integer(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<u64>> {
    let value = match node.kind {
        Kind::Integer(value) => u64::try_from(value).ok(),
        _ => None,
    };
    read(node, "a whole number, 0 or more", value, diagnostics)
}

/// Any number.
pub fn number(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<f64>> {
    read(node, "a number", node.to_json().as_f64(), diagnostics)
}

/// `true` or `false`, also as `yes` or `no`.
pub fn boolean(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<bool>> {
    let value = match &node.kind {
        Kind::Bool(value) => Some(*value),
        Kind::Text(word) if word == "yes" => Some(true),
        Kind::Text(word) if word == "no" => Some(false),
        _ => None,
    };
    read(node, "`yes` or `no`", value, diagnostics)
}

/// A duration.
pub fn duration(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<Duration>> {
    let value = node.as_text().and_then(parse_duration);
    read(node, "a duration such as `100ms` or `1m30s`", value, diagnostics)
}

/// A size in bytes.
pub fn size(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<u64>> {
    let value = node.as_text().and_then(parse_size);
    read(node, "a size such as `8MiB`", value, diagnostics)
}

/// One of a closed set of words, given with what each stands for.
pub fn choice<T: Clone>(
    node: &Node,
    words: &[(&str, T)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Spanned<T>> {
    let Some(word) = node.as_text() else {
        let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        diagnostics.push(wrong_type(node, &format!("one of {}", all.join(", "))));
        return None;
    };
    if let Some((_, value)) = words.iter().find(|(own, _)| *own == word) {
        return Some(Spanned::new(value.clone(), node.span));
    }
    let names = words.iter().map(|(word, _)| *word);
    let unknown =
        Diagnostic::error("unknown-word", format!("`{word}` is not one of the words that may stand here"));
    diagnostics.push(unknown.at(node.span, "unknown word").suggest(word, names));
    None
}

/// The items of a list.
pub fn list<'a>(node: &'a Node, diagnostics: &mut Vec<Diagnostic>) -> &'a [Node] {
    if let Kind::Sequence(items) = &node.kind {
        return items;
    }
    diagnostics.push(wrong_type(node, "a list"));
    &[]
}

/// The items of a list, or the one item that stands in its place.
pub fn list_or_one(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::Sequence(items) => items,
        _ => std::slice::from_ref(node),
    }
}

/// The entries of a mapping with free keys.
pub fn mapping<'a>(node: &'a Node, diagnostics: &mut Vec<Diagnostic>) -> &'a [(Spanned<String>, Node)] {
    if let Kind::Mapping(entries) = &node.kind {
        return entries;
    }
    diagnostics.push(wrong_type(node, "a mapping"));
    &[]
}
