//! What of an answer a captured name gets: a place, or a link, and what of it.

use regex::Regex;
use serde_json::Value;

use super::kind::Kind;
use super::link;
use super::place::Place;
use super::regular;
use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::json::{Pointer, shorten};
use crate::scenario::CAPTURE;
use crate::scenario::template::text_of;
use crate::yaml::{self, Fields, Node};

/// Where a value is taken from, and what is made of it.
#[derive(Debug)]
pub struct Capture {
    source: Source,
    json: Option<Pointer>,
    pattern: Option<Regex>,
    is_uri: bool,
}

#[derive(Debug)]
enum Source {
    Place(Place),
    Link(String),
}

impl Capture {
    /// Reads what stands behind a name: the text of a place, or a mapping that says more.
    pub fn compile(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        if let Some(text) = node.as_text() {
            return Some(Self::of(Source::Place(Place::parse(text, node.span, diagnostics)?)));
        }
        let fields = Fields::open(node, &CAPTURE, diagnostics)?;
        let source = source(fields, diagnostics);
        let json = fields.get("json").and_then(|node| pointer(node, diagnostics));
        let pattern = fields.get("matches").and_then(|node| {
            let text = yaml::text(node, diagnostics)?;
            regular::parse(&text.value, text.span, diagnostics)
        });
        let is_uri = fields.get("uri").and_then(|node| yaml::boolean(node, diagnostics));
        Some(Self { json, pattern, is_uri: is_uri.is_some_and(|uri| uri.value), ..Self::of(source?) })
    }

    fn of(source: Source) -> Self {
        let is_uri = matches!(source, Source::Link(_));
        Self { source, json: None, pattern: None, is_uri }
    }

    /// The place that it is taken from, if only an answer has that.
    pub fn place_of_an_answer(&self) -> Option<String> {
        match &self.source {
            Source::Place(place) => place.is_of_an_answer().then(|| place.describe()),
            Source::Link(_) => None,
        }
    }

    /// What kind of value it takes, if that does not depend on the answer.
    pub fn kind(&self) -> Option<Kind> {
        if self.is_uri || self.pattern.is_some() {
            return Some(Kind::Text);
        }
        match &self.source {
            Source::Place(place) if self.json.is_none() => place.kind(),
            Source::Place(_) | Source::Link(_) => None,
        }
    }

    /// What the answer holds there; the error says why that is nothing, as the end of a sentence that begins with the
    /// answer: `has no /task/id`.
    pub fn read(&self, view: &View<'_>) -> Result<Value, String> {
        let mut value = self.source.read(view)?;
        let source = self.source.describe();
        if let Some(pointer) = &self.json {
            let inner = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
            let inner = inner.ok_or_else(|| format!("has no JSON in {source}"))?;
            value = pointer.get(&inner).cloned().ok_or_else(|| format!("has no {pointer} in {source}"))?;
        }
        if let Some(pattern) = &self.pattern {
            let part = found(pattern, &text_of(&value));
            value = part.ok_or_else(|| format!("has nothing in {source} that matches `{pattern}`"))?.into();
        }
        if self.is_uri || matches!(self.source, Source::Link(_)) {
            let url = value.as_str().and_then(|text| view.exchange.request.url.resolve(text).ok());
            let url =
                url.ok_or_else(|| format!("has {} in {source}, which leads nowhere", shorten(&value)))?;
            value = url.without_fragment().as_str().into();
        }
        Ok(value)
    }
}

impl Source {
    fn read(&self, view: &View<'_>) -> Result<Value, String> {
        let found = match self {
            Self::Place(place) => place.read(view),
            Self::Link(relation) => link::find(view, relation).map(Value::from),
        };
        let obstacle = || match self {
            Self::Place(place) => place.obstacle(view),
            Self::Link(_) => None,
        };
        found.ok_or_else(|| match obstacle() {
            Some(reason) => format!("has no {}, for {reason}", self.describe()),
            None => format!("has no {}", self.describe()),
        })
    }

    fn describe(&self) -> String {
        match self {
            Self::Place(place) => place.describe(),
            Self::Link(relation) => format!("link `{relation}`"),
        }
    }
}

fn source(fields: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Source> {
    match (fields.get("from"), fields.get("link")) {
        (Some(from), None) => {
            let text = yaml::text(from, diagnostics)?;
            Some(Source::Place(Place::parse(&text.value, text.span, diagnostics)?))
        }
        (None, Some(link)) => Some(Source::Link(yaml::text(link, diagnostics)?.value)),
        (None, None) if !fields.lacks("from") || !fields.lacks("link") => None,
        _ => {
            let message = "a capture has exactly one of from, link";
            let help = "write the place, `{ from: body.text, matches: \"id=(.*)\" }`, or the link, `{ link: status }`";
            diagnostics
                .push(Diagnostic::error("capture-source", message).at(fields.node().span, "").help(help));
            None
        }
    }
}

fn pointer(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Pointer> {
    let text = yaml::text(node, diagnostics)?;
    match Pointer::parse(&text.value) {
        Ok(pointer) => Some(pointer),
        Err(reason) => {
            let message = format!("`{}` is no JSON Pointer: it {reason}", text.value);
            let help = "a JSON Pointer looks like `/task/id`";
            diagnostics.push(Diagnostic::error("bad-pointer", message).at(text.span, "").help(help));
            None
        }
    }
}

/// The first group, or the whole of what is found where the expression has none.
fn found(pattern: &Regex, text: &str) -> Option<String> {
    let found = pattern.captures(text)?;
    Some(found.get(1).or_else(|| found.get(0))?.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::{answer, compile, snapshot, view};
    use rstest::rstest;
    use serde_json::json;

    fn parse(text: &str) -> (Option<Capture>, String) {
        compile(text, |node: &Node, compiler| Capture::compile(node, compiler.diagnostics))
    }

    const XML: &str = r#"<job id="7"><status href="../jobs/7#now"/></job>"#;

    #[rstest]
    #[case("header.operation-location", json!("ops/1?a=b"))]
    #[case("{ from: header.operation-location, uri: yes }", json!("http://mock/t/ops/1?a=b"))]
    #[case("{ from: body.text, matches: 'id=\"(.*?)\"' }", json!("7"))]
    #[case("{ from: body.text, matches: '<job' }", json!("<job"))]
    #[case("{ from: body.text, matches: 'href=\"(.*?)\"', uri: yes }", json!("http://mock/jobs/7"))]
    #[case("{ from: header.x-json, json: /a/0 }", json!(17))]
    #[case("{ link: monitor }", json!("http://mock/links/9"))]
    #[case("{ from: body.text, matches: nothing }", Value::Null)]
    #[case("{ from: body.text, json: /a }", Value::Null)]
    #[case("{ link: cancel }", Value::Null)]
    fn values_are_taken_out_of_an_answer(#[case] text: &str, #[case] expected: Value) {
        let (capture, mistakes) = parse(text);
        assert_eq!(mistakes, "");
        let headers = [
            ("Operation-Location", "ops/1?a=b"),
            ("X-Json", r#"{"a":[17]}"#),
            ("Link", r#"</other>; rel=self, </links/9>; rel="status monitor""#),
        ];
        let exchange = answer(202, &headers, XML);
        let capture = capture.unwrap();
        assert_eq!(view(&exchange, |view| capture.read(view)).unwrap_or_default(), expected);
    }

    #[rstest]
    #[case("/task/id", "{\"task\":{}}", "has no /task/id")]
    #[case("/task/id", "<p>sorry</p>", "has no /task/id, for its body is not JSON: \"<p>sorry</p>\"")]
    #[case("/task/id", "", "has no /task/id, for its body is empty")]
    #[case("location", "", "has no location")]
    #[case("{ link: monitor }", "", "has no link `monitor`")]
    #[case(
        "{ from: body.text, matches: 'id=(.*)' }",
        "id: 7",
        "has nothing in body.text that matches `id=(.*)`"
    )]
    #[case("{ from: /a, json: /b }", "{\"a\":\"{\"}", "has no JSON in /a")]
    #[case("{ from: /a, json: /b }", "{\"a\":\"{}\"}", "has no /b in /a")]
    #[case("{ from: /a, uri: yes }", "{\"a\":\"a b\"}", "has \"a b\" in /a, which leads nowhere")]
    fn what_is_not_there_is_named(#[case] text: &str, #[case] body: &'static str, #[case] expected: &str) {
        let (capture, mistakes) = parse(text);
        assert_eq!(mistakes, "");
        let (exchange, capture) = (answer(202, &[], body), capture.unwrap());
        assert_eq!(view(&exchange, |view| capture.read(view)), Err(expected.to_owned()));
    }

    #[rstest]
    #[case("body.text", "text/plain; charset=iso-8859-1", Ok(json!("\u{fc}")))]
    #[case("body", "text/plain; charset=iso-8859-1", Ok(json!("\u{fc}")))]
    #[case("body.text", "text/plain", Ok(json!("\u{fffd}")))]
    #[case(
        "body.text",
        "text/plain; charset=ibm037",
        Err("has no body.text, for the body is in the charset \"ibm037\", which orchspec does not read")
    )]
    #[case(
        "body",
        "text/plain; charset=ibm037",
        Err("has no body, for the body is in the charset \"ibm037\", which orchspec does not read")
    )]
    #[case("/a", "text/plain; charset=iso-8859-1", Err("has no /a, for its body is not JSON: \"\u{fc}\""))]
    fn text_is_taken_in_its_charset(
        #[case] text: &str,
        #[case] content_type: &'static str,
        #[case] expected: Result<Value, &str>,
    ) {
        let exchange = answer(200, &[("Content-Type", content_type)], &b"\xfc"[..]);
        let capture = parse(text).0.unwrap();
        assert_eq!(view(&exchange, |view| capture.read(view)), expected.map_err(str::to_owned));
    }

    #[test]
    fn a_body_that_is_not_read_is_no_value() {
        let deep = format!("{}{}", "[".repeat(128), "]".repeat(128));
        for place in ["body", "/0"] {
            let capture = parse(place).0.unwrap();
            let said = view(&answer(200, &[], deep.clone()), |view| capture.read(view)).unwrap_err();
            assert_eq!(
                said,
                format!(
                    "has no {place}, for the body is JSON that is nested deeper than 127 levels, which is as deep as orchspec reads"
                )
            );
        }
    }

    #[test]
    fn mistakes_are_named() {
        let wrong = [
            "{ from: status, link: self }",
            "{ matches: a }",
            "{ form: status }",
            "{ from: /a, json: b, matches: \"(\" }",
        ];
        snapshot("captures", &wrong.map(|text| parse(text).1).join("\n\n"));
    }
}
