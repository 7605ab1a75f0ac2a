//! `{ matches: "^application/json" }` — a text in which this regular expression is found.

use regex::Regex;

use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::judgement::Unreached;
use crate::check::regular;
use crate::check::subject::{Found, Scope, Subject};
use crate::json::shorten;
use crate::scenario::Template;
use crate::scenario::template::text_of;
use crate::source::Span;
use crate::yaml::{Node, Value, text};

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "matches",
    doc: "A text in which this regular expression is found, wherever in it.",
    example: "\"^application/json\"",
    value: Value::Text,
    compile,
};

/// A regular expression, compiled at once unless it waits for a captured value.
#[derive(Debug)]
enum Matches {
    Ready(Regex),
    Later(Template),
}

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    text(node, compiler.diagnostics)?;
    let template = Template::parse(node, compiler.diagnostics);
    let Some(pattern) = template.constant().map(text_of) else {
        return Some(Box::new(Matches::Later(template)));
    };
    let regex = regular::parse(&pattern, node.span, compiler.diagnostics)?;
    Some(Box::new(Matches::Ready(regex)))
}

impl Matcher for Matches {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        match self {
            Self::Ready(regex) => Ok(judge(regex, subject, scope)),
            Self::Later(template) => {
                let pattern = text_of(&template.json(scope.lookup)?);
                let regex = Regex::new(&pattern).map_err(|error| {
                    Unreached(format!("not a regular expression: {}", regular::reason(&error)))
                })?;
                Ok(judge(&regex, subject, scope))
            }
        }
    }

    fn names(&self) -> Vec<(&str, Span)> {
        match self {
            Self::Ready(_) => Vec::new(),
            Self::Later(template) => template.names(),
        }
    }
}

fn judge(regex: &Regex, subject: Subject<'_>, scope: Scope<'_>) -> Vec<crate::check::Mismatch> {
    let holds = subject.text().is_some_and(|text| regex.is_match(text));
    scope.demand(subject, holds, || format!("a text matching {}", shorten(&regex.as_str().into())))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case(r#"{ matches: "b+" }"#, json!("abbc"), "")]
    #[case(r#"{ matches: "^b" }"#, json!("abbc"), r#": expected a text matching "^b", actual "abbc""#)]
    #[case(r#"{ matches: "1" }"#, json!(1), r#": expected a text matching "1", actual 1"#)]
    #[case(r#"{ matches: "^${{ word }}$" }"#, json!("done"), "")]
    #[case(r#"{ matches: "(${{ word }}" }"#, json!("done"), "not reached: not a regular expression: unclosed group")]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-matches", &refuse(&[r#"{ matches: "(a" }"#, "{ matches: 5 }"]));
    }
}
