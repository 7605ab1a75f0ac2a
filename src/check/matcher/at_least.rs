//! `{ at_least: 1 }` — no less than this number or length of time.

use std::cmp::Ordering;

use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::bound::{self, BOUND, Side};
use crate::yaml::Node;

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "at_least",
    doc: "No less than this number or length of time.",
    example: "1",
    value: BOUND,
    compile,
};

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    bound::compile(node, Side { words: "at least", holds: Ordering::is_ge }, compiler)
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case("{ at_least: 2 }", json!(2), "")]
    #[case("{ at_least: 2 }", json!(1.5), ": expected at least 2, actual 1.5")]
    #[case("{ at_least: 2 }", json!("3"), r#": expected at least 2, actual "3""#)]
    #[case(r#"{ at_least: "${{ word }}" }"#, json!(3), r#"not reached: "done" is neither a number nor a duration"#)]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot("matcher-at_least", &refuse(&["{ at_least: soon }", "{ at_least: [1] }"]));
    }
}
