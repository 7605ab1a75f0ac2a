//! What a step's own snapshot does not keep: places of a JSON body, headers, and whatever fits a pattern. Knows which
//! texts stand in their place, and nothing of how an answer is written down.

use std::collections::BTreeSet;

use regex::Regex;

use super::regular;
use super::snapshot::HEADERS;
use crate::diagnostic::Diagnostic;
use crate::json::Pointer;
use crate::scenario::{RedactWord, RedactedPart};
use crate::source::Spanned;

/// What stands in the place of something whose redaction names nothing.
const PLACEHOLDER: &str = "redacted";

/// The redactions of one snapshot, as its step writes them.
#[derive(Debug, Default)]
pub struct Omissions(Vec<Omission>);

#[derive(Debug)]
struct Omission {
    part: Part,
    placeholder: String,
}

#[derive(Debug)]
enum Part {
    Place(Pointer),
    Header(String),
    Pattern(Regex),
}

/// Which redactions had something to do, by their numbers.
pub(super) type Uses = BTreeSet<usize>;

impl Omissions {
    /// Compiles what a step says; what cannot be meant is reported.
    pub fn compile(words: &[RedactWord], diagnostics: &mut Vec<Diagnostic>) -> Self {
        Self(words.iter().filter_map(|word| compile(word, diagnostics)).collect())
    }

    /// What stands in the place of the value to which `tokens` lead, if it is not kept.
    pub(super) fn at(&self, tokens: &[String], uses: &mut Uses) -> Option<&str> {
        self.first(uses, |part| matches!(part, Part::Place(place) if place.fits(tokens)))
    }

    /// What stands in the place of a header's value, if it is not kept.
    pub(super) fn header(&self, name: &str, uses: &mut Uses) -> Option<&str> {
        self.first(uses, |part| matches!(part, Part::Header(own) if own == name))
    }

    /// The text without what fits a pattern.
    pub(super) fn text(&self, text: String, uses: &mut Uses) -> String {
        self.0.iter().enumerate().fold(text, |text, (number, Omission { part, placeholder })| match part {
            Part::Pattern(pattern) if pattern.is_match(&text) => {
                uses.insert(number);
                pattern.replace_all(&text, regex::NoExpand(placeholder)).into_owned()
            }
            _ => text,
        })
    }

    /// What had nothing to do, as it is written.
    pub(super) fn unused(&self, uses: &Uses) -> Vec<String> {
        let unused = self.0.iter().enumerate().filter(|(number, _)| !uses.contains(number));
        unused.map(|(_, omission)| omission.part.describe()).collect()
    }

    fn first(&self, uses: &mut Uses, is_meant: impl Fn(&Part) -> bool) -> Option<&str> {
        let number = self.0.iter().position(|omission| is_meant(&omission.part))?;
        uses.insert(number);
        Some(&self.0[number].placeholder)
    }
}

impl Part {
    fn describe(&self) -> String {
        match self {
            Self::Place(place) => format!("place `{place}`"),
            Self::Header(name) => format!("header `{name}`"),
            Self::Pattern(pattern) => format!("pattern `{pattern}`"),
        }
    }
}

fn compile(word: &RedactWord, diagnostics: &mut Vec<Diagnostic>) -> Option<Omission> {
    let placeholder = word.placeholder.as_ref().and_then(|name| placeholder(name, diagnostics));
    let placeholder = format!("[{}]", placeholder.unwrap_or(PLACEHOLDER));
    let part = match word.part {
        RedactedPart::Place => place(&word.text, diagnostics).map(Part::Place),
        RedactedPart::Header => header(&word.text, diagnostics).map(Part::Header),
        RedactedPart::Pattern => pattern(&word.text, diagnostics).map(Part::Pattern),
    };
    part.map(|part| Omission { part, placeholder })
}

/// A digit could make an id of the name, which would then be numbered.
fn placeholder<'w>(name: &'w Spanned<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<&'w str> {
    let is_letter = |letter: char| letter.is_ascii_alphabetic() || "-_ ".contains(letter);
    if !name.value.is_empty() && name.value.chars().all(is_letter) {
        return Some(&name.value);
    }
    let message = format!("`{}` cannot stand for what is not kept: letters, `-` and `_` only", name.value);
    let wrong = Diagnostic::error("redaction", message).at(name.span, "");
    diagnostics.push(wrong.help("write a word such as `build`: a snapshot then says `[build]`"));
    None
}

fn place(text: &Spanned<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<Pointer> {
    let parsed = Pointer::parse(&text.value);
    if let Err(reason) = parsed {
        let message = format!("`{}` is no JSON Pointer: it {reason}", text.value);
        let help = "a place looks like `/task/log` or `/items/*/id`; for a header write `{ header: NAME }`, for a text `{ pattern: REGEX }`";
        diagnostics.push(Diagnostic::error("bad-pointer", message).at(text.span, "").help(help));
    }
    parsed.ok()
}

fn header(name: &Spanned<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let lower = name.value.to_ascii_lowercase();
    if HEADERS.contains(&lower.as_str()) {
        return Some(lower);
    }
    let message = format!("a snapshot keeps no header `{}`, so there is nothing to redact", name.value);
    diagnostics.push(Diagnostic::error("redaction", message).at(name.span, "").suggest(&lower, HEADERS));
    None
}

fn pattern(text: &Spanned<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<Regex> {
    let regex = regular::parse(&text.value, text.span, diagnostics)?;
    if !regex.is_match("") {
        return Some(regex);
    }
    let message = format!("`{}` fits every text, even none", text.value);
    let help = "write what must be there: `[0-9]+` in place of `[0-9]*`";
    diagnostics.push(Diagnostic::error("redaction", message).at(text.span, "").help(help));
    None
}
