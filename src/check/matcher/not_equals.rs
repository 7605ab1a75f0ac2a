//! `{ not_equals: "${{ status_uri }}" }` — another value; something must be there.

use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::subject::{Found, Scope, Subject, describe};
use crate::scenario::Template;
use crate::source::Span;
use crate::yaml::{Node, Value};

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "not_equals",
    doc: "Another value than this; something must be there.",
    example: "\"${{ status_uri }}\"",
    value: Value::Any,
    compile,
};

#[derive(Debug)]
struct NotEquals(Template);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    Some(Box::new(NotEquals(Template::parse(node, compiler.diagnostics))))
}

impl Matcher for NotEquals {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let refused = self.0.evaluate(scope.lookup)?;
        let holds = !matches!(subject, Subject::Absent) && !subject.is(&refused);
        Ok(scope.demand(subject, holds, || format!("anything but {}", describe(&refused))))
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
    #[case("{ not_equals: done }", json!("open"), "")]
    #[case(r#"{ not_equals: "${{ word }}" }"#, json!("done"), r#": expected anything but "done", actual "done""#)]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-not_equals", &refuse(&[r#"{ not_equals: "${{ }}" }"#]));
    }
}
