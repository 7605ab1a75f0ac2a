//! `{ equals: { state: done } }` — the same value: numbers by size, objects whatever the order of their members.

use serde_json::Value as Json;

use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::subject::{Found, Scope, Subject, describe};
use crate::json::{Difference, Extent, differences, shorten};
use crate::scenario::{Datum, Template};
use crate::source::Span;
use crate::yaml::{Node, Value};

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "equals",
    doc: "The same value; `1` is `1.0`, and the order of an object's members does not matter.",
    example: "{ state: done }",
    value: Value::Any,
    compile,
};

#[derive(Debug)]
struct Equals {
    wanted: Template,
    /// Whether an expression that gives a list means one of its items.
    list_is_choice: bool,
}

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    let wanted = Template::parse(node, compiler.diagnostics);
    Some(Box::new(Equals { wanted, list_is_choice: false }))
}

/// A value without a word before it: `status: 202`, `status: "${{ policy.redirect_codes }}"`.
pub(in crate::check) fn compile_plain(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    let wanted = Template::parse(node, compiler.diagnostics);
    Some(Box::new(Equals { wanted, list_is_choice: true }))
}

impl Matcher for Equals {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let wanted = self.wanted.evaluate(scope.lookup)?;
        if subject.is(&wanted) {
            return Ok(Vec::new());
        }
        match (&wanted, subject.json()) {
            (Datum::Json(Json::Array(options)), _) if self.list_is_choice => {
                Ok(super::r#in::judge_options(options, subject, scope))
            }
            (Datum::Json(wanted), Some(actual)) => Ok(compare(wanted, actual, Extent::Whole, scope)),
            _ => Ok(scope.demand(subject, false, || describe(&wanted))),
        }
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.wanted.names()
    }

    fn constant(&self) -> Option<&Json> {
        self.wanted.constant()
    }
}

/// A mismatch for each of the first places that differ.
pub(super) fn compare(
    wanted: &Json,
    actual: &Json,
    extent: Extent,
    scope: Scope<'_>,
) -> Vec<crate::check::Mismatch> {
    let words = |value: Option<&Json>| value.map_or_else(|| "absent".to_owned(), shorten);
    let mismatch =
        |found: Difference<'_>| scope.mismatch(found.pointer, words(found.expected), words(found.actual));
    differences(wanted, actual, extent).into_iter().map(mismatch).collect()
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case("{ equals: 1 }", json!(1.0), "")]
    #[case(r#"{ equals: "1" }"#, json!(1), r#": expected "1", actual 1"#)]
    #[case("{ equals: null }", json!(null), "")]
    #[case("{ equals: { a: [1, 2] } }", json!({"a": [1, 2]}), "")]
    #[case("{ equals: { a: [1, 2] } }", json!({"a": [1, 3], "b": 0}), "/a/1: expected 2, actual 3\n/b: expected absent, actual 0")]
    #[case(r#"{ equals: "${{ id }}" }"#, json!(955), "")]
    #[case(r#"{ equals: "job ${{ id }}" }"#, json!("job 955"), "")]
    #[case(r#"{ equals: "${{ codes }}" }"#, json!(303), ": expected [302,303], actual 303")]
    #[case(r#""${{ codes }}""#, json!(303), "")]
    #[case(r#""${{ codes }}""#, json!([302, 303]), "")]
    #[case(r#""${{ codes }}""#, json!(200), ": expected one of 302, 303, actual 200")]
    #[case(r#"{ equals: "${{ lost }}" }"#, json!(1), "not reached: `lost` was not captured")]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-equals", &refuse(&[r#"{ equals: "${{ a - b }}" }"#]));
    }
}
