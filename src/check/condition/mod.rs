//! The conditions of a block, one file each: what they look at and what they take.

mod any_of;
mod body;
mod headers;
mod location;
mod method;
mod result;
mod status;
mod timing;
mod value;

#[cfg(test)]
pub(super) use self::body::SHAPE as BODY_SHAPE;

use std::fmt::Debug;

use super::block::{Compiler, Constant};
use super::judgement::Tally;
use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::yaml::{Fields, Key, Kind, Node, Shape, Value};

/// Something that must be so of an exchange.
pub(super) trait Condition: Debug + Send + Sync {
    /// Looks, and notes whatever is not as it should be.
    fn judge(&self, view: &View<'_>, tally: &mut Tally);

    /// Every name it uses.
    fn names(&self) -> Vec<(&str, Span)>;

    /// The one constant that satisfies it, if a single one does.
    fn constant(&self) -> Option<Constant> {
        None
    }
}

/// What an expectation is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The answer to a request of the harness.
    Answer,
    /// A call of the server.
    CallBack,
}

impl Side {
    /// What messages call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Answer => "an answer",
            Self::CallBack => "a call-back",
        }
    }
}

/// One word that may stand in a block.
#[derive(Debug)]
pub struct ConditionDefinition {
    /// The word.
    pub name: &'static str,
    /// What it looks at, one sentence.
    pub doc: &'static str,
    /// Where it is seen, if not everywhere.
    pub only: Option<Side>,
    /// What could stand behind it, as YAML.
    pub example: &'static str,
    /// What may stand behind it.
    pub value: Value,
    compile: fn(&Node, &mut Compiler<'_>) -> Option<Box<dyn Condition>>,
}

/// Every condition there is.
pub const CONDITIONS: &[ConditionDefinition] = &[
    status::DEFINITION,
    method::DEFINITION,
    headers::DEFINITION,
    location::DEFINITION,
    result::DEFINITION,
    body::DEFINITION,
    timing::DEFINITION,
    value::DEFINITION,
    any_of::DEFINITION,
];

const KEYS: [Key; CONDITIONS.len()] = keys(&[]);

/// Conditions without requirements, as `any_of` takes them.
pub static SHAPE: Shape =
    Shape { name: "an alternative", doc: "Conditions that must all hold.", keys: &KEYS };

/// Compiles every condition of a mapping of this shape; its other keys are left to others.
pub(super) fn compile_all(
    node: &Node,
    shape: &'static Shape,
    compiler: &mut Compiler<'_>,
) -> Vec<Box<dyn Condition>> {
    let Some(fields) = Fields::open(node, shape, compiler.diagnostics) else { return Vec::new() };
    let written: Vec<_> =
        CONDITIONS.iter().filter_map(|known| Some((known, fields.get(known.name)?))).collect();
    if written.is_empty() && has_only_known_keys(node, shape) {
        let names = seen_in(compiler.side);
        let empty = Diagnostic::error("no-condition", format!("{} demands nothing", shape.name));
        compiler.report(empty.at(node.span, "").help(format!("one of: {}", names.join(", "))));
    }
    for (known, argument) in &written {
        refuse_elsewhere(known, argument.span, compiler);
    }
    written.into_iter().filter_map(|(known, argument)| (known.compile)(argument, compiler)).collect()
}

/// The words for what such a message has.
fn seen_in(side: Side) -> Vec<&'static str> {
    let seen = CONDITIONS.iter().filter(|known| known.only.is_none_or(|only| only == side));
    seen.map(|known| known.name).collect()
}

/// A word for what is not there would be held against nothing.
fn refuse_elsewhere(known: &ConditionDefinition, span: Span, compiler: &mut Compiler<'_>) {
    let side = compiler.side;
    if known.only.is_none_or(|only| only == side) {
        return;
    }
    let message = format!("{} has no `{}`", side.words(), known.name);
    let help = format!("what it has: {}", seen_in(side).join(", "));
    compiler.report(Diagnostic::error("other-side", message).at(span, "").help(help));
}

/// Whether nothing is misspelt: a mapping that has unknown keys was meant to say something.
fn has_only_known_keys(node: &Node, shape: &Shape) -> bool {
    let Kind::Mapping(entries) = &node.kind else { return false };
    entries.iter().all(|(name, _)| shape.keys.iter().any(|key| key.name == name.value))
}

/// The keys of these tables and then one for each condition, so that no list of conditions is written twice.
pub(super) const fn keys<const N: usize>(tables: &[&[Key]]) -> [Key; N] {
    let mut keys = [const { Key::optional("", Value::Any, "") }; N];
    let mut at = 0;
    let mut table = 0;
    while table < tables.len() {
        let mut row = 0;
        while row < tables[table].len() {
            keys[at] = tables[table][row];
            at += 1;
            row += 1;
        }
        table += 1;
    }
    let mut row = 0;
    while row < CONDITIONS.len() {
        let condition = &CONDITIONS[row];
        keys[at] = Key::optional(condition.name, condition.value, condition.doc).like(condition.example);
        at += 1;
        row += 1;
    }
    keys
}
