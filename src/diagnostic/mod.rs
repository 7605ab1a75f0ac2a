//! What is wrong with a file, where, and the way out; and how that is shown.
//!
//! Every reader of files returns a value *and* all diagnostics; none gives up at the first mistake.

mod nearest;
mod render;

pub use nearest::nearest;
pub use render::render;

use crate::source::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Nothing can run.
    Error,
    /// Worth a look; everything still runs.
    Warning,
}

/// A place that belongs to a diagnostic, and what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there; may be empty.
    pub text: String,
    /// Whether the text of the file may be shown: a secret stands in some places.
    pub is_shown: bool,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Stable name, in kebab case (`unknown-key`).
    pub code: &'static str,
    /// What is wrong: lower case, one line, no full stop.
    pub message: String,
    /// Where; none for a mistake that is in no file.
    pub label: Option<Label>,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// The way out, a line each.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error that stands in no file (yet).
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { severity: Severity::Error, code, message, label: None, related: Vec::new(), help: Vec::new() }
    }

    /// A warning that stands in no file (yet).
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Says where, and what is to be seen there.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.label = Some(Label { span, text: text.into(), is_shown: true });
        self
    }

    /// Says where, without what stands there.
    #[must_use]
    pub fn at_hidden(mut self, span: Span) -> Self {
        self.label = Some(Label { span, text: String::new(), is_shown: false });
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into(), is_shown: true });
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds "did you mean …" if one of `names` is near to `wrong`, otherwise lists them all.
    #[must_use]
    pub fn suggest<'a>(self, wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        match nearest(wrong, names.iter().copied()) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None if names.is_empty() => self,
            None => self.help(format!("one of: {}", names.join(", "))),
        }
    }
}

/// Whether one of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
