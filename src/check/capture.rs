//! What of an answer a captured name gets: a place, or a link, and what of it.

use regex::Regex;
use serde_json::Value;

use super::link;
use super::place::Place;
use super::regular;
use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::json::Pointer;
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

    /// What the answer holds there, if anything.
    pub fn read(&self, view: &View<'_>) -> Option<Value> {
        let mut value = match &self.source {
            Source::Place(place) => place.read(view)?,
            Source::Link(relation) => link::find(view, relation)?.into(),
        };
        if let Some(pointer) = &self.json {
            let inner: Value = serde_json::from_str(value.as_str()?).ok()?;
            value = pointer.get(&inner)?.clone();
        }
        if let Some(pattern) = &self.pattern {
            value = found(pattern, &text_of(&value))?.into();
        }
        if self.is_uri || matches!(self.source, Source::Link(_)) {
            let url = view.exchange.request.url.resolve(value.as_str()?).ok()?;
            value = url.without_fragment().as_str().into();
        }
        Some(value)
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
