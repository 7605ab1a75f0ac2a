//! `{ each: { is: uuid } }` — a list of which every item is like this; an empty list is one.

use serde_json::Value as Json;

use super::{ARGUMENT, Matcher, MatcherDefinition, Matchers};
use crate::check::block::Compiler;
use crate::check::subject::{Found, Scope, Subject};
use crate::source::Span;
use crate::yaml::Node;

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "each",
    doc: "A list of which every item is like this; an empty list is one.",
    example: "{ each: { is: uuid } }",
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
