//! A workflow command: one line that the runner of GitHub Actions takes out of the log.

use std::fmt;

use crate::report::visible;

/// How much attention an annotation asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something closes the gate.
    Error,
    /// Something is in doubt.
    Warning,
    /// Something is worth knowing.
    Notice,
}

impl Kind {
    /// All of them, the most important first.
    pub(super) const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Notice];

    fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// Where an annotation is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Site {
    /// The file; none if nothing in the repository is to blame.
    pub file: Option<String>,
    /// Line and column, counted from 1.
    pub position: Option<(usize, usize)>,
}

/// One annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Annotation {
    /// How much attention it asks for.
    pub kind: Kind,
    /// Where it is shown.
    pub site: Site,
    /// What stands above it.
    pub title: String,
    /// What it says; may have several lines.
    pub message: String,
}

impl fmt::Display for Annotation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "::{} ", self.kind.word())?;
        if let Some(file) = &self.site.file {
            write!(out, "file={},", property(file))?;
        }
        if let Some((line, column)) = self.site.position {
            write!(out, "line={line},col={column},")?;
        }
        writeln!(out, "title={}::{}", property(&self.title), data(&self.message))
    }
}

/// A text after the second `::`.
fn data(text: &str) -> String {
    visible::harmless(text, &[]).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text before the second `::`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_it_or_begins_another_command() {
        let annotation = Annotation {
            kind: Kind::Warning,
            site: Site { file: Some("a,b:c.yaml".to_owned()), position: Some((3, 7)) },
            title: "100%, or: not".to_owned(),
            message: "one\r\n::error::two % %0A".to_owned(),
        };
        let line = "::warning file=a%2Cb%3Ac.yaml,line=3,col=7,title=100%25%2C or%3A not::\
                    one\\u{d}%0A::error::two %25 %250A\n";
        assert_eq!(annotation.to_string(), line);
    }

    #[test]
    fn an_annotation_needs_no_place() {
        let annotation = Annotation {
            kind: Kind::Error,
            site: Site::default(),
            title: "title".to_owned(),
            message: "message".to_owned(),
        };
        assert_eq!(annotation.to_string(), "::error title=title::message\n");
    }
}
