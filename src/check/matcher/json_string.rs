//! `{ json_string: { at: { /intvalue_out: 7 } } }` — a text holding JSON, and what that JSON is like.

use serde_json::Value as Json;

use super::{ARGUMENT, Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::conjunction::Matchers;
use crate::check::subject::{Found, Scope, Subject};
use crate::source::Span;
use crate::yaml::Node;

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "json_string",
    doc: "A text holding JSON; the matchers look at that JSON.",
    example: "{ at: { /intvalue_out: 7 } }",
    value: ARGUMENT,
    compile,
};

#[derive(Debug)]
struct JsonString(Matchers);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    Some(Box::new(JsonString(Matchers::compile(node, compiler))))
}

impl Matcher for JsonString {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let parsed = subject.text().and_then(|text| serde_json::from_str::<Json>(text).ok());
        let Some(value) = parsed else {
            return Ok(scope.demand(subject, false, || "a text holding JSON".to_owned()));
        };
        let found = self.0.judge(Subject::Json(&value), scope)?;
        Ok(found.into_iter().map(|mismatch| mismatch.below(" as JSON")).collect())
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.0.names()
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case("{ json_string: { at: { /a: 7 } } }", json!("{\"a\": 7}"), "")]
    #[case("{ json_string: { at: { /a: 7 } } }", json!("{\"a\": 8}"), " as JSON/a: expected 7, actual 8")]
    #[case("{ json_string: 7 }", json!("seven"), r#": expected a text holding JSON, actual "seven""#)]
    #[case("{ json_string: 7 }", json!(7), ": expected a text holding JSON, actual 7")]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-json_string", &refuse(&["{ json_string: {} }"]));
    }
}
