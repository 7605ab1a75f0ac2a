//! `{ contains: succeeded }` — a text that has this text in it, or a list that has this value.

use serde_json::Value as Json;

use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::subject::{Found, Scope, Subject};
use crate::json::{equal, shorten};
use crate::scenario::Template;
use crate::scenario::template::text_of;
use crate::source::Span;
use crate::yaml::{Node, Value};

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "contains",
    doc: "A text that has this text in it, or a list that has this value.",
    example: "succeeded",
    value: Value::Scalar,
    compile,
};

#[derive(Debug)]
struct Contains(Template);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    if matches!(node.kind, crate::yaml::Kind::Mapping(_) | crate::yaml::Kind::Sequence(_)) {
        compiler.report(crate::yaml::wrong_type(node, "a text or a number"));
        return None;
    }
    Some(Box::new(Contains(Template::parse(node, compiler.diagnostics))))
}

impl Matcher for Contains {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let wanted = self.0.json(scope.lookup)?;
        let in_list = || {
            let items = subject.json().and_then(Json::as_array);
            items.is_some_and(|items| items.iter().any(|item| equal(item, &wanted)))
        };
        let holds = match subject.text() {
            Some(text) => text.contains(&text_of(&wanted)),
            None => in_list(),
        };
        Ok(scope.demand(subject, holds, || format!("a text or a list that contains {}", shorten(&wanted))))
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
    #[case("{ contains: one }", json!("it is done"), "")]
    #[case("{ contains: '${{ word }}' }", json!("it is done"), "")]
    #[case("{ contains: 12 }", json!("order 12"), "")]
    #[case("{ contains: 12 }", json!([1, 12.0]), "")]
    #[case("{ contains: 12 }", json!(["12"]), ": expected a text or a list that contains 12, actual [\"12\"]")]
    #[case("{ contains: two }", json!("it is done"), ": expected a text or a list that contains \"two\", actual \"it is done\"")]
    #[case("{ contains: 1 }", json!(1), ": expected a text or a list that contains 1, actual 1")]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-contains", &refuse(&["{ contains: [a] }", "{ contains: { a: b } }"]));
    }
}
