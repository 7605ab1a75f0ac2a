//! `{ is: uri-reference }`, `{ is: [text, null] }` — a kind of value, or one of several.

use serde_json::Value as Json;

use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::instant::Instant;
use crate::check::subject::{Found, Scope, Subject};
use crate::diagnostic::Diagnostic;
use crate::http::message::is_uri_reference;
use crate::source::Span;
use crate::yaml::{Kind as NodeKind, Node, Value, list_or_one, words, wrong_type};

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "is",
    doc: "A kind of value, or one of several kinds.",
    example: "uri-reference",
    value: Value::OneOrMore(&Value::AnyOf(&[Value::Choice(&words(&KINDS)), Value::Null])),
    compile,
};

/// A kind: what messages call it, and what is of it.
#[derive(Debug, Clone, Copy)]
struct Kind {
    title: &'static str,
    holds: fn(Subject<'_>) -> bool,
}

const fn kind(title: &'static str, holds: fn(Subject<'_>) -> bool) -> Kind {
    Kind { title, holds }
}

/// Every kind there is.
const KINDS: [(&str, Kind); 16] = [
    ("absent", kind("absent", |subject| matches!(subject, Subject::Absent))),
    ("present", kind("present", |subject| !matches!(subject, Subject::Absent))),
    ("null", kind("null", |subject| subject.json().is_some_and(Json::is_null))),
    ("empty", kind("empty", is_empty)),
    ("not-empty", kind("not empty", |subject| !is_empty(subject))),
    ("text", kind("a text", |subject| subject.text().is_some())),
    ("integer", kind("a whole number", is_integer)),
    ("number", kind("a number", is_number)),
    ("boolean", kind("true or false", |subject| subject.json().is_some_and(Json::is_boolean))),
    ("object", kind("an object", |subject| subject.json().is_some_and(Json::is_object))),
    ("list", kind("a list", |subject| subject.json().is_some_and(Json::is_array))),
    ("uuid", kind("a UUID", |subject| subject.text().is_some_and(is_uuid))),
    ("instant", kind("an instant (RFC 3339)", |subject| instant(subject).is_some())),
    ("zero-date", kind("the zero date", |subject| instant(subject).is_some_and(Instant::is_zero))),
    ("uri-reference", kind("a URI reference", |subject| subject.text().is_some_and(is_uri_reference))),
    ("json-text", kind("a text holding JSON", |subject| subject.text().is_some_and(is_json))),
];

#[derive(Debug)]
struct Is(Vec<Kind>);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    let kinds: Vec<Kind> = list_or_one(node).iter().filter_map(|item| one(item, compiler)).collect();
    if kinds.is_empty() { None } else { Some(Box::new(Is(kinds))) }
}

fn one(node: &Node, compiler: &mut Compiler<'_>) -> Option<Kind> {
    let word = match &node.kind {
        NodeKind::Null => "null",
        NodeKind::Text(word) => word,
        _ => {
            compiler.report(wrong_type(node, "a kind of value"));
            return None;
        }
    };
    let known = KINDS.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind);
    if known.is_none() {
        let unknown = Diagnostic::error("unknown-kind", format!("no kind of value is called `{word}`"));
        compiler
            .report(unknown.at(node.span, "unknown name").suggest(word, KINDS.iter().map(|(name, _)| *name)));
    }
    known
}

impl Matcher for Is {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let holds = self.0.iter().any(|kind| (kind.holds)(subject));
        let titles = || self.0.iter().map(|kind| kind.title).collect::<Vec<_>>().join(" or ");
        Ok(scope.demand(subject, holds, titles))
    }

    fn names(&self) -> Vec<(&str, Span)> {
        Vec::new()
    }
}

fn is_empty(subject: Subject<'_>) -> bool {
    match subject {
        Subject::Absent | Subject::Json(Json::Null) => true,
        Subject::Json(Json::Array(items)) => items.is_empty(),
        Subject::Json(Json::Object(members)) => members.is_empty(),
        _ => subject.text() == Some(""),
    }
}

fn is_number(subject: Subject<'_>) -> bool {
    match subject {
        Subject::Header { text, .. } => text.parse::<serde_json::Number>().is_ok(),
        _ => subject.json().is_some_and(Json::is_number),
    }
}

/// `7.0` is a whole number too, as JSON Schema has it.
fn is_integer(subject: Subject<'_>) -> bool {
    let whole = |number: f64| number.fract() == 0.0;
    match subject {
        Subject::Header { text, .. } => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
        _ => subject
            .json()
            .is_some_and(|value| value.is_i64() || value.is_u64() || value.as_f64().is_some_and(whole)),
    }
}

/// Five groups of hexadecimal digits, joined by hyphens.
fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths = groups.iter().map(|group| group.len());
    lengths.eq([8, 4, 4, 4, 12]) && groups.concat().bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn instant(subject: Subject<'_>) -> Option<Instant> {
    Instant::parse(subject.text()?)
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<Json>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case("{ is: text }", json!("a"), "")]
    #[case("{ is: null }", json!(null), "")]
    #[case("{ is: [text, null] }", json!(1), ": expected a text or null, actual 1")]
    #[case("{ is: empty }", json!([]), "")]
    #[case("{ is: empty }", json!("a"), r#": expected empty, actual "a""#)]
    #[case("{ is: not-empty }", json!({}), ": expected not empty, actual {}")]
    #[case("{ is: integer }", json!(7.0), "")]
    #[case("{ is: integer }", json!(7.5), ": expected a whole number, actual 7.5")]
    #[case("{ is: integer }", json!("7"), r#": expected a whole number, actual "7""#)]
    #[case("{ is: number }", json!(7.5), "")]
    #[case("{ is: boolean }", json!(false), "")]
    #[case("{ is: object }", json!([]), ": expected an object, actual []")]
    #[case("{ is: list }", json!([]), "")]
    #[case("{ is: uuid }", json!("0b7b1a4e-6ad8-4c4b-9d5f-1f0d5a1f6c3e"), "")]
    #[case("{ is: uuid }", json!("0b7b1a4e6ad84c4b9d5f1f0d5a1f6c3e"), r#": expected a UUID, actual "0b7b1a4e6ad84c4b9d5f1f0d5a1f6c3e""#)]
    #[case("{ is: instant }", json!("2024-01-15T12:00:00+04:00"), "")]
    #[case("{ is: zero-date }", json!("0001-01-01T00:00:00Z"), "")]
    #[case("{ is: zero-date }", json!("2024-01-15T12:00:00Z"), r#": expected the zero date, actual "2024-01-15T12:00:00Z""#)]
    #[case("{ is: uri-reference }", json!("../a?b"), "")]
    #[case("{ is: uri-reference }", json!("a b"), r#": expected a URI reference, actual "a b""#)]
    #[case("{ is: json-text }", json!("[1]"), "")]
    #[case("{ is: present }", json!(null), "")]
    #[case("{ is: absent }", json!(null), ": expected absent, actual null")]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-is", &refuse(&["{ is: uri }", "{ is: 5 }"]));
    }
}
