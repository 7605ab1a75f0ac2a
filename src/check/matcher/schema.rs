//! `{ schema: elma/task }`, `{ schema: { name: elma/task, at: /task } }` — what a JSON Schema of the suite allows.

use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::judgement::Unreached;
use crate::check::subject::{Found, Scope, Subject};
use crate::diagnostic::Diagnostic;
use crate::json::Pointer;
use crate::source::{Span, Spanned};
use crate::yaml::{Fields, Key, Kind, Node, Shape, Value, text};

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "schema",
    doc: "What this JSON Schema of the suite allows, as a whole or at a place inside.",
    example: "elma/task",
    value: Value::AnyOf(&[Value::Text, Value::Object(&SHAPE)]),
    compile,
};

static SHAPE: Shape = Shape {
    name: "`schema`",
    doc: "A JSON Schema and the place at which it counts.",
    keys: &[
        Key::required("name", Value::Text, "The path of the schema below `schemas/`, without `.json`.")
            .like("elma/task"),
        Key::optional("at", Value::Text, "The place, as a JSON Pointer.").like("/task"),
    ],
};

#[derive(Debug)]
struct Schema {
    name: String,
    at: Pointer,
}

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    let (name, at) = match &node.kind {
        Kind::Mapping(_) => {
            let fields = Fields::open(node, &SHAPE, compiler.diagnostics)?;
            (fields.get("name")?, fields.get("at"))
        }
        _ => (node, None),
    };
    let name = text(name, compiler.diagnostics)?;
    let at = at.and_then(|at| pointer(at, compiler)).unwrap_or_default();
    known(&name, compiler).then(|| Box::new(Schema { name: name.value, at }) as Box<dyn Matcher>)
}

fn pointer(node: &Node, compiler: &mut Compiler<'_>) -> Option<Pointer> {
    let place = text(node, compiler.diagnostics)?;
    let report = |reason| {
        let message = format!("`{}` is no JSON Pointer: it {reason}", place.value);
        Diagnostic::error("bad-pointer", message)
            .at(place.span, "")
            .help("a JSON Pointer looks like `/task/id`")
    };
    Pointer::parse(&place.value).map_err(|reason| compiler.report(report(reason))).ok()
}

fn known(name: &Spanned<String>, compiler: &mut Compiler<'_>) -> bool {
    let known = compiler.schemas.names().any(|known| known == name.value);
    if !known {
        let unknown =
            Diagnostic::error("unknown-schema", format!("the suite has no schema `{}`", name.value));
        let unknown = unknown.at(name.span, "unknown name");
        let unknown = match compiler.schemas.names().next() {
            Some(_) => unknown.suggest(&name.value, compiler.schemas.names()),
            None => unknown.help(format!("write it: `schemas/{}.json` of the suite", name.value)),
        };
        compiler.report(unknown);
    }
    known
}

impl Matcher for Schema {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let place = self.at.to_string();
        let Some(value) = subject.json().and_then(|value| self.at.get(value)) else {
            let seen = if subject.json().is_some() { Subject::Absent } else { subject };
            let found = scope.demand(seen, false, || format!("what schema {} allows", self.name)).into_iter();
            return Ok(found.map(|mismatch| mismatch.below(&place)).collect());
        };
        let faults = scope.schemas.validate(&self.name, value).map_err(Unreached)?;
        let mismatch = |fault: crate::check::schema::Fault| {
            let expected = format!("{} (schema {})", fault.expected, self.name);
            scope.mismatch(format!("{place}{}", fault.pointer), expected, fault.actual)
        };
        Ok(faults.into_iter().map(mismatch).collect())
    }

    fn names(&self) -> Vec<(&str, Span)> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case("{ schema: tst/job }", json!({"id": 1}), "")]
    #[case("{ schema: tst/job }", json!({}), "/id: expected present (schema tst/job), actual absent")]
    #[case("{ schema: tst/job }", json!({"id": 0}), "/id: expected at least 1 (schema tst/job), actual 0")]
    #[case("{ schema: { name: tst/id, at: /id } }", json!({"id": "x"}), r#"/id: expected of type integer (schema tst/id), actual "x""#)]
    #[case("{ schema: { name: tst/id, at: /id } }", json!({}), "/id: expected what schema tst/id allows, actual absent")]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot(
            "matcher-schema",
            &refuse(&["{ schema: tst/jobs }", "{ schema: { nme: tst/job, at: id } }"]),
        );
    }
}
