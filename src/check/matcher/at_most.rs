//! `{ at_most: "${{ target.prompt }}" }` — no more than this number or length of time.

use std::cmp::Ordering;

use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::bound::{self, BOUND, Side};
use crate::yaml::Node;

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "at_most",
    doc: "No more than this number or length of time.",
    example: "{ at_most: \"${{ target.prompt }}\" }",
    value: BOUND,
    compile,
};

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    bound::compile(node, Side { words: "at most", holds: Ordering::is_le }, compiler)
}
