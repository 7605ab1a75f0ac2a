//! `{ less_than: 300 }` — less than this number or length of time.

use std::cmp::Ordering;

use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::bound::{self, BOUND, Side};
use crate::yaml::Node;

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "less_than",
    doc: "Less than this number or length of time.",
    example: "{ less_than: 300 }",
    value: BOUND,
    compile,
};

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    bound::compile(node, Side { words: "less than", holds: Ordering::is_lt }, compiler)
}
