//! Fire and forget is one request.

use super::course::{Answer, Course, Exchange, Operation};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-FNF-1",
    level: Level::DerivedShould,
    statement: "Nothing is asked for after a fire and forget call: there is nothing to look at.",
    clauses: &["UIP-FNF-08", "UIP-SAMPLE-04"],
    fix: "take the 200 as the end: this mode tells nothing of the job, neither now nor later",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let forgotten = |call: &&Exchange| call.got(200) && call.reference().is_none() && !call.carries_output();
    each(course.of(Operation::Invoke).filter(forgotten).take(1), |call| {
        let next = course.next(call);
        let actual = next.map_or_else(String::new, Exchange::line);
        unless(next.is_none(), call, "requests after the call", "none", actual)
    })
}

impl Exchange {
    /// Whether the answer to the initial call is the result itself, as where it waits for the job.
    fn carries_output(&self) -> bool {
        self.answer.as_ref().and_then(Answer::json).is_some_and(|body| match body {
            serde_json::Value::Object(members) => !members.is_empty(),
            other => !other.is_null(),
        })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, nowhere};
    use super::*;

    fn forgotten() -> Sample {
        invoke().answered(200)
    }

    #[rstest]
    #[case(vec![forgotten()], Expect::Held(1))]
    #[case(vec![forgotten(), nowhere("/t/echo/status")], Expect::Violated)]
    #[case(vec![forgotten(), forgotten()], Expect::Violated)]
    #[case(vec![forgotten().replying(r#"{"echo":{}}"#)], Expect::Vacuous)]
    #[case(vec![invoke().accepted()], Expect::Vacuous)]
    fn one_request_is_all(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
