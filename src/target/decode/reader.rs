//! Reads single values and files of a target file, and collects what is wrong with them.

use std::io;
use std::path::{Component, Path};
use std::time::Duration;

use super::Input;
use crate::diagnostic::Diagnostic;
use crate::http::url::Url;
use crate::source::Spanned;
use crate::target::Window;
use crate::target::shape::{NONE, WINDOW};
use crate::yaml::{self, Fields, Kind, Node, Shape};

pub(super) struct Reader<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn open<'n>(&mut self, node: &'n Node, shape: &'static Shape) -> Option<Fields<'n>> {
        Fields::open(node, shape, self.diagnostics)
    }

    pub(super) fn text(&mut self, node: &Node) -> Option<String> {
        Some(yaml::text(node, self.diagnostics)?.value)
    }

    pub(super) fn integer(&mut self, node: &Node) -> Option<u64> {
        Some(yaml::integer(node, self.diagnostics)?.value)
    }

    pub(super) fn boolean(&mut self, node: &Node) -> Option<bool> {
        Some(yaml::boolean(node, self.diagnostics)?.value)
    }

    pub(super) fn duration(&mut self, node: &Node) -> Option<Duration> {
        Some(yaml::duration(node, self.diagnostics)?.value)
    }

    pub(super) fn choice<T: Clone>(&mut self, node: &Node, words: &[(&str, T)]) -> Option<T> {
        Some(yaml::choice(node, words, self.diagnostics)?.value)
    }

    /// One of a set of words that stand for themselves.
    pub(super) fn word(&mut self, node: &Node, words: &[&'static str]) -> Option<String> {
        let pairs: Vec<(&str, &str)> = words.iter().map(|word| (*word, *word)).collect();
        self.choice(node, &pairs).map(str::to_owned)
    }

    pub(super) fn texts(&mut self, node: &Node) -> Vec<String> {
        let items = yaml::list(node, self.diagnostics);
        items.iter().filter_map(|item| self.text(item)).collect()
    }

    pub(super) fn url(&mut self, node: &Node) -> Option<Url> {
        if let Kind::Mapping(_) = node.kind {
            let help =
                "write it as a text, or where it stands: `{ env: NAME, default: \"http://127.0.0.1:8080\" }`";
            self.report(yaml::wrong_type(node, "a URL or `{ env: NAME }`").help(help));
            return None;
        }
        let text = yaml::text(node, self.diagnostics)?;
        match Url::parse(&text.value) {
            Ok(url) => Some(url),
            Err(reason) => {
                let message = format!("{} {reason}", node.describe());
                let help = "write one such as \"http://127.0.0.1:48080\"";
                self.report(Diagnostic::error("url", message).at(text.span, "").help(help));
                None
            }
        }
    }

    pub(super) fn window(&mut self, node: &Node) -> Option<Window> {
        let fields = self.open(node, &WINDOW)?;
        let at_least = self.duration(fields.get("at_least")?)?;
        let at_most = self.duration(fields.get("at_most")?)?;
        if at_least > at_most {
            let diagnostic = Diagnostic::error("window", "`at_least` is longer than `at_most`");
            self.report(diagnostic.at(node.span, "no time lies between them").help("exchange the two"));
        }
        Some(Window { at_least, at_most })
    }

    /// The bytes of a PEM file, or of the PEM text that stands in the place of its path, as from a variable.
    pub(super) fn pem(&mut self, node: &Node) -> Option<Vec<u8>> {
        match node.as_text().filter(|text| text.trim_start().starts_with("-----BEGIN ")) {
            Some(text) => Some(text.as_bytes().to_owned()),
            None => self.file(node),
        }
    }

    /// The bytes of a file below the target file's folder.
    pub(super) fn file(&mut self, node: &Node) -> Option<Vec<u8>> {
        let name = yaml::text(node, self.diagnostics)?;
        if !stays_below(Path::new(&name.value)) {
            let message = format!("`{}` does not lie below the target file's folder", name.value);
            let help = "move it there, and write its path from there";
            self.report(Diagnostic::error("file-outside", message).at(name.span, "").help(help));
            return None;
        }
        match self.input.system.read(&self.input.folder.join(&name.value)) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                self.report(unreadable(&name, &error));
                None
            }
        }
    }
}

/// Whether the node is the word `none`.
pub(super) fn is_none(node: &Node) -> bool {
    node.as_text() == Some(NONE)
}

fn stays_below(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

fn unreadable(name: &Spanned<String>, error: &io::Error) -> Diagnostic {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file below the target file's folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        kind => kind.to_string(),
    };
    let message = format!("cannot read `{}`: {reason}", name.value);
    let help = "put it there, or write the path by which it is reached from there";
    Diagnostic::error("file-unreadable", message).at(name.span, "").help(help)
}
