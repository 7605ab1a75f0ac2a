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
    example: "{ equals: { state: done } }",
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
pub(super) fn compile_plain(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
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
