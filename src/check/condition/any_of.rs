//! `any_of: [ { status: 404 }, { result: refused } ]` — one of several sets of conditions.

use super::{Condition, ConditionDefinition, SHAPE, compile_all};
use crate::check::block::Compiler;
use crate::check::judgement::{Judgement, Mismatch, Tally, Unreached};
use crate::check::view::View;
use crate::source::Span;
use crate::yaml::{Fields, Node, Shape, Value, list};

pub(super) const DEFINITION: ConditionDefinition = ConditionDefinition {
    name: "any_of",
    doc: "Alternatives, of which one must hold as a whole.",
    value: Value::List(&Value::Recursive(shape)),
    compile,
};

fn shape() -> &'static Shape {
    &SHAPE
}

#[derive(Debug)]
struct AnyOf {
    alternatives: Vec<Vec<Box<dyn Condition>>>,
    span: Span,
}

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Condition>> {
    let items = list(node, compiler.diagnostics);
    let alternatives = items.iter().filter_map(|item| {
        Fields::open(item, &SHAPE, compiler.diagnostics)?;
        Some(compile_all(item, compiler))
    });
    Some(Box::new(AnyOf { alternatives: alternatives.collect(), span: node.span }))
}

impl Condition for AnyOf {
    fn judge(&self, view: &View<'_>, tally: &mut Tally) {
        let mut missed = Vec::new();
        let mut unreached = None;
        for alternative in &self.alternatives {
            let mut own = Tally::default();
            for condition in alternative {
                condition.judge(view, &mut own);
            }
            match own.judgement() {
                Judgement::Held => return,
                Judgement::HeldWithWarning(warning) => return tally.warn(warning),
                Judgement::Violated(mismatches) => missed.push(mismatches),
                Judgement::NotReached(reason) | Judgement::Vacuous(reason) => {
                    unreached = Some(Unreached(reason));
                }
            }
        }
        tally.add(unreached.map_or_else(|| Ok(vec![self.mismatch(&missed)]), Err));
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.alternatives.iter().flatten().flat_map(|condition| condition.names()).collect()
    }
}

impl AnyOf {
    /// What each alternative missed, on one line: `status 404, or result refused`.
    fn mismatch(&self, missed: &[Vec<Mismatch>]) -> Mismatch {
        let expected: Vec<String> =
            missed.iter().map(|mismatches| join(mismatches, |one| &one.expected)).collect();
        let mut actual: Vec<String> = Vec::new();
        for one in missed.iter().flatten() {
            let seen = format!("{} {}", one.place, one.actual);
            if !actual.contains(&seen) {
                actual.push(seen);
            }
        }
        Mismatch {
            place: "any_of".to_owned(),
            expected: expected.join(", or "),
            actual: actual.join(", "),
            span: self.span,
        }
    }
}

fn join(mismatches: &[Mismatch], side: impl Fn(&Mismatch) -> &String) -> String {
    let parts: Vec<String> = mismatches.iter().map(|one| format!("{} {}", one.place, side(one))).collect();
    parts.join(" and ")
}
