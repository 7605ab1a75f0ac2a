//! `{ more_than: 0 }` — more than this number or length of time.

use std::cmp::Ordering;

use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::bound::{self, BOUND, Side};
use crate::yaml::Node;

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "more_than",
    doc: "More than this number or length of time.",
    example: "{ more_than: 0 }",
    value: BOUND,
    compile,
};

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    bound::compile(node, Side { words: "more than", holds: Ordering::is_gt }, compiler)
}
