//! `headers: { location: { is: uri-reference } }` — header lines of the answer.

use super::{Condition, ConditionDefinition};
use crate::check::block::Compiler;
use crate::check::judgement::{Mismatch, Tally};
use crate::check::matcher::{ARGUMENT, Matchers};
use crate::check::subject::{Found, Subject};
use crate::check::view::View;
use crate::http::message::readable;
use crate::source::{Span, Spanned};
use crate::yaml::{Node, Value, mapping};

pub(super) const DEFINITION: ConditionDefinition = ConditionDefinition {
    name: "headers",
    doc: "Headers by name; where a `Location` is compared, its text and what it resolves to both count.",
    value: Value::Map(&ARGUMENT),
    compile,
};

/// Headers of which a message has at most one (RFC 9110): a second line leaves open which one counts.
const SINGLETONS: [&str; 4] = ["location", "content-type", "retry-after", "content-length"];

#[derive(Debug)]
struct Headers(Vec<(Spanned<String>, Matchers)>);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Condition>> {
    let entries = mapping(node, compiler.diagnostics).iter();
    let headers = entries.map(|(name, value)| (name.clone(), Matchers::compile(value, compiler)));
    Some(Box::new(Headers(headers.collect())))
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
