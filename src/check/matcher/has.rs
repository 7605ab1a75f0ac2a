//! `{ has: { state: done } }` — at least these members; of a list: these items; of a text: this text.

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
    doc: "An object with at least these members, at any depth; a list with these items; a text with this in it.",
    example: "{ has: { state: done } }",
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
