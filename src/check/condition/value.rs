//! `value: { id: { is: integer } }` — captured values.

use super::{Condition, ConditionDefinition};
use crate::check::block::Compiler;
use crate::check::conjunction::Matchers;
use crate::check::judgement::{Tally, Unreached};
use crate::check::matcher::ARGUMENT;
use crate::check::subject::{Found, Subject};
use crate::check::view::View;
use crate::scenario::Datum;
use crate::source::{Span, Spanned};
use crate::yaml::{Node, Value};

pub(super) const DEFINITION: ConditionDefinition = ConditionDefinition {
    name: "value",
    doc: "Captured values by name.",
    only: None,
    example: "{ id: { is: integer } }",
    value: Value::Map(&ARGUMENT),
    compile,
};

#[derive(Debug)]
struct Values(Vec<(Spanned<String>, Matchers)>);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Condition>> {
    Some(Box::new(Values(Matchers::compile_named(node, compiler))))
}

impl Condition for Values {
    fn judge(&self, view: &View<'_>, tally: &mut Tally) {
        for (name, matchers) in &self.0 {
            tally.add(judge(&name.value, matchers, view));
        }
    }

    fn names(&self) -> Vec<(&str, Span)> {
        let own = self.0.iter().map(|(name, _)| (name.value.as_str(), name.span));
        own.chain(self.0.iter().flat_map(|(_, matchers)| matchers.names())).collect()
    }
}

fn judge(name: &str, matchers: &Matchers, view: &View<'_>) -> Found {
    let place = format!("value {name}");
    if let Err(reason) = view.response() {
        return matchers.judge_in(Subject::Hidden(&reason), view, &place);
    }
    match view.lookup.look_up(name).ok_or_else(|| Unreached::uncaptured(name))? {
        Datum::Json(value) => matchers.judge_in(Subject::Json(&value), view, &place),
        Datum::Duration(duration) => matchers.judge_in(Subject::Duration(duration), view, &place),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{answer, judge};
    use rstest::rstest;

    #[rstest]
    #[case("{ value: { id: 955, word: { is: text } } }", "held")]
    #[case("{ value: { id: { at_most: 9 } } }", "value id: expected at most 9, actual 955")]
    #[case("{ value: { lag: { at_least: 3s } } }", "value lag: expected at least 3s, actual 2s")]
    #[case("{ value: { lost: 1 } }", "not reached: `lost` was not captured")]
    #[case("{ value: { lost: 1, id: 9 } }", "value id: expected 9, actual 955")]
    fn judges_what_was_captured(#[case] block: &str, #[case] expected: &str) {
        assert_eq!(judge(block, &answer(200, &[], "")), expected);
    }
}
