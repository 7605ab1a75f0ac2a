//! `--set KEY=VALUE`: one scalar of the target file, changed in the tree before it is decoded.

use super::place;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span, Spanned};
use crate::yaml::{Kind, Node, Value};

/// A scalar that replaces one of the target file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    key: String,
    value: String,
    span: Span,
}

impl Setting {
    /// Reads `KEY=VALUE`, which is the text of `source`; the key is a dotted path (`timing.poll`).
    pub fn parse(source: SourceId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        let span = |end| Span::new(source, 0..end);
        let Some((key, value)) = text.split_once('=').filter(|(key, _)| !key.is_empty()) else {
            let help = "write a dotted path and one value: timing.poll=50ms";
            let diagnostic = Diagnostic::error("setting", format!("`{text}` is not `KEY=VALUE`"));
            diagnostics.push(diagnostic.at(span(text.len()), "").help(help));
            return None;
        };
        Some(Self { key: key.to_owned(), value: value.to_owned(), span: span(key.len()) })
    }
}

/// Changes the tree by each setting in turn.
pub(super) fn apply(root: &mut Node, shape: &Value, settings: &[Setting], diagnostics: &mut Vec<Diagnostic>) {
    for setting in settings {
        let parts: Vec<&str> = setting.key.split('.').collect();
        diagnostics.extend(change(root, shape, &parts, setting).err().map(|diagnostic| *diagnostic));
    }
}

fn change(node: &mut Node, value: &Value, parts: &[&str], setting: &Setting) -> Result<(), Box<Diagnostic>> {
    let Some((part, rest)) = parts.split_first() else {
        return replace(node, value, setting);
    };
    match (position(node, part), place::keys(value).contains(part)) {
        (Some(at), _) => descend(node, value, at, rest, setting),
        (None, true) => {
            let at = insert(node, part, setting.span);
            descend(node, value, at, rest, setting)
        }
        (None, false) => Err(Box::new(unknown(node, value, part, setting))),
    }
}

fn descend(
    node: &mut Node,
    value: &Value,
    at: usize,
    rest: &[&str],
    setting: &Setting,
) -> Result<(), Box<Diagnostic>> {
    let Kind::Mapping(entries) = &mut node.kind else { return Ok(()) };
    let (key, child) = &mut entries[at];
    match place::member(value, &key.value) {
        Some(value) => change(child, value, rest, setting),
        None => Ok(()),
    }
}

fn replace(node: &mut Node, value: &Value, setting: &Setting) -> Result<(), Box<Diagnostic>> {
    if !place::takes_scalar(value) {
        let message = format!("`{}` is no single value, so that `--set` cannot change it", setting.key);
        let diagnostic = Diagnostic::error("setting", message).at(setting.span, "no single value");
        return Err(Box::new(match place::keys(value).first() {
            Some(first) => diagnostic.help(format!("name a key below it, such as `{}.{first}`", setting.key)),
            None => diagnostic.help("change it in the target file"),
        }));
    }
    *node = Node { span: setting.span, kind: place::scalar(value, &setting.value) };
    Ok(())
}

fn position(node: &Node, key: &str) -> Option<usize> {
    let Kind::Mapping(entries) = &node.kind else { return None };
    entries.iter().position(|(own, _)| own.value == key)
}

/// Adds a key that may stand here but does not yet; whatever else stood here gives way.
fn insert(node: &mut Node, key: &str, span: Span) -> usize {
    if !matches!(node.kind, Kind::Mapping(_)) {
        *node = Node { span, kind: Kind::Mapping(Vec::new()) };
    }
    let Kind::Mapping(entries) = &mut node.kind else { return 0 };
    entries.push((Spanned::new(key.to_owned(), span), Node { span, kind: Kind::Null }));
    entries.len() - 1
}

fn unknown(node: &Node, value: &Value, part: &str, setting: &Setting) -> Diagnostic {
    let mut names: Vec<&str> = place::keys(value);
    if let (true, Kind::Mapping(entries)) = (names.is_empty(), &node.kind) {
        names = entries.iter().map(|(key, _)| key.value.as_str()).collect();
    }
    let message = format!("the target file has no key `{}`", setting.key);
    let diagnostic = Diagnostic::error("unknown-setting", message);
    diagnostic.at(setting.span, format!("`{part}` is unknown")).suggest(part, names)
}
