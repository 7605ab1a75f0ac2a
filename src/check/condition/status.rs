//! `status: 202` — the HTTP status of the answer.

use serde_json::Value as Json;

use super::{Condition, ConditionDefinition, Side};
use crate::check::block::{Compiler, Constant};
use crate::check::conjunction::Matchers;
use crate::check::judgement::Tally;
use crate::check::matcher::MAPPING;
use crate::check::subject::Subject;
use crate::check::view::View;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::yaml::{Kind, Node, Value};

const CODE: Value = Value::Between(100, 599);

pub(super) const DEFINITION: ConditionDefinition = ConditionDefinition {
    name: "status",
    doc: "The HTTP status.",
    only: Some(Side::Answer),
    example: "202",
    value: Value::AnyOf(&[
        CODE,
        Value::Expression,
        Value::List(&Value::AnyOf(&[CODE, Value::Expression])),
        MAPPING,
    ]),
    compile,
};

#[derive(Debug)]
struct Status(Matchers);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Condition>> {
    refuse_what_is_none(node, compiler);
    Some(Box::new(Status(Matchers::compile(node, compiler))))
}

/// The matchers whose argument is a status, or a list of them.
const OF_A_STATUS: [&str; 4] = ["equals", "not_equals", "in", "not_in"];

/// What no answer can have would make a check that always fails, or one that never can.
fn refuse_what_is_none(node: &Node, compiler: &mut Compiler<'_>) {
    match &node.kind {
        Kind::Sequence(items) => items.iter().for_each(|item| refuse_what_is_none(item, compiler)),
        Kind::Mapping(entries) => {
            let arguments = entries.iter().filter(|(name, _)| OF_A_STATUS.contains(&name.value.as_str()));
            arguments.for_each(|(_, argument)| refuse_what_is_none(argument, compiler));
        }
        Kind::Integer(100..=599) => {}
        Kind::Text(text) if text.contains("${{") => {}
        _ => {
            let message = format!("{} is no HTTP status", node.describe());
            let help = "write a number from 100 to 599, or several: `status: [200, 202]`";
            compiler.report(Diagnostic::error("status", message).at(node.span, "").help(help));
        }
    }
}

impl Condition for Status {
    fn judge(&self, view: &View<'_>, tally: &mut Tally) {
        let found = match view.response() {
            Ok(response) => self.0.judge_in(Subject::Json(&Json::from(response.status)), view, "status"),
            Err(reason) => self.0.judge_in(Subject::Hidden(&reason), view, "status"),
        };
        tally.add(found);
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.0.names()
    }

    fn constant(&self) -> Option<Constant> {
        let status = self.0.constant()?.as_u64()?;
        u16::try_from(status).ok().map(Constant::Status)
    }
}

#[cfg(test)]
mod tests {
    use super::Constant;
    use crate::check::sample::{answer, check, judge, mistakes, snapshot};
    use rstest::rstest;

    #[rstest]
    #[case("{ status: 202 }", "held")]
    #[case("{ status: [200, 202] }", "held")]
    #[case("{ status: { at_least: 200, less_than: 300 } }", "held")]
    #[case("{ status: 303 }", "status: expected 303, actual 202")]
    #[case(r#"{ status: "${{ policy.redirect_codes }}" }"#, "status: expected one of 303, actual 202")]
    fn judges_the_code(#[case] block: &str, #[case] expected: &str) {
        assert_eq!(judge(block, &answer(202, &[], "")), expected);
    }

    #[test]
    fn what_is_no_status_is_refused() {
        let blocks = ["{ status: abc }", "{ status: [200, 99999] }", "{ status: { not_equals: yes } }"];
        snapshot("condition-status", &mistakes(&blocks));
    }

    #[rstest]
    #[case("{ status: 202 }", Some(Constant::Status(202)))]
    #[case("{ status: [202] }", Some(Constant::Status(202)))]
    #[case("{ status: [200, 202] }", None)]
    #[case("{ status: 202, body: { empty: yes } }", None)]
    fn knows_whether_a_constant_would_do(#[case] block: &str, #[case] expected: Option<Constant>) {
        assert_eq!(check(block).expects(), expected);
    }
}
