//! `{ not_in: [200, 201] }` — none of several values; something must be there.

use super::r#in::{Options, list};
use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::subject::{Found, Scope, Subject};
use crate::scenario::Datum;
use crate::source::Span;
use crate::yaml::{Node, Value};

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "not_in",
    doc: "None of these values; something must be there.",
    example: "[200, 201]",
    value: Value::AnyOf(&[Value::List(&Value::Any), Value::Text]),
    compile,
};

#[derive(Debug)]
struct NotIn(Options);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    Some(Box::new(NotIn(Options::compile(node, compiler)?)))
}

impl Matcher for NotIn {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let options = self.0.evaluate(scope.lookup)?;
        let among = options.iter().any(|option| subject.is(&Datum::Json(option.clone())));
        let holds = !among && !matches!(subject, Subject::Absent);
        Ok(scope.demand(subject, holds, || format!("none of {}", list(&options))))
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.0.0.names()
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case("{ not_in: [200, 201] }", json!(202), "")]
    #[case(r#"{ not_in: "${{ codes }}" }"#, json!(303), ": expected none of 302, 303, actual 303")]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-not_in", &refuse(&["{ not_in: 200 }"]));
    }
}
