//! `{ at: { /task/id: { is: integer } } }` — what stands at places inside, by JSON Pointer.

use super::{ARGUMENT, Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::conjunction::Matchers;
use crate::check::judgement::Unreached;
use crate::check::subject::{Found, Scope, Subject};
use crate::diagnostic::Diagnostic;
use crate::json::Pointer;
use crate::scenario::Template;
use crate::scenario::template::text_of;
use crate::source::{Span, Spanned};
use crate::yaml::{Node, Value};

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "at",
    doc: "What stands at places inside, each named by a JSON Pointer.",
    example: "{ /task/id: { is: integer } }",
    value: Value::Map(&ARGUMENT),
    compile,
};

#[derive(Debug)]
struct At(Vec<(Template, Matchers)>);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    let named = Matchers::compile_named(node, compiler).into_iter();
    let places = named.map(|(key, matchers)| (pointer(&key, compiler), matchers));
    Some(Box::new(At(places.collect())))
}

fn pointer(key: &Spanned<String>, compiler: &mut Compiler<'_>) -> Template {
    let template = Template::parse_text(&key.value, key.span, compiler.diagnostics);
    if let Some(constant) = template.constant()
        && let Err(reason) = Pointer::parse(&text_of(constant))
    {
        let message = format!("`{}` is no JSON Pointer: it {reason}", key.value);
        compiler.report(
            Diagnostic::error("bad-pointer", message)
                .at(key.span, "")
                .help("a JSON Pointer looks like `/task/id`"),
        );
    }
    template
}

impl Matcher for At {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let mut mismatches = Vec::new();
        for (place, matchers) in &self.0 {
            let place = text_of(&place.json(scope.lookup)?);
            let pointer =
                Pointer::parse(&place).map_err(|reason| Unreached(format!("`{place}` {reason}")))?;
            let found = matchers.judge(inside(subject, &pointer), scope)?;
            mismatches.extend(found.into_iter().map(|mismatch| mismatch.below(&place)));
        }
        Ok(mismatches)
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.0
            .iter()
            .flat_map(|(place, matchers)| place.names().into_iter().chain(matchers.names()))
            .collect()
    }
}

fn inside<'a>(subject: Subject<'a>, pointer: &Pointer) -> Subject<'a> {
    match subject {
        Subject::Json(value) => Subject::of(pointer.get(value)),
        Subject::Hidden(_) => subject,
        Subject::Absent | Subject::Header { .. } | Subject::Duration(_) => Subject::Absent,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case("{ at: { /a/0: 1, /b: { is: absent } } }", json!({"a": [1]}), "")]
    #[case("{ at: { /a/0: 1, /a/1: 2 } }", json!({"a": [0]}), "/a/0: expected 1, actual 0\n/a/1: expected 2, actual absent")]
    #[case(r#"{ at: { "/${{ word }}": 1 } }"#, json!({"done": 1}), "")]
    #[case(r#"{ at: { "${{ word }}": 1 } }"#, json!({"done": 1}), "not reached: `done` does not begin with `/`")]
    #[case("{ at: { /a: { at: { /b: 1 } } } }", json!({"a": {}}), "/a/b: expected 1, actual absent")]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-at", &refuse(&["{ at: { a: 1, /a~2: 1 } }", "{ at: [/a] }"]));
    }
}
