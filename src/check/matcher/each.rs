//! `{ each: { is: uuid } }` — a list of which every item is like this; an empty list is one.

use serde_json::Value as Json;

use super::{ARGUMENT, Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::conjunction::Matchers;
use crate::check::subject::{Found, Scope, Subject};
use crate::source::Span;
use crate::yaml::Node;

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "each",
    doc: "A list of which every item is like this; an empty list is one.",
    example: "{ is: uuid }",
    value: ARGUMENT,
    compile,
};

/// More wrong items than this tell no more than the first ones.
const MOST: usize = 5;

#[derive(Debug)]
struct Each(Matchers);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    Some(Box::new(Each(Matchers::compile(node, compiler))))
}

impl Matcher for Each {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let Subject::Json(Json::Array(items)) = subject else {
            return Ok(scope.demand(subject, false, || "a list".to_owned()));
        };
        let mut mismatches = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let found = self.0.judge(Subject::Json(item), scope)?;
            mismatches.extend(found.into_iter().map(|mismatch| mismatch.below(&format!("/{index}"))));
            mismatches.truncate(MOST);
        }
        Ok(mismatches)
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
    #[case("{ each: { is: text } }", json!(["a", "b"]), "")]
    #[case("{ each: { is: text } }", json!([]), "")]
    #[case("{ each: { is: text } }", json!(["a", 1]), "/1: expected a text, actual 1")]
    #[case("{ each: { is: text } }", json!("a"), r#": expected a list, actual "a""#)]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-each", &refuse(&["{ each: { is: texts } }"]));
    }
}
