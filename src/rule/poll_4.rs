//! What a poll is, and what 200 means there: a GET, and a job that is under way.

use super::course::{Course, Exchange, Operation, Report};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-POLL-4",
    level: Level::Must,
    statement: "Polls are GETs, and 200 on the status URI means that the job is still under way.",
    clauses: &["UIP-ASYNC-08", "UIP-ASYNC-09", "UIP-SYNC-17"],
    fix: "go on polling with GET while the status URI answers 200: only the redirect tells the end",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let redirected = course.of(Operation::Poll).any(Exchange::was_redirected);
    let taken_for_the_end = !redirected && course.end.report == Report::Success;
    let is_bound = |poll: &&Exchange| poll.method != "GET" || (poll.got(200) && course.is_told_after(poll));
    let polls = course.of(Operation::Poll).filter(is_bound);
    let last = course.of(Operation::Poll).next_back().map(|poll| poll.number);
    each(polls, |poll| {
        let by_get = unless(poll.method == "GET", poll, "method", "\"GET\"", format!("{:?}", poll.method));
        let read_as_end = taken_for_the_end && last == Some(poll.number);
        let actual = "the client reported success, and the job was still under way";
        by_get.or_else(|| unless(!read_as_end, poll, "status 200", "another look later", actual))
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, poll};
    use super::*;

    #[rstest]
    #[case(vec![invoke().accepted(), poll().answered(200), poll().done()], Report::Success, Expect::Held(1))]
    #[case(vec![invoke().accepted(), poll().answered(200)], Report::Failure, Expect::Held(1))]
    #[case(vec![invoke().accepted(), poll().answered(200)], Report::Success, Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().method("POST").answered(405)], Report::Failure, Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().done()], Report::Success, Expect::Vacuous)]
    fn a_running_job_is_no_result(
        #[case] exchanges: Vec<Sample>,
        #[case] report: Report,
        #[case] expected: Expect,
    ) {
        let mut course = course(exchanges);
        course.end.report = report;
        expected.of(&judge(&course));
    }
}
