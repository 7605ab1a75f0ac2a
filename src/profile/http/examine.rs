//! What is wrong with the words of a request before it is sent: what it does, where to, what it carries, and from which
//! file. What holds an expression is looked at when it is sent.

mod message;
mod target;

use super::content::{self, BODIES};
use super::request::ACTIONS;
use crate::diagnostic::Diagnostic;
use crate::profile::Files;
use crate::source::Spanned;
use crate::yaml::{Kind, Node};

/// Reports what can be known of a request as it is written.
pub(super) fn examine(words: &Node, files: &Files, diagnostics: &mut Vec<Diagnostic>) {
    let actions: Vec<&str> = ACTIONS.iter().map(|(name, _)| *name).collect();
    if let [action] = given(words, &actions).as_slice() {
        diagnostics.extend(message::method(words, action));
        target::examine(words, action, diagnostics);
    } else {
        let message = format!("a request has exactly one of {}", actions.join(", "));
        let help = "write where it goes behind its method: `request: { post: /jobs }`";
        diagnostics.push(refused(message, words, help));
    }
    if let [first, second, ..] = given(words, &BODIES).as_slice() {
        let message = format!("a request cannot have both `{first}` and `{second}`");
        diagnostics.push(refused(message, words, "take one of them away: a request has one body"));
    }
    message::examine(words, diagnostics);
    let unknown: Vec<Diagnostic> =
        named_files(words).into_iter().filter_map(|name| unknown_file(name, files)).collect();
    if unknown.is_empty() {
        diagnostics.extend(words.get("file").and_then(|file| missing_part(file, files)));
    }
    diagnostics.extend(unknown);
}

/// Words that make no request, or none that was meant.
fn refused(message: String, node: &Node, help: &str) -> Diagnostic {
    Diagnostic::error("request-words", message).at(node.span, "").help(help)
}

/// Whether a text comes to the same wherever it is sent.
fn constant(node: &Node) -> Option<&str> {
    node.as_text().filter(|text| !text.contains("${{"))
}

/// A part of a file that does not lie within it; what an expression comes to is known only when the request is sent.
fn missing_part(file: &Node, files: &Files) -> Option<Diagnostic> {
    let Kind::Mapping(entries) = &file.kind else { return None };
    let is_settled = |(key, node): &(Spanned<String>, Node)| match key.value.as_str() {
        "name" => constant(node).is_some(),
        _ => matches!(node.kind, Kind::Integer(_)),
    };
    if file.get("name").is_none() || !entries.iter().all(is_settled) {
        return None;
    }
    let reason = content::file(&file.to_json(), files).err()?;
    let help = "count `offset` from 0; without `length` the file is sent up to its end";
    Some(Diagnostic::error("file-part", reason).at(file.span, "").help(help))
}

fn given<'n>(words: &Node, names: &[&'n str]) -> Vec<&'n str> {
    names.iter().copied().filter(|name| words.get(name).is_some()).collect()
}

/// A name that an expression makes is known only when the request is sent.
fn unknown_file(node: &Node, files: &Files) -> Option<Diagnostic> {
    let name = constant(node).filter(|name| files.get(name).is_none())?;
    let unknown =
        Diagnostic::error("unknown-file", format!("the suite has no file `{name}`")).at(node.span, "");
    if name.starts_with('/') || name.split('/').any(|part| part == "..") {
        return Some(unknown.help("copy it below the suite's folder `files`, and write its path from there"));
    }
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

#[cfg(test)]
mod tests;
