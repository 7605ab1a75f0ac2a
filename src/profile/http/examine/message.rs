//! Mistakes in what a request says besides its place: its method and its headers.

use super::{constant, refused};
use crate::diagnostic::Diagnostic;
use crate::profile::http::head;
use crate::yaml::{Kind, Node};

/// What is wrong with `method`, which `raw` needs and nothing else takes.
pub(super) fn method(words: &Node, action: &str) -> Option<Diagnostic> {
    match (words.get("method"), action) {
        (None, "raw") => {
            let message = "`raw` needs a `method` beside it".to_owned();
            Some(refused(message, words, "write which: `request: { raw: /cache, method: PURGE }`"))
        }
        (Some(node), "raw") => {
            let reason = head::method(constant(node)?.to_owned()).err()?;
            Some(refused(reason, node, "write one word, such as `PURGE`"))
        }
        (Some(node), _) => {
            let message = "`method` means something only beside `raw`".to_owned();
            let help = format!("take it away, or write `raw` in place of `{action}`");
            Some(refused(message, node, &help))
        }
        (None, _) => None,
    }
}

/// Reports the headers that cannot be written.
pub(super) fn examine(words: &Node, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(Kind::Mapping(entries)) = words.get("headers").map(|node| &node.kind) {
        for (name, value) in entries.iter().filter(|(name, _)| !name.value.contains("${{")) {
            let text = constant(value).unwrap_or_default();
            let place = if head::header(&name.value, "").is_err() { name.span } else { value.span };
            diagnostics.extend(head::header(&name.value, text).err().map(|reason| unwritable(reason, place)));
        }
    }
    let media_type = words.get("content_type").and_then(|node| Some((constant(node)?, node.span)));
    if let Some((text, span)) = media_type {
        diagnostics.extend(head::header("Content-Type", text).err().map(|reason| unwritable(reason, span)));
    }
}

fn unwritable(reason: String, span: crate::source::Span) -> Diagnostic {
    let help = "write a name such as `X-Request-Id`, and a value of one line";
    Diagnostic::error("header", reason).at(span, "").help(help)
}
