//! `{ has: { state: done } }` — at least these members; of a list: at least these items; of a text: this text.

use serde_json::Value as Json;

use super::{Matcher, MatcherDefinition, equals};
use crate::check::Mismatch;
use crate::check::block::Compiler;
use crate::check::subject::{Found, Scope, Subject};
use crate::json::{Extent, covers, shorten};
use crate::scenario::Template;
use crate::scenario::template::text_of;
use crate::source::Span;
use crate::yaml::{Node, Value};

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "has",
    doc: "An object with at least these members, and so for the objects inside; a list with at least these items, in any order; a text with this in it. A list inside is compared as a whole: `[]` there means an empty one.",
    example: "{ state: done }",
    value: Value::Any,
    compile,
};

#[derive(Debug)]
struct Has(Template);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    Some(Box::new(Has(Template::parse(node, compiler.diagnostics))))
}

impl Matcher for Has {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let part = self.0.json(scope.lookup)?;
        Ok(match (subject, &part) {
            (Subject::Json(actual @ Json::Object(_)), Json::Object(_)) => {
                equals::compare(&part, actual, Extent::Part, scope)
            }
            (Subject::Json(Json::Array(items)), _) => judge_list(items, &part, subject, scope),
            _ => {
                let wanted = text_of(&part);
                let holds = subject.text().is_some_and(|text| text.contains(&wanted));
                scope.demand(subject, holds, || format!("something that has {}", shorten(&part)))
            }
        })
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.0.names()
    }
}

/// A mismatch for each item that is not among the subject's.
fn judge_list(items: &[Json], part: &Json, subject: Subject<'_>, scope: Scope<'_>) -> Vec<Mismatch> {
    let wanted = part.as_array().map_or(std::slice::from_ref(part), Vec::as_slice);
    let missing = wanted.iter().filter(|wanted| !items.iter().any(|item| covers(item, wanted)));
    missing
        .flat_map(|item| scope.demand(subject, false, || format!("a list that has {}", shorten(item))))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case("{ has: { a: { b: 1 } } }", json!({"a": {"b": 1, "c": 2}, "d": 3}), "")]
    #[case("{ has: { a: { b: 1 } } }", json!({"a": {"b": 2}}), "/a/b: expected 1, actual 2")]
    #[case("{ has: { a: null } }", json!({}), "/a: expected null, actual absent")]
    #[case(r#"{ has: { "${{ word }}": 1 } }"#, json!({"done": 1}), "")]
    #[case("{ has: [1, { a: 1 }] }", json!([{"a": 1, "b": 2}, 1]), "")]
    #[case("{ has: [3, 1] }", json!([1, 2, 3]), "")]
    #[case("{ has: { a: [1] } }", json!({"a": [1, 2]}), "/a: expected [1], actual [1,2]")]
    #[case("{ has: { errors: [] } }", json!({"errors": ["full"]}), r#"/errors: expected [], actual ["full"]"#)]
    #[case("{ has: [{ a: [1] }] }", json!([{"a": [1, 2]}]), r#": expected a list that has {"a":[1]}, actual [{"a":[1,2]}]"#)]
    #[case("{ has: 3 }", json!([1, 2]), ": expected a list that has 3, actual [1,2]")]
    #[case("{ has: on }", json!("done"), "")]
    #[case("{ has: off }", json!("done"), r#": expected something that has "off", actual "done""#)]
    #[case("{ has: { a: 1 } }", json!([]), r#": expected a list that has {"a":1}, actual []"#)]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-has", &refuse(&[r#"{ has: "${{ a" }"#]));
    }
}
