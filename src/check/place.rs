//! A place of an exchange from which a value can be taken: `capture: { id: /task/id }`.

use std::fmt;

use serde_json::Value;

use super::altered::alter;
use super::digest::sha256;
use super::header_name::refuse_impossible;
use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::json::Pointer;
use crate::source::Span;

/// Where to take a value from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Word(Word),
    Header(String),
    Pointer(Pointer),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Location,
    LocationRaw,
    LocationPath,
    LocationAltered,
    Status,
    Reading,
    Sent,
    Answered,
    Body,
    BodyText,
    Sha256,
}

const WORDS: [(&str, Word); 11] = [
    ("location", Word::Location),
    ("location.raw", Word::LocationRaw),
    ("location.path", Word::LocationPath),
    ("location.altered", Word::LocationAltered),
    ("status", Word::Status),
    ("reading", Word::Reading),
    ("sent", Word::Sent),
    ("answered", Word::Answered),
    ("body", Word::Body),
    ("body.text", Word::BodyText),
    ("sha256", Word::Sha256),
];

impl Word {
    fn doc(self) -> &'static str {
        match self {
            Self::Location => "The `Location`, resolved against the URL of the request.",
            Self::LocationRaw => "The `Location` as it was written; none if there is more than one.",
            Self::LocationPath => "The path of the resolved `Location`.",
            Self::LocationAltered => "The resolved `Location`, changed so that it names something else.",
            Self::Status => "The HTTP status.",
            Self::Reading => {
                "How the protocol reads the answer: `success`, `refused`, `broken` or `unreadable`; with the profile `http` that is 2xx, 4xx, 5xx, and anything else."
            }
            Self::Sent => "The instant at which the request was sent.",
            Self::Answered => "The instant at which the answer was complete.",
            Self::Body => "The body: its JSON, or its text if it is none.",
            Self::BodyText => "The body as text, in the charset that the answer names for it.",
            Self::Sha256 => "The SHA-256 of the body, in hexadecimal digits.",
        }
    }
}

/// Every place with what stands there, for people.
pub fn places() -> Vec<(String, &'static str)> {
    let words = WORDS.iter().map(|(word, kind)| ((*word).to_owned(), kind.doc()));
    let others = [
        (
            format!("{HEADER}NAME"),
            "The first header line of this name; `expect` looks at all of them, joined by `, `.",
        ),
        ("/task/id".to_owned(), "A place in a JSON body, as a JSON Pointer (RFC 6901)."),
    ];
    words.chain(others).collect()
}

/// What a place looks like, as a regular expression for editors.
pub fn place_pattern() -> String {
    let words = WORDS.map(|(word, _)| word.replace('.', r"\.")).join("|");
    format!(r"^(?:{words}|{}.+|/.*)$", HEADER.replace('.', r"\."))
}

/// What stands before the name of a header.
const HEADER: &str = "header.";

impl Place {
    /// Reads a place; what is none is reported.
    pub fn parse(text: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        if text.starts_with('/') {
            return match Pointer::parse(text) {
                Ok(pointer) => Some(Self(Kind::Pointer(pointer))),
                Err(reason) => {
                    let message = format!("`{text}` is no JSON Pointer: it {reason}");
                    let help = "a JSON Pointer looks like `/task/id`";
                    diagnostics.push(Diagnostic::error("bad-pointer", message).at(span, "").help(help));
                    None
                }
            };
        }
        if let Some(name) = text.strip_prefix(HEADER).filter(|name| !name.is_empty()) {
            refuse_impossible(name, span, diagnostics);
            return Some(Self(Kind::Header(name.to_ascii_lowercase())));
        }
        let word = WORDS.iter().find(|(word, _)| *word == text).map(|(_, word)| Self(Kind::Word(*word)));
        if word.is_none() {
            diagnostics.push(unknown(text, span));
        }
        word
    }

    /// What stands there, if anything does.
    pub fn read(&self, view: &View<'_>) -> Option<Value> {
        match &self.0 {
            Kind::Pointer(pointer) => pointer.get(view.json()?).cloned(),
            Kind::Header(name) => view.response().ok()?.headers.first(name).map(Value::from),
            Kind::Word(word) => word.read(view),
        }
    }

    /// Whether only an answer has it.
    pub fn is_of_an_answer(&self) -> bool {
        match &self.0 {
            Kind::Word(Word::Location | Word::LocationRaw | Word::LocationPath | Word::LocationAltered) => {
                true
            }
            Kind::Word(word) => matches!(word, Word::Status | Word::Reading),
            Kind::Header(_) | Kind::Pointer(_) => false,
        }
    }

    /// What kind of value stands there, if that does not depend on the answer.
    pub(super) fn kind(&self) -> Option<super::Kind> {
        match &self.0 {
            Kind::Pointer(_) | Kind::Word(Word::Body) => None,
            Kind::Word(Word::Status) => Some(super::Kind::Number),
            Kind::Header(_) | Kind::Word(_) => Some(super::Kind::Text),
        }
    }

    /// Why nothing can be taken from it, if that is because of what the body is; as a sentence.
    pub(super) fn obstacle(&self, view: &View<'_>) -> Option<String> {
        let unread = match self.0 {
            Kind::Pointer(_) => view.unread_json(),
            Kind::Word(Word::Body) => view.unread_json().and(view.unread_text()),
            Kind::Word(Word::BodyText) => view.unread_text(),
            Kind::Header(_) | Kind::Word(_) => Ok(()),
        };
        match (unread, &self.0) {
            (Err(unread), _) => Some(unread.0),
            (Ok(()), Kind::Pointer(_)) => view.without_json().map(|body| format!("its body is {body}")),
            (Ok(()), _) => None,
        }
    }

    /// What messages call it.
    pub fn describe(&self) -> String {
        self.to_string()
    }
}

impl Word {
    fn read(self, view: &View<'_>) -> Option<Value> {
        let answer = || view.response().ok();
        match self {
            Self::Location => view.location().map(Value::from),
            Self::LocationRaw => view.only_location().map(Value::from),
            Self::LocationPath => view.location_url().map(|url| url.path().into()),
            Self::LocationAltered => view.location_url().map(|url| alter(&url).into()),
            Self::Status => answer().map(|response| response.status.into()),
            Self::Reading => view.reading().map(|reading| reading.word().into()),
            Self::Sent => Some(view.moments.sent.to_string().into()),
            Self::Answered => answer().map(|_| view.moments.answered.to_string().into()),
            Self::Body => {
                view.unread_json().ok()?;
                view.json().cloned().or_else(|| text(view))
            }
            Self::BodyText => text(view),
            Self::Sha256 => answer().map(|response| sha256(&response.body).into()),
        }
    }
}

fn text(view: &View<'_>) -> Option<Value> {
    view.unread_text().ok()?;
    view.response().ok()?.text().read().map(Value::from)
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Word(word) => out.write_str(WORDS[*word as usize].0),
            Kind::Header(name) => write!(out, "header {name}"),
            Kind::Pointer(pointer) => write!(out, "{pointer}"),
        }
    }
}

fn unknown(text: &str, span: Span) -> Diagnostic {
    let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
    let unknown =
        Diagnostic::error("unknown-place", format!("`{text}` is no place of an answer")).at(span, "");
    match crate::diagnostic::nearest(text, words.iter().copied()) {
        Some(near) => unknown.help(format!("did you mean `{near}`?")),
        None => unknown.help(format!(
            "one of: {}, {HEADER}NAME, or a JSON Pointer such as `/task/id`",
            words.join(", ")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::{answer, compile, silence, snapshot, view};
    use crate::http::message::Failure;
    use crate::yaml::Node;
    use rstest::rstest;
    use serde_json::json;

    fn parse(text: &str) -> (Option<Place>, String) {
        compile(text, |node: &Node, compiler| {
            Place::parse(node.as_text().unwrap(), node.span, compiler.diagnostics)
        })
    }

    #[rstest]
    #[case("status", json!(201))]
    #[case("location", json!("http://mock/b"))]
    #[case("location.raw", json!("/b"))]
    #[case("location.path", json!("/b"))]
    #[case("location.altered", json!("http://mock/e"))]
    #[case("reading", json!("success"))]
    #[case("sent", json!("2024-01-15T12:00:10Z"))]
    #[case("answered", json!("2024-01-15T12:00:14Z"))]
    #[case("body", json!({"a": [1]}))]
    #[case("body.text", json!("{\"a\":[1]}"))]
    #[case("header.X-Id", json!("7"))]
    #[case("/a/0", json!(1))]
    #[case("/a/1", Value::Null)]
    #[case("header.none", Value::Null)]
    fn values_are_taken_from_places(#[case] text: &str, #[case] expected: Value) {
        let place = parse(text).0.unwrap();
        let exchange = answer(201, &[("Location", "/b"), ("x-id", "7")], r#"{"a":[1]}"#);
        assert_eq!(view(&exchange, |view| place.read(view)).unwrap_or_default(), expected);
    }

    #[test]
    fn without_an_answer_there_is_only_the_moment_of_sending() {
        let read = |text: &str| view(&silence(Failure::Closed), |view| parse(text).0.unwrap().read(view));
        assert!(read("sent").is_some());
        let others = WORDS.iter().map(|(word, _)| *word).filter(|word| *word != "sent");
        others.for_each(|word| assert_eq!(read(word), None, "{word}"));
    }

    #[test]
    fn a_body_that_is_no_json_is_text() {
        let place = parse("body").0.unwrap();
        assert_eq!(view(&answer(200, &[], "hello"), |view| place.read(view)), Some(json!("hello")));
    }

    #[test]
    fn other_places_are_refused() {
        let each = ["locaton", "somewhere", "/a~x", "header."].map(|text| parse(text).1);
        snapshot("places", &each.join("\n\n"));
    }
}
