//! `{ in: [DONE, ERROR] }` — one of several values; a bare list says the same.

use serde_json::Value as Json;

use super::{Matcher, MatcherDefinition};
use crate::check::Mismatch;
use crate::check::block::Compiler;
use crate::check::judgement::Unreached;
use crate::check::subject::{Found, Scope, Subject};
use crate::diagnostic::Diagnostic;
use crate::json::shorten;
use crate::scenario::{Datum, Lookup, Template};
use crate::source::Span;
use crate::yaml::{Kind, Node, Value, wrong_type};

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "in",
    doc: "One of these values.",
    example: "[DONE, ERROR]",
    value: Value::AnyOf(&[Value::List(&Value::Any), Value::Text]),
    compile,
};

#[derive(Debug)]
struct In(Options);

pub(in crate::check) fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    Some(Box::new(In(Options::compile(node, compiler)?)))
}

impl Matcher for In {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        Ok(judge_options(&self.0.evaluate(scope.lookup)?, subject, scope))
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.0.0.names()
    }

    fn constant(&self) -> Option<&Json> {
        match self.0.0.constant()?.as_array()?.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// Holds if the subject is one of the options.
pub(super) fn judge_options(options: &[Json], subject: Subject<'_>, scope: Scope<'_>) -> Vec<Mismatch> {
    let holds = options.iter().any(|option| subject.is(&Datum::Json(option.clone())));
    scope.demand(subject, holds, || format!("one of {}", list(options)))
}

/// Values in the words of messages: `302, 303`.
pub(super) fn list(options: &[Json]) -> String {
    options.iter().map(shorten).collect::<Vec<_>>().join(", ")
}

/// A list of values, or an expression that gives one.
#[derive(Debug)]
pub(super) struct Options(pub(super) Template);

impl Options {
    pub(super) fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Self> {
        let options = Template::parse(node, compiler.diagnostics);
        match &node.kind {
            Kind::Sequence(items) if items.is_empty() => {
                let empty = Diagnostic::error("no-value", "the list of values is empty").at(node.span, "");
                compiler.report(empty.help("write one value or more: `[200, 202]`"));
                None
            }
            Kind::Sequence(_) => Some(Self(options)),
            _ if !options.is_constant() => Some(Self(options)),
            _ => {
                compiler.report(
                    wrong_type(node, "a list of values").help("`equals` and `not_equals` take one value"),
                );
                None
            }
        }
    }

    pub(super) fn evaluate(&self, lookup: &dyn Lookup) -> Result<Vec<Json>, Unreached> {
        match self.0.json(lookup)? {
            Json::Array(options) => Ok(options),
            other => Err(Unreached(format!("{} is no list of values", shorten(&other)))),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case("{ in: [DONE, ERROR] }", json!("ERROR"), "")]
    #[case("[1, 2]", json!(2.0), "")]
    #[case(r#"{ in: "${{ codes }}" }"#, json!(303), "")]
    #[case("{ in: [DONE, ERROR] }", json!("QUEUE"), r#": expected one of "DONE", "ERROR", actual "QUEUE""#)]
    #[case(r#"{ in: "${{ word }}" }"#, json!("done"), r#"not reached: "done" is no list of values"#)]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-in", &refuse(&["{ in: DONE }", "{ in: [] }"]));
    }
}
