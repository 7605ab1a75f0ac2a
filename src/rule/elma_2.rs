//! Where the task queue says whether a call succeeded: in the envelope, whatever the HTTP line says.

use super::course::{Answer, Course, Exchange, Report};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-ELMA-2",
    level: Level::DerivedShould,
    statement: "A call counts as refused where the envelope says so, also if HTTP says 200.",
    clauses: &["ELMA-GEN-10", "AMB-E01"],
    fix: "read `status` of the JSON envelope, and take everything outside of 2xx as a refusal",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let refused_inside = |exchange: &&Exchange| {
        let inside = exchange.answer.as_ref().and_then(Answer::envelope_status);
        exchange.got(200) && exchange.operation.is_some() && inside.is_some_and(|status| status >= 400)
    };
    let refused = course.here().filter(refused_inside).filter(|_| course.end.is_seen());
    each(refused.take(1), |exchange| {
        let right = course.end.report != Report::Success;
        let body = exchange.answer.as_ref().map(|answer| answer.body.clone()).unwrap_or_default();
        unless(right, exchange, "/status", "a failure of the client", format!("success, after {body}"))
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, course, task};
    use super::*;
    use crate::rule::course::Operation;

    #[rstest]
    #[case(r#"{"status":403}"#, Report::Failure, Expect::Held(1))]
    #[case(r#"{"status":403}"#, Report::Success, Expect::Violated)]
    #[case(r#"{"status":201,"task":{"id":1}}"#, Report::Success, Expect::Vacuous)]
    fn the_envelope_decides(#[case] answer: &str, #[case] report: Report, #[case] expected: Expect) {
        let mut course = course(vec![task(Operation::Create, "{}").answered(200).replying(answer)]);
        course.end.report = report;
        expected.of(&judge(&course));
    }
}
