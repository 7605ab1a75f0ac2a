//! `any_of: [ { status: 404 }, { result: refused } ]` — one of several sets of conditions.

use super::{Condition, ConditionDefinition, SHAPE, compile_all};
use crate::check::block::Compiler;
use crate::check::judgement::{Judgement, Mismatch, Tally, Unreached};
use crate::check::view::View;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::yaml::{Kind, Node, Shape, Value, list};

pub(super) const DEFINITION: ConditionDefinition = ConditionDefinition {
    name: "any_of",
    doc: "Alternatives, of which one must hold as a whole.",
    only: None,
    example: "[{ status: 404 }, { status: 200, body: { has: { state: cancelled } } }]",
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
    if matches!(&node.kind, Kind::Sequence(items) if items.is_empty()) {
        let empty = Diagnostic::error("no-value", "the list of alternatives is empty").at(node.span, "");
        compiler.report(empty.help("write one or more: `any_of: [ { status: 200 }, { status: 404 } ]`"));
    }
    let alternatives = items.iter().map(|item| compile_all(item, &SHAPE, compiler)).collect();
    Some(Box::new(AnyOf { alternatives, span: node.span }))
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

#[cfg(test)]
mod tests {
    use crate::check::sample::{answer, judge, mistakes, snapshot};
    use rstest::rstest;

    #[rstest]
    #[case("{ any_of: [ { status: 404 }, { result: refused } ] }", "held")]
    #[case("{ any_of: [ { value: { lost: 1 } }, { status: 403 } ] }", "held")]
    #[case(
        "{ any_of: [ { status: 404, body: { empty: yes } }, { result: success } ] }",
        "any_of: expected status 404 and body empty, or result success, actual status 403, body 2 bytes, result refused (HTTP 403)"
    )]
    #[case("{ any_of: [ { value: { lost: 1 } }, { status: 404 } ] }", "not reached: `lost` was not captured")]
    fn one_alternative_is_enough(#[case] block: &str, #[case] expected: &str) {
        assert_eq!(judge(block, &answer(403, &[], "{}")), expected);
    }

    #[test]
    fn alternatives_hold_conditions_only() {
        let blocks = [
            "{ any_of: [ { covers: TST-MAIN-01, status: 404 } ] }",
            "{ any_of: { status: 404 } }",
            "{ any_of: [ {} ] }",
            "{ any_of: [] }",
        ];
        snapshot("condition-any_of", &mistakes(&blocks));
    }
}
