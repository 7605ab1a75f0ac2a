//! What is wrong with the words of a request before it is sent: what it does, what it carries, and from which file.

use super::content::{BODIES, FILE};
use super::request::ACTIONS;
use crate::diagnostic::Diagnostic;
use crate::profile::Files;
use crate::yaml::{Fields, Kind, Node};

/// Reports what can be known of a request as it is written.
pub(super) fn examine(words: &Node, files: &Files, diagnostics: &mut Vec<Diagnostic>) {
    let actions: Vec<&str> = ACTIONS.iter().map(|(name, _)| *name).collect();
    if given(words, &actions).len() != 1 {
        let message = format!("a request has exactly one of {}", actions.join(", "));
        let help = "write where it goes behind its method: `request: { post: /jobs }`";
        diagnostics.push(Diagnostic::error("request-words", message).at(words.span, "").help(help));
    }
    if let [first, second, ..] = given(words, &BODIES).as_slice() {
        let message = format!("a request cannot have both `{first}` and `{second}`");
        let help = "take one of them away: a request has one body";
        diagnostics.push(Diagnostic::error("request-words", message).at(words.span, "").help(help));
    }
    if let Some(file) = words.get("file").filter(|file| matches!(file.kind, Kind::Mapping(_))) {
        Fields::open(file, &FILE, diagnostics);
    }
    for name in named_files(words) {
        diagnostics.extend(unknown_file(name, files));
    }
}

fn given<'n>(words: &Node, names: &[&'n str]) -> Vec<&'n str> {
    names.iter().copied().filter(|name| words.get(name).is_some()).collect()
}

/// A name that an expression makes is known only when the request is sent.
fn unknown_file(node: &Node, files: &Files) -> Option<Diagnostic> {
    let name = node.as_text().filter(|name| !name.contains("${{") && files.get(name).is_none())?;
    let unknown =
        Diagnostic::error("unknown-file", format!("the suite has no file `{name}`")).at(node.span, "");
    let near = crate::diagnostic::nearest(name, files.names());
    Some(unknown.help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("put it into the folder `files` of the suite: `files/{name}`"),
    }))
}

fn named_files(words: &Node) -> Vec<&Node> {
    let file = words.get("file").map(|node| node.get("name").unwrap_or(node));
    let parts = words.get("multipart").and_then(|node| match &node.kind {
        Kind::Mapping(entries) => Some(entries),
        _ => None,
    });
    let parts = parts.into_iter().flatten().filter_map(|(_, part)| part.get("file"));
    file.into_iter().chain(parts).collect()
}
