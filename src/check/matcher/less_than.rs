//! `{ less_than: 300 }` — less than this number or length of time.

use std::cmp::Ordering;

use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::bound::{self, BOUND, Side};
use crate::yaml::Node;

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "less_than",
    doc: "Less than this number or length of time.",
    example: "300",
    value: BOUND,
    compile,
};

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    bound::compile(node, Side { words: "less than", holds: Ordering::is_lt }, compiler)
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case("{ less_than: 2 }", json!(-1), "")]
    #[case("{ less_than: 2 }", json!(2), ": expected less than 2, actual 2")]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-less_than", &refuse(&["{ less_than: { a: 1 } }"]));
    }
}
