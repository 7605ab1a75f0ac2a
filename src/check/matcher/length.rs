//! `{ length: { at_most: 64 } }` — how many characters, items or members there are.

use serde_json::Value as Json;

use super::{ARGUMENT, Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::conjunction::Matchers;
use crate::check::subject::{Found, Scope, Subject};
use crate::source::Span;
use crate::yaml::Node;

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "length",
    doc: "How many characters a text, items a list or members an object has.",
    example: "{ at_most: 64 }",
    value: ARGUMENT,
    compile,
};

#[derive(Debug)]
struct Length(Matchers);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    Some(Box::new(Length(Matchers::compile(node, compiler))))
}

impl Matcher for Length {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let Some(length) = length(subject) else {
            return Ok(scope.demand(subject, false, || "a text, a list or an object".to_owned()));
        };
        let found = self.0.judge(Subject::Json(&Json::from(length)), scope)?;
        Ok(found.into_iter().map(|mismatch| mismatch.below(" length")).collect())
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.0.names()
    }
}

fn length(subject: Subject<'_>) -> Option<usize> {
    match subject {
        Subject::Json(Json::Array(items)) => Some(items.len()),
        Subject::Json(Json::Object(members)) => Some(members.len()),
        _ => subject.text().map(|text| text.chars().count()),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case("{ length: 4 }", json!("döne"), "")]
    #[case("{ length: { at_most: 1 } }", json!([1, 2]), " length: expected at most 1, actual 2")]
    #[case("{ length: 0 }", json!({}), "")]
    #[case("{ length: 1 }", json!(5), ": expected a text, a list or an object, actual 5")]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-length", &refuse(&["{ length: { atleast: 1 } }"]));
    }
}
