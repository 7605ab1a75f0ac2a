//! `{ length: { at_most: 64 } }` — how many characters, items or members there are.

use serde_json::Value as Json;

use super::{ARGUMENT, Matcher, MatcherDefinition, Matchers};
use crate::check::block::Compiler;
use crate::check::subject::{Found, Scope, Subject};
use crate::source::Span;
use crate::yaml::Node;

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "length",
    doc: "How many characters a text, items a list or members an object has.",
    example: "{ length: { at_most: 64 } }",
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
