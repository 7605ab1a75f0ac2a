//! `{ optional: { is: uuid } }` — absent or null, or else like this.

use super::{ARGUMENT, Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::conjunction::Matchers;
use crate::check::subject::{Found, Scope, Subject};
use crate::source::Span;
use crate::yaml::Node;

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "optional",
    doc: "Absent or null, or else like this.",
    example: "{ is: uuid }",
    value: ARGUMENT,
    compile,
};

#[derive(Debug)]
struct Optional(Matchers);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    Some(Box::new(Optional(Matchers::compile(node, compiler))))
}

impl Matcher for Optional {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        match subject {
            Subject::Absent | Subject::Json(serde_json::Value::Null) => Ok(Vec::new()),
            _ => self.0.judge(subject, scope),
        }
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
    #[case("{ optional: { is: uuid } }", json!(null), "")]
    #[case("{ optional: { is: text } }", json!("a"), "")]
    #[case("{ optional: { is: text } }", json!(1), ": expected a text, actual 1")]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-optional", &refuse(&["{ optional: { iss: text } }"]));
    }
}
