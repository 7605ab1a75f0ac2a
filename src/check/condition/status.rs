//! `status: 202` — the HTTP status of the answer.

use serde_json::Value as Json;

use super::{Condition, ConditionDefinition};
use crate::check::block::{Compiler, Constant};
use crate::check::conjunction::Matchers;
use crate::check::judgement::Tally;
use crate::check::matcher::ARGUMENT;
use crate::check::subject::Subject;
use crate::check::view::View;
use crate::source::Span;
use crate::yaml::Node;

pub(super) const DEFINITION: ConditionDefinition =
    ConditionDefinition { name: "status", doc: "The HTTP status.", value: ARGUMENT, compile };

#[derive(Debug)]
struct Status(Matchers);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Condition>> {
    Some(Box::new(Status(Matchers::compile(node, compiler))))
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
    use crate::check::sample::{answer, check, judge};
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

    #[rstest]
    #[case("{ status: 202 }", Some(Constant::Status(202)))]
    #[case("{ status: [202] }", Some(Constant::Status(202)))]
    #[case("{ status: [200, 202] }", None)]
    #[case("{ status: 202, body: { empty: yes } }", None)]
    fn knows_whether_a_constant_would_do(#[case] block: &str, #[case] expected: Option<Constant>) {
        assert_eq!(check(block).expects(), expected);
    }
}
