//! How a task is cancelled: with the token that created it, and taking no for an answer.

use super::course::{Answer, Course, Exchange, Operation, Report};
use super::judging::{each, shown, unless};
use super::{Deviation, Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-CANCEL-1",
    level: Level::DerivedMust,
    statement: "A cancel carries the creator's token, a refusal is accepted, and a completed task is not cancelled.",
    clauses: &["ELMA-CANCEL-03", "ELMA-CANCEL-06"],
    fix: "cancel with the token that created the task, and read from the answer whether the task is still to run",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let cancels = course.of(Operation::Cancel).filter(|cancel| course.end.is_seen() || !is_too_late(cancel));
    each(cancels, |cancel| {
        foreign(course, cancel).or_else(|| insistent(course, cancel)).or_else(|| too_late(course, cancel))
    })
}

fn foreign(course: &Course, cancel: &Exchange) -> Option<Deviation> {
    let sent = token(cancel);
    let created = course.of(Operation::Create).next().and_then(token);
    let right = created.is_none() || sent == created;
    unless(right, cancel, "/auth_tkn", shown(created.as_deref()), shown(sent.as_deref()))
}

fn insistent(course: &Course, cancel: &Exchange) -> Option<Deviation> {
    const FORGIVEN: usize = 1;
    let refused = cancel.answer.as_ref().and_then(Answer::envelope_status).is_some_and(|own| own >= 400);
    let more = course.after(cancel).filter(|next| next.operation == Some(Operation::Cancel)).count();
    let actual = format!("{more} more cancels");
    unless(!refused || more <= FORGIVEN, cancel, "cancels after a refusal", "none", actual)
}

fn too_late(course: &Course, cancel: &Exchange) -> Option<Deviation> {
    let claimed = course.end.report == Report::Success;
    unless(
        !is_too_late(cancel) || !claimed,
        cancel,
        "/task/status",
        "a failure of the client",
        "success, after \"DONE\"",
    )
}

fn is_too_late(cancel: &Exchange) -> bool {
    cancel.answer.as_ref().and_then(Answer::task_state).is_some_and(|state| state == "DONE")
}

fn token(exchange: &Exchange) -> Option<String> {
    Some(exchange.json()?.get("auth_tkn")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, task};
    use super::*;

    fn cancel(token: &str, answer: &str) -> Sample {
        let body = format!(r#"{{"auth_tkn":"{token}","id":955}}"#);
        task(Operation::Cancel, &body).answered(200).replying(answer)
    }

    const DONE: &str = r#"{"status":200,"task":{"status":"DONE"}}"#;
    const REFUSED: &str = r#"{"status":403}"#;
    const TAKEN: &str = r#"{"status":201,"task":{"status":"PREPARE"}}"#;

    #[rstest]
    #[case(vec![cancel("a", TAKEN)], Report::Success, Expect::Held(1))]
    #[case(vec![cancel("b", TAKEN)], Report::Success, Expect::Violated)]
    #[case(vec![cancel("a", REFUSED)], Report::Failure, Expect::Held(1))]
    #[case(vec![cancel("a", REFUSED), cancel("a", REFUSED), cancel("a", REFUSED)], Report::Failure, Expect::Violated)]
    #[case(vec![cancel("a", DONE)], Report::Failure, Expect::Held(1))]
    #[case(vec![cancel("a", DONE)], Report::Success, Expect::Violated)]
    #[case(vec![], Report::Failure, Expect::Vacuous)]
    fn a_cancel_takes_no_for_an_answer(
        #[case] cancels: Vec<Sample>,
        #[case] report: Report,
        #[case] expected: Expect,
    ) {
        let created = task(Operation::Create, r#"{"auth_tkn":"a"}"#).answered(200);
        let mut course = course([vec![created], cancels].concat());
        course.end.report = report;
        expected.of(&judge(&course));
    }
}
