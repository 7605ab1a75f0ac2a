//! `headers: { location: { is: uri-reference } }` — header lines of the answer.

use super::{Condition, ConditionDefinition};
use crate::check::block::Compiler;
use crate::check::conjunction::Matchers;
use crate::check::header_name::refuse_impossible;
use crate::check::judgement::{Mismatch, Tally};
use crate::check::matcher::ARGUMENT;
use crate::check::subject::{Found, Subject};
use crate::check::view::View;
use crate::http::message::readable;
use crate::source::{Span, Spanned};
use crate::yaml::{Node, Value};

pub(super) const DEFINITION: ConditionDefinition = ConditionDefinition {
    name: "headers",
    doc: "Headers by name; where a `Location` is compared, its text and what it resolves to both count. Several lines of one name are one text, joined by `, `; a second line of what a message has once, such as `Location`, is a mismatch.",
    only: None,
    example: "{ location: { is: uri-reference } }",
    value: Value::Map(&ARGUMENT),
    compile,
};

/// Headers of which a message has at most one (RFC 9110): a second line leaves open which one counts.
const SINGLETONS: [&str; 4] = ["location", "content-type", "retry-after", "content-length"];

#[derive(Debug)]
struct Headers(Vec<(Spanned<String>, Matchers)>);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Condition>> {
    let headers = Matchers::compile_named(node, compiler);
    for (name, _) in &headers {
        refuse_impossible(&name.value, name.span, compiler.diagnostics);
    }
    Some(Box::new(Headers(headers)))
}

impl Condition for Headers {
    fn judge(&self, view: &View<'_>, tally: &mut Tally) {
        for (name, matchers) in &self.0 {
            tally.add(judge(name, matchers, view));
        }
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.0.iter().flat_map(|(_, matchers)| matchers.names()).collect()
    }
}

fn judge(name: &Spanned<String>, matchers: &Matchers, view: &View<'_>) -> Found {
    let place = format!("header {}", name.value.to_ascii_lowercase());
    let response = match view.response() {
        Ok(response) => response,
        Err(reason) => return matchers.judge_in(Subject::Hidden(&reason), view, &place),
    };
    let lines: Vec<String> = response.headers.all(&name.value).map(readable).collect();
    let singleton = SINGLETONS.iter().any(|singleton| name.value.eq_ignore_ascii_case(singleton));
    if singleton && lines.len() > 1 {
        return Ok(vec![repeated(place, &lines, name.span)]);
    }
    if lines.is_empty() {
        return matchers.judge_in(Subject::Absent, view, &place);
    }
    let resolved = if name.value.eq_ignore_ascii_case("location") { view.location() } else { None };
    let subject = Subject::Header { text: &lines.join(", "), resolved: resolved.as_deref() };
    matchers.judge_in(subject, view, &place)
}

fn repeated(place: String, lines: &[String], span: Span) -> Mismatch {
    let shown: Vec<String> =
        lines.iter().map(|line| serde_json::Value::from(line.as_str()).to_string()).collect();
    let actual = format!("{} lines: {}", lines.len(), shown.join(", "));
    Mismatch { place, expected: "one line".to_owned(), actual, span }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{answer, judge};
    use rstest::rstest;

    #[rstest]
    #[case("{ headers: { location: { is: uri-reference } } }", "held")]
    #[case(
        r#"{ headers: { location: { not_equals: "http://mock/b" } } }"#,
        "header location: expected anything but \"http://mock/b\", actual \"/b\""
    )]
    #[case("{ headers: { LOCATION: /b } }", "held")]
    #[case("{ headers: { X-Count: 12 } }", "held")]
    #[case(
        "{ headers: { x-count: { at_least: 13 } } }",
        "header x-count: expected at least 13, actual \"12\""
    )]
    #[case("{ headers: { retry-after: { is: absent } } }", "held")]
    #[case(
        "{ headers: { retry-after: { is: integer } } }",
        "header retry-after: expected a whole number, actual absent"
    )]
    #[case("{ headers: { vary: \"a, b\" } }", "held")]
    #[case(
        "{ headers: { content-type: { is: text } } }",
        "header content-type: expected one line, actual 2 lines: \"text/plain\", \"text/html\""
    )]
    fn judges_lines_by_name(#[case] block: &str, #[case] expected: &str) {
        let lines = [
            ("Location", "/b"),
            ("X-Count", "12"),
            ("Vary", "a"),
            ("Vary", "b"),
            ("Content-Type", "text/plain"),
            ("Content-Type", "text/html"),
        ];
        assert_eq!(judge(block, &answer(303, &lines, "")), expected);
    }
}
