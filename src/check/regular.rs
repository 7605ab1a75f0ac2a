//! Regular expressions as people write them, and what is wrong with one in a line of words.

use regex::Regex;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Reads a regular expression; what is none is reported.
pub(super) fn parse(text: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Regex> {
    match Regex::new(text) {
        Ok(regex) => Some(regex),
        Err(error) => {
            let message = format!("not a regular expression: {}", reason(&error));
            let help = "the syntax is that of the regex crate: no look-around and no back-references";
            diagnostics.push(Diagnostic::error("bad-regex", message).at(span, "").help(help));
            None
        }
    }
}

/// The package draws a picture of several lines; its last line says what is wrong.
pub(super) fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}
