//! `{ at_most: "${{ target.prompt }}" }` — no more than this number or length of time.

use std::cmp::Ordering;

use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::bound::{self, BOUND, Side};
use crate::yaml::Node;

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "at_most",
    doc: "No more than this number or length of time.",
    example: "\"${{ target.prompt }}\"",
    value: BOUND,
    compile,
};

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    bound::compile(node, Side { words: "at most", holds: Ordering::is_le }, compiler)
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case("{ at_most: 2 }", json!(2), "")]
    #[case("{ at_most: 2 }", json!(3), ": expected at most 2, actual 3")]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-at_most", &refuse(&["{ at_most: yes }"]));
    }
}
