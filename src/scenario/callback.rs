//! Call-backs: the addresses of a case at which its server may call, what it is answered there, and waiting for it.

use std::time::Duration;

use super::Template;
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;
use crate::yaml::{self, Fields, Key, Kind, Node, Shape, TIME, Value, wrong_type};

/// More calls than this at one address are a flood, not a call-back.
pub const MOST_CALLS: u64 = 1000;

/// What stands before the name of an address in expressions.
pub const CALLBACK: &str = "callback";

/// An address at which the server may call.
#[derive(Debug, Clone, PartialEq)]
pub struct CallbackAddress {
    /// Its name, behind `callback.`.
    pub name: Spanned<String>,
    /// Its path, where it cannot be one that nobody guesses.
    pub path: Option<Spanned<String>>,
    /// What the server is answered there, one after the other; the last one from then on.
    pub answers: Vec<CallbackAnswer>,
}

/// What the server is answered.
#[derive(Debug, Clone, PartialEq)]
pub struct CallbackAnswer {
    /// The status code.
    pub status: u16,
    /// The header lines.
    pub headers: Vec<(Spanned<String>, Template)>,
    /// The body: JSON, or a text as it stands.
    pub body: Option<(CallbackBody, Template)>,
    /// How long it is kept back.
    pub delay: Duration,
    /// How many calls get it before the next one is due.
    pub times: u64,
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallbackBody {
    /// As JSON.
    Json,
    /// As it stands.
    Text,
}

/// A wait for calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Await {
    /// The name of the address.
    pub callback: Spanned<String>,
    /// How many there must be.
    pub count: Count,
    /// The budget of the step.
    pub within: Template,
    /// How long nothing more may come behind the last one.
    pub quiet: Option<Template>,
    /// What a call must be like to be one of those that are meant.
    pub matching: Option<Node>,
    /// The requirements at stake if they do not come, or come too often.
    pub covers: Option<Node>,
}

/// How many calls there must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// One; what else comes is left to later steps.
    First,
    /// This many.
    Exactly(u64),
    /// This many or more.
    AtLeast(u64),
}

impl std::fmt::Display for Count {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::First => out.write_str("a call"),
            Self::Exactly(0) => out.write_str("no call"),
            Self::Exactly(1) => out.write_str("exactly 1 call"),
            Self::Exactly(number) => write!(out, "exactly {number} calls"),
            Self::AtLeast(1) => out.write_str("at least 1 call"),
            Self::AtLeast(number) => write!(out, "at least {number} calls"),
        }
    }
}

/// An entry of `callbacks`.
pub(super) static ADDRESS: Shape = Shape {
    name: "a call-back address",
    doc: "An address at which the server may call: `${{ callback.NAME }}`. Its calls are kept from the start of the case.",
    keys: &[
        Key::optional(
            "answers",
            Value::List(&Value::Object(&ANSWER)),
            "What the server is answered, one after the other, the last one from then on; 200 if left out.",
        )
        .or("[{ status: 200 }]")
        .like("[{ status: 503, times: 2 }, { status: 204 }]"),
        Key::optional(
            "path",
            Value::Text,
            "A path that every case shares, for servers whose address of call-backs is configured once; left out, each case has one that nobody guesses.",
        )
        .like("/events"),
    ],
};

/// An entry of `answers`.
pub(super) static ANSWER: Shape = Shape {
    name: "an answer to a call-back",
    doc: "What the server is answered when it calls.",
    keys: &[
        Key::required("status", Value::Between(200, 599), "The status code.").like("204"),
        Key::optional("headers", Value::Map(&Value::Scalar), "Header lines.")
            .or("{}")
            .like("{ Retry-After: 1 }"),
        Key::optional("json", Value::Any, "The body, written as JSON.").like("{ taken: true }"),
        Key::optional("text", Value::Text, "The body, as it stands.").like("ok"),
        Key::optional("delay", Value::Duration, "How long the answer is kept back.").or("0s").like("200ms"),
        Key::optional(
            "times",
            Value::Between(1, MOST_CALLS),
            "How many calls get it before the next is due; 1 if left out.",
        )
        .or("1")
        .like("2"),
    ],
};

/// `await`.
pub(super) static AWAIT: Shape = Shape {
    name: "`await`",
    doc: "Waits for calls of the server; those that came before the step are there already.",
    keys: &[
        Key::required("callback", Value::Text, "The name of the address, one of the scenario's `callbacks`.").like("done"),
        Key::required("within", TIME, "No longer than this, from the start of the step.").like("10s"),
        Key::optional(
            "count",
            Value::AnyOf(&[Value::Between(0, MOST_CALLS), Value::Object(&COUNT)]),
            "How many must come: a number means exactly so many, and is waited for until `within` or `quiet` has passed; left out, the first one ends the step.",
        )
        .like("{ at_least: 2 }"),
        Key::optional(
            "quiet",
            TIME,
            "How long nothing more may come behind the last one; the rest of `within`, if left out.",
        )
        .like("500ms"),
        Key::optional(
            "matching",
            Value::Recursive(|| &super::shape::BLOCK_PLACEHOLDER),
            "What a call must be like to be meant here; others are left to other steps.",
        )
        .like("{ body: { has: { state: done } } }"),
        Key::optional(
            "covers",
            Value::OneOrMore(&Value::Text),
            "The requirements that are violated if they do not come, or come too often.",
        )
        .like("[JOB-CALL-01]"),
    ],
};

/// `count` that says more than a number.
pub(super) static COUNT: Shape = Shape {
    name: "`count`",
    doc: "How many calls there must be.",
    keys: &[Key::required(
        "at_least",
        Value::Between(1, MOST_CALLS),
        "This many or more; the step ends with the last of them.",
    )
    .like("2")],
};

/// Reads `callbacks`.
pub(super) fn addresses(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<CallbackAddress> {
    let entries = yaml::mapping(node, diagnostics);
    entries.iter().filter_map(|(name, node)| address(name, node, diagnostics)).collect()
}

fn address(
    name: &Spanned<String>,
    node: &Node,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<CallbackAddress> {
    if !super::template::is_name(&name.value) || name.value.contains('.') {
        let message = format!("`{}` cannot be a name: letters, digits and underscores only", name.value);
        let help = "write a word such as `done`, for `${{ callback.done }}`";
        diagnostics.push(Diagnostic::error("capture-name", message).at(name.span, "").help(help));
    }
    let fields = Fields::open(node, &ADDRESS, diagnostics)?;
    let answers = fields.get("answers").map(|node| yaml::list(node, diagnostics)).unwrap_or_default();
    let answers = answers.iter().filter_map(|node| answer(node, diagnostics)).collect();
    let path = fields.get("path").and_then(|node| path(node, diagnostics));
    Some(CallbackAddress { name: name.clone(), path, answers })
}

fn path(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
    let path = yaml::text(node, diagnostics)?;
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-._~/".contains(letter);
    if path.value.len() > 1 && path.value.starts_with('/') && path.value.chars().all(is_plain) {
        return Some(path);
    }
    diagnostics.push(wrong_type(node, "a path such as `/events`, without a query"));
    None
}

fn answer(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<CallbackAnswer> {
    let fields = Fields::open(node, &ANSWER, diagnostics)?;
    let headers = fields.get("headers").map(|node| yaml::mapping(node, diagnostics)).unwrap_or_default();
    let headers =
        headers.iter().map(|(name, node)| (name.clone(), Template::parse(node, diagnostics))).collect();
    let body = match (fields.get("json"), fields.get("text")) {
        (Some(json), None) => Some((CallbackBody::Json, Template::parse(json, diagnostics))),
        (None, Some(text)) => Some((CallbackBody::Text, Template::parse(text, diagnostics))),
        (None, None) => None,
        (Some(_), Some(text)) => {
            diagnostics.push(wrong_type(text, "one body: `json` or `text`"));
            None
        }
    };
    let delay = fields.get("delay").and_then(|node| yaml::duration(node, diagnostics));
    let times = fields.get("times").and_then(|node| number(node, 1, diagnostics));
    Some(CallbackAnswer {
        status: status(fields.get("status")?, diagnostics)?,
        headers,
        body,
        delay: delay.map(|delay| delay.value).unwrap_or_default(),
        times: times.unwrap_or(1),
    })
}

/// What may be answered for good: what begins with 1 is not the end of an answer.
fn status(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<u16> {
    if let Kind::Integer(code @ 200..=599) = node.kind {
        return u16::try_from(code).ok();
    }
    diagnostics.push(wrong_type(node, "a status code from 200 to 599"));
    None
}

/// Reads `await`.
pub(super) fn wait(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Await> {
    let fields = Fields::open(node, &AWAIT, diagnostics)?;
    let callback = fields.get("callback").and_then(|node| yaml::text(node, diagnostics));
    let count = fields.get("count").and_then(|node| count(node, diagnostics));
    let within = fields.get("within").map(|node| Template::parse_duration(node, diagnostics));
    let quiet = fields.get("quiet").map(|node| Template::parse_duration(node, diagnostics));
    let is_open = matches!(count, Some(Count::AtLeast(_))) || fields.get("count").is_none();
    if let Some(node) = fields.get("quiet").filter(|_| is_open) {
        let message = "`quiet` has no meaning without an exact `count`";
        let help = "write `count: 1`, or take `quiet` away";
        diagnostics.push(Diagnostic::error("stray-key", message).at(node.span, "").help(help));
    }
    Some(Await {
        callback: callback?,
        count: count.unwrap_or(Count::First),
        within: within?,
        quiet,
        matching: fields.get("matching").cloned(),
        covers: fields.get("covers").cloned(),
    })
}

fn count(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Count> {
    if !matches!(node.kind, Kind::Mapping(_)) {
        return number(node, 0, diagnostics).map(Count::Exactly);
    }
    let fields = Fields::open(node, &COUNT, diagnostics)?;
    number(fields.get("at_least")?, 1, diagnostics).map(Count::AtLeast)
}

fn number(node: &Node, least: u64, diagnostics: &mut Vec<Diagnostic>) -> Option<u64> {
    let whole = if let Kind::Integer(whole) = node.kind { u64::try_from(whole).ok() } else { None };
    let number = whole.filter(|number| (least..=MOST_CALLS).contains(number));
    if number.is_none() {
        diagnostics.push(wrong_type(node, &format!("a number from {least} to {MOST_CALLS}")));
    }
    number
}
