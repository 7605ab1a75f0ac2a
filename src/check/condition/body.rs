//! `body: { has: { state: done }, at: { /id: { is: integer } } }` — the body, as JSON, text or bytes.

use serde_json::Value as Json;

use super::{Condition, ConditionDefinition};
use crate::check::block::Compiler;
use crate::check::conjunction::Matchers;
use crate::check::digest::sha256;
use crate::check::judgement::{Mismatch, Tally};
use crate::check::matcher::{ARGUMENT, MATCHERS, keys};
use crate::check::subject::{Found, Scope, Subject};
use crate::check::view::{Content, View, foreign};
use crate::diagnostic::Diagnostic;
use crate::http::message::{Response, Text};
use crate::outcome::phrase;
use crate::scenario::Template;
use crate::scenario::template::text_of;
use crate::source::{Span, Spanned};
use crate::yaml::{Key, Kind, Node, Shape, Value, boolean};

pub(super) const DEFINITION: ConditionDefinition = ConditionDefinition {
    name: "body",
    doc: "The body: every matcher looks at it as JSON, and there are words for its text and its bytes.",
    only: None,
    example: "{ at: { /state: [queued, running] } }",
    value: Value::AnyOf(&[ARGUMENT, Value::Object(&SHAPE)]),
    compile,
};

/// The words that look at more than the JSON.
const EXTRA: [Key; 4] = [
    Key::optional(
        "text",
        ARGUMENT,
        "The body as text: in the charset that its `Content-Type` or its XML declaration names, otherwise and as JSON in UTF-8. The charsets of the Encoding Standard are read, ISO-8859-1 as windows-1252; bytes that are no text there count as U+FFFD.",
    )
    .like("{ contains: done }"),
    Key::optional("size", ARGUMENT, "How many bytes the body has.").like("{ at_most: 4096 }"),
    Key::optional("bytes_sha256", Value::Text, "The SHA-256 of the body, in hexadecimal digits.")
        .like("\"${{ digest }}\""),
    Key::optional("empty", Value::Bool, "Whether the body has no byte at all.").like("yes"),
];

const KEYS: [Key; EXTRA.len() + MATCHERS.len()] = keys(&EXTRA);

pub(in crate::check) static SHAPE: Shape =
    Shape { name: "`body`", doc: "What the body must be; everything must hold.", keys: &KEYS };

/// What is demanded of one side of the body.
#[derive(Debug)]
enum Demand {
    Json(Matchers),
    Text(Matchers),
    Size(Matchers),
    Sha256(Spanned<Template>),
    Empty(Spanned<bool>),
}

#[derive(Debug)]
struct Body(Vec<Demand>);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Condition>> {
    let Kind::Mapping(entries) = &node.kind else {
        return Some(Box::new(Body(vec![Demand::Json(Matchers::compile(node, compiler))])));
    };
    let is_extra = |name: &str| EXTRA.iter().any(|extra| extra.name == name);
    let (extra, rest): (Vec<_>, Vec<_>) = entries.iter().partition(|(name, _)| is_extra(&name.value));
    let mut demands: Vec<Demand> = extra
        .into_iter()
        .filter_map(|(name, argument)| Demand::compile(&name.value, argument, compiler))
        .collect();
    if !rest.is_empty() || demands.is_empty() {
        demands.push(Demand::Json(Matchers::compile_entries(node.span, &rest, &EXTRA, compiler)));
    }
    Some(Box::new(Body(demands)))
}

impl Demand {
    fn compile(word: &str, node: &Node, compiler: &mut Compiler<'_>) -> Option<Self> {
        Some(match word {
            "text" => Self::Text(Matchers::compile(node, compiler)),
            "size" => Self::Size(Matchers::compile(node, compiler)),
            "empty" => Self::Empty(boolean(node, compiler.diagnostics)?),
            _ => Self::Sha256(Spanned::new(digest(node, compiler), node.span)),
        })
    }

    fn judge(&self, view: &View<'_>) -> Found {
        let response = view.response();
        match self {
            Self::Json(matchers) => {
                view.unread_json()?;
                judge_json(matchers, &response, view)
            }
            Self::Text(matchers) => {
                view.undecoded()?;
                judge_text(matchers, response, view)
            }
            Self::Size(matchers) => {
                let size = response.map(|response| Json::from(response.body.len()));
                judge_side(matchers, &size, view, "body size")
            }
            Self::Sha256(digest) => judge_digest(digest, response, view),
            Self::Empty(empty) => Ok(judge_empty(empty, response, view)),
        }
    }

    fn names(&self) -> Vec<(&str, Span)> {
        match self {
            Self::Json(matchers) | Self::Text(matchers) | Self::Size(matchers) => matchers.names(),
            Self::Sha256(digest) => digest.value.names(),
            Self::Empty(_) => Vec::new(),
        }
    }
}

/// What is no digest would fit no body; what an expression comes to is known only when the check is made.
fn digest(node: &Node, compiler: &mut Compiler<'_>) -> Template {
    let template = Template::parse(node, compiler.diagnostics);
    let is_digest = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if template.is_constant() && !node.as_text().is_some_and(is_digest) {
        let message = format!("{} is not a SHA-256, that is 64 hexadecimal digits", node.describe());
        let wrong = Diagnostic::error("digest", message).at(node.span, "");
        compiler.diagnostics.push(wrong.help("see `sha256sum FILE`"));
    }
    template
}

impl Condition for Body {
    fn judge(&self, view: &View<'_>, tally: &mut Tally) {
        self.0.iter().for_each(|demand| tally.add(demand.judge(view)));
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.0.iter().flat_map(Demand::names).collect()
    }
}

type Answered<'a> = Result<&'a Response, String>;

/// A place inside the body is its pointer alone (`/task/status`); the whole of it is `body`.
fn judge_json(matchers: &Matchers, response: &Answered<'_>, view: &View<'_>) -> Found {
    let subject = match response {
        Err(reason) => Subject::Hidden(reason),
        Ok(response) => match view.content(response) {
            Content::Empty => Subject::Absent,
            Content::Json(value) => Subject::Json(value),
            Content::Beyond(words) | Content::Other(words) => Subject::Hidden(words),
        },
    };
    let mut found = matchers.judge_in(subject, view, "")?;
    for mismatch in found.iter_mut().filter(|mismatch| !mismatch.place.starts_with('/')) {
        mismatch.place.insert_str(0, "body");
    }
    Ok(found)
}

/// Bytes that are no text in their charset are never equal to one, not even to the one that they are shown as.
fn judge_text(matchers: &Matchers, response: Answered<'_>, view: &View<'_>) -> Found {
    let place = "body as text";
    let response = match response {
        Ok(response) => response,
        Err(reason) => return matchers.judge_in(Subject::Hidden(&reason), view, place),
    };
    match response.text() {
        Text::Whole(text) => matchers.judge_in(Subject::Json(&text.into()), view, place),
        Text::Foreign { charset } => Err(foreign(&charset)),
        Text::Broken { text, charset, first } => {
            let mut found = matchers.judge_in(Subject::Json(&text.into()), view, place)?;
            let bytes = format!(", where U+FFFD stands for bytes that are no {charset}, first {first}");
            for mismatch in &mut found {
                mismatch.actual.push_str(&bytes);
            }
            Ok(found)
        }
    }
}

fn judge_side(matchers: &Matchers, side: &Result<Json, String>, view: &View<'_>, place: &str) -> Found {
    match side {
        Ok(value) => matchers.judge_in(Subject::Json(value), view, place),
        Err(reason) => matchers.judge_in(Subject::Hidden(reason), view, place),
    }
}

fn judge_digest(digest: &Spanned<Template>, response: Answered<'_>, view: &View<'_>) -> Found {
    let wanted = text_of(&digest.value.json(view.lookup)?).to_ascii_lowercase();
    let actual = response.map(|response| sha256(&response.body));
    if actual.as_ref() == Ok(&wanted) {
        return Ok(Vec::new());
    }
    let actual = actual.unwrap_or_else(|reason| reason);
    Ok(vec![Scope::of(view, digest.span).mismatch("body sha256".to_owned(), wanted, actual)])
}

fn judge_empty(empty: &Spanned<bool>, response: Answered<'_>, view: &View<'_>) -> Vec<Mismatch> {
    let size = response.map(|response| response.body.len());
    if size.as_ref().is_ok_and(|size| (*size == 0) == empty.value) {
        return Vec::new();
    }
    let expected = if empty.value { "empty" } else { "not empty" };
    let actual = size.map_or_else(|reason| reason, |size| phrase::count(size, "byte"));
    vec![Scope::of(view, empty.span).mismatch("body".to_owned(), expected.to_owned(), actual)]
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{answer, judge, mistakes, snapshot};
    use rstest::rstest;

    const DIGEST: &str = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    #[rstest]
    #[case(r#"{"id": 1, "a": {"b": 2}}"#, "{ body: { has: { a: { b: 2 } }, at: { /id: 1 } } }", "held")]
    #[case(r#"{"id": 1}"#, "{ body: { at: { /id: 2 } } }", "/id: expected 2, actual 1")]
    #[case(r#"{"id": 1}"#, "{ body: { equals: { id: 1, a: 0 } } }", "/a: expected 0, actual absent")]
    #[case(
        r#"{"id": 0}"#,
        "{ body: { schema: tst/job } }",
        "/id: expected at least 1 (schema tst/job), actual 0"
    )]
    #[case("[1, 2]", "{ body: { is: object } }", "body: expected an object, actual [1,2]")]
    #[case("[1, 2]", "{ body: { length: 3 } }", "body length: expected 3, actual 2")]
    #[case("hello", "{ body: { text: { matches: ^hell } } }", "held")]
    #[case("hello", "{ body: { text: hell } }", "body as text: expected \"hell\", actual \"hello\"")]
    #[case("hello", "{ body: { at: { /id: 1 } } }", "/id: expected 1, actual not JSON: \"hello\"")]
    #[case(
        "\u{feff}{}",
        "{ body: { is: object } }",
        "body: expected an object, actual not JSON: it begins with a byte order mark (U+FEFF), which RFC 8259 §8.1 forbids"
    )]
    #[case(
        "\u{feff}{",
        "{ body: { is: object } }",
        "body: expected an object, actual not JSON: it begins with a byte order mark (U+FEFF), which RFC 8259 §8.1 forbids, before \"{\""
    )]
    #[case("", "{ body: { is: absent, empty: yes, size: 0 } }", "held")]
    #[case("{}", "{ body: { empty: yes } }", "body: expected empty, actual 2 bytes")]
    #[case("", "{ body: { empty: no } }", "body: expected not empty, actual 0 bytes")]
    #[case("{}", "{ body: { size: { at_least: 3 } } }", "body size: expected at least 3, actual 2")]
    fn judges_every_side(#[case] body: &'static str, #[case] block: &str, #[case] expected: &str) {
        assert_eq!(judge(block, &answer(200, &[], body)), expected);
    }

    /// A coding is no fault of the server's, and what is in it is not known.
    #[rstest]
    #[case(
        "{ body: { at: { /id: 1 } } }",
        "gzip",
        "not reached: the body came with `Content-Encoding: gzip`, as a server may unless it is asked for `headers: { Accept-Encoding: identity }`; it is not decoded"
    )]
    #[case(
        "{ body: { text: { contains: a } } }",
        "br",
        "not reached: the body came with `Content-Encoding: br`, as a server may unless it is asked for `headers: { Accept-Encoding: identity }`; it is not decoded"
    )]
    #[case("{ status: 404, body: { is: object } }", "gzip", "status: expected 404, actual 200")]
    #[case("{ body: { size: 2 } }", "gzip", "held")]
    #[case("{ body: { is: object } }", "identity", "held")]
    fn a_coded_body_is_judged_by_its_bytes_alone(
        #[case] block: &str,
        #[case] coding: &'static str,
        #[case] expected: &str,
    ) {
        assert_eq!(judge(block, &answer(200, &[("Content-Encoding", coding)], "{}")), expected);
    }

    /// What the parser does not read is the harness's own limit.
    #[rstest]
    #[case(
        "{ body: { is: list } }",
        "not reached: the body is JSON that is nested deeper than 127 levels, which is as deep as orchspec reads"
    )]
    #[case(
        "{ body: { at: { /id: { is: absent } } } }",
        "not reached: the body is JSON that is nested deeper than 127 levels, which is as deep as orchspec reads"
    )]
    #[case("{ status: 404, body: { is: list } }", "status: expected 404, actual 200")]
    #[case("{ body: { text: { contains: '[[' }, size: 256 } }", "held")]
    fn json_beyond_the_parser_is_judged_as_text_alone(#[case] block: &str, #[case] expected: &str) {
        let deep = format!("{}{}", "[".repeat(128), "]".repeat(128));
        assert_eq!(judge(block, &answer(200, &[], deep)), expected);
    }

    const BROKEN: &str = "body as text: expected \"Gr\\\\xfc\\\\xdfe\", actual \"Gr\u{fffd}\u{fffd}e\", where U+FFFD stands for bytes that are no UTF-8, first fc";

    #[rstest]
    #[case("text/plain; charset=iso-8859-1", "{ body: { text: Grüße } }", "held")]
    #[case("text/plain; charset=iso-8859-1", "{ body: { text: { matches: '^.r\\wße$' } } }", "held")]
    #[case("application/xml; charset=windows-1252", "{ body: { text: { length: 5 } } }", "held")]
    #[case("text/plain", "{ body: { text: 'Gr\\xfc\\xdfe' } }", BROKEN)]
    #[case("text/plain", "{ body: { text: { contains: Gr } } }", "held")]
    #[case("application/json; charset=iso-8859-1", "{ body: { text: 'Gr\\xfc\\xdfe' } }", BROKEN)]
    #[case(
        "text/plain; charset=ibm037",
        "{ body: { text: Grüße } }",
        "not reached: the body is in the charset \"ibm037\", which orchspec does not read"
    )]
    #[case(
        "text/html; charset=iso-8859-1",
        "{ body: { is: object } }",
        "body: expected an object, actual not JSON: \"Grüße\""
    )]
    fn text_is_in_the_charset_that_the_answer_names(
        #[case] content_type: &'static str,
        #[case] block: &str,
        #[case] expected: &str,
    ) {
        let exchange = answer(200, &[("Content-Type", content_type)], &b"Gr\xfc\xdfe"[..]);
        assert_eq!(judge(block, &exchange), expected);
    }

    #[test]
    fn bytes_are_compared_by_their_digest() {
        let block = format!("{{ body: {{ bytes_sha256: {DIGEST} }} }}");
        assert_eq!(judge(&block, &answer(200, &[], "{}")), "held");
        assert!(
            judge(&block, &answer(200, &[], "{} "))
                .starts_with(&format!("body sha256: expected {DIGEST}, actual "))
        );
    }

    #[test]
    fn unknown_words_are_named() {
        snapshot(
            "condition-body",
            &mistakes(&[
                "{ body: { txet: a, empty: maybe } }",
                "{ body: {} }",
                "{ body: { bytes_sha256: xyz } }",
            ]),
        );
    }
}
