//! One exchange as a check sees it; its body is parsed once, and only if somebody asks.

use std::cell::OnceCell;
use std::time::Duration;

use jiff::Timestamp;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::judgement::Unreached;
use super::schema::Schemas;
use crate::http::message::{Answer, Exchange, Response, Text, Url, codings, readable};
use crate::json::limit;
use crate::outcome::failure;
use crate::profile::{Judged, Profile, Reading};
use crate::scenario::Lookup;

/// When an exchange took place.
#[derive(Debug, Clone, Copy)]
pub struct Moments {
    /// When its step began, on the clock of the exchange's timing.
    pub step_started: Duration,
    /// When the request was sent, by the wall clock.
    pub sent: Timestamp,
    /// When the answer was complete, by the wall clock.
    pub answered: Timestamp,
}

/// Who can read the answer, and what it is read by.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The protocol.
    pub profile: &'a dyn Profile,
    /// What an answer is judged by, besides itself.
    pub judged: Judged<'a>,
}

/// One exchange and everything that a check may ask about it.
pub struct View<'a> {
    /// What was sent and what came.
    pub exchange: &'a Exchange,
    /// When.
    pub moments: Moments,
    /// How the answer is read.
    pub reader: Reader<'a>,
    /// Where names get their values from.
    pub lookup: &'a dyn Lookup,
    /// The schemas of the suite.
    pub schemas: &'a Schemas,
    content: OnceCell<Content>,
}

/// The body of an answer.
#[derive(Debug)]
pub(super) enum Content {
    /// No byte.
    Empty,
    /// JSON.
    Json(Value),
    /// JSON that goes beyond what the parser reads, in words.
    Beyond(String),
    /// Anything else, in words.
    Other(String),
}

impl<'a> View<'a> {
    /// Looks at an exchange.
    pub fn new(
        exchange: &'a Exchange,
        moments: Moments,
        reader: Reader<'a>,
        lookup: &'a dyn Lookup,
        schemas: &'a Schemas,
    ) -> Self {
        Self { exchange, moments, reader, lookup, schemas, content: OnceCell::new() }
    }

    /// The complete answer; otherwise what came in its place, in words.
    pub fn response(&self) -> Result<&'a Response, String> {
        match &self.exchange.answer {
            Answer::Response(response) => Ok(response),
            Answer::None(why) => Err(format!("no answer: {}", failure::describe(why))),
        }
    }

    /// Why there is nothing to judge, if that is not the server's doing.
    pub fn out_of_reach(&self) -> Option<String> {
        match &self.exchange.answer {
            Answer::None(why) if why.is_own() || why.is_environment() => Some(failure::describe(why)),
            _ => None,
        }
    }

    /// Why nothing can be said of the content of the body: its bytes are coded, which is legal unless the request says
    /// that it takes no coding, and nothing here decodes them.
    pub(super) fn undecoded(&self) -> Result<(), Unreached> {
        let Ok(response) = self.response() else { return Ok(()) };
        let codings = codings(&response.headers);
        if codings.is_empty() || response.body.is_empty() {
            return Ok(());
        }
        let codings = codings.join(", ");
        let why = match self.exchange.request.headers.first("accept-encoding") {
            Some(accepted) => format!("where `Accept-Encoding: {accepted}` was sent"),
            None => {
                "as a server may unless it is asked for `headers: { Accept-Encoding: identity }`".to_owned()
            }
        };
        Err(Unreached(format!("the body came with `Content-Encoding: {codings}`, {why}; it is not decoded")))
    }

    /// Why nothing can be said of the JSON of the body, if it is some that the parser does not read.
    pub(super) fn unread_json(&self) -> Result<(), Unreached> {
        self.undecoded()?;
        let Ok(response) = self.response() else { return Ok(()) };
        match self.content(response) {
            Content::Beyond(words) => Err(Unreached(format!("the body is {words}"))),
            Content::Empty | Content::Json(_) | Content::Other(_) => Ok(()),
        }
    }

    /// Why nothing can be said of the text of the body, if its charset is not one that is read.
    pub(super) fn unread_text(&self) -> Result<(), Unreached> {
        self.undecoded()?;
        match self.response().map(Response::text) {
            Ok(Text::Foreign { charset }) => Err(foreign(&charset)),
            _ => Ok(()),
        }
    }

    /// How the answer reads; `None` if there is none.
    pub fn reading(&self) -> Option<Reading> {
        let response = self.response().ok()?;
        Some(self.reader.profile.read(response, self.reader.judged))
    }

    /// The one `Location`, resolved against the request's URL.
    pub fn location(&self) -> Option<String> {
        self.location_url().map(|url| url.as_str().to_owned())
    }

    /// The same as a URL.
    pub fn location_url(&self) -> Option<Url> {
        let url = self.exchange.request.url.resolve(&self.only_location()?).ok()?;
        // A fragment is for the reader of a document; no server ever sees it (RFC 9110 §4.2.5).
        Some(url.without_fragment())
    }

    /// The text of the `Location`, if exactly one was sent.
    pub fn only_location(&self) -> Option<String> {
        let response = self.response().ok()?;
        let mut values = response.headers.all("location");
        match (values.next(), values.next()) {
            (Some(value), None) => Some(readable(value)),
            _ => None,
        }
    }

    /// The body as JSON, if it is.
    pub fn json(&self) -> Option<&Value> {
        match self.content(self.response().ok()?) {
            Content::Json(value) => Some(value),
            Content::Empty | Content::Beyond(_) | Content::Other(_) => None,
        }
    }

    /// What the body is in words, if there is one to look at and it is no JSON.
    pub(super) fn without_json(&self) -> Option<&str> {
        match self.content(self.response().ok()?) {
            Content::Empty => Some("empty"),
            Content::Json(_) => None,
            Content::Beyond(words) | Content::Other(words) => Some(words),
        }
    }

    pub(super) fn content(&self, response: &Response) -> &Content {
        self.content.get_or_init(|| Content::read(response))
    }
}

/// As many characters show what kind of thing a body is.
const BEGINNING: usize = 60;

impl Content {
    fn read(response: &Response) -> Self {
        if response.body.is_empty() {
            return Self::Empty;
        }
        match serde_json::from_slice(&response.body) {
            Ok(value) => Self::Json(value),
            Err(error) => match limit(&error) {
                Some(limit) => Self::Beyond(format!("JSON that {limit}")),
                None => Self::Other(not_json(response)),
            },
        }
    }
}

/// U+FEFF in UTF-8: it shows nowhere, and many a reader drops it.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

fn not_json(response: &Response) -> String {
    if let Some(rest) = response.body.strip_prefix(BYTE_ORDER_MARK) {
        let marked = "not JSON: it begins with a byte order mark (U+FEFF), which RFC 8259 §8.1 forbids";
        let is_json = serde_json::from_slice::<IgnoredAny>(rest).is_ok();
        return if is_json {
            marked.to_owned()
        } else {
            format!("{marked}, before {}", beginning(&readable(rest)))
        };
    }
    format!("not JSON: {}", beginning(&response.shown()))
}

/// Why a text in a charset that is not read says nothing.
pub(super) fn foreign(charset: &str) -> Unreached {
    Unreached(format!("the body is in the charset {}, which orchspec does not read", Value::from(charset)))
}

/// How a text begins, in quotes.
fn beginning(text: &str) -> String {
    let beginning: String = text.chars().take(BEGINNING).collect();
    let ellipsis = if beginning.len() < text.len() { "…" } else { "" };
    format!("{}{ellipsis}", Value::from(beginning))
}
