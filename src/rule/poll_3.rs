//! When a client stops looking: at the end of the job, and at its own limit.

use super::course::{Course, Exchange, Operation, Report};
use super::judging::unless;
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-POLL-3",
    level: Level::DerivedShould,
    statement: "A client stops looking at a job once that has ended or is gone, and in the end in any case.",
    clauses: &["UIP-ASYNC-26", "UIP-SAMPLE-03"],
    fix: "leave the loop at the result and at every answer that is an error, and bound it by attempts or time",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let mut judgement = Judgement::new();
    if let Some(last) = course.of_looks().next_back().filter(|_| course.task.endless) {
        let stopped = course.end.report == Report::Stopped;
        let actual = "it was still asking when it was stopped";
        judgement.look(last, unless(!stopped, last, "requests", "an end by itself", actual));
    }
    for ended in course.of_ends() {
        let more = course.after(ended).filter(|later| later.job == ended.job && later.is_look());
        let more = more.count();
        let actual = format!("{more} more requests about the job");
        judgement
            .look(ended, unless(more <= forgiven(course), ended, "requests after the end", "none", actual));
    }
    judgement
}

/// Looks of a client that had asked in advance. Where nobody saw who asks, somebody else may have looked, too.
fn forgiven(course: &Course) -> usize {
    if course.end.is_seen() { 1 } else { 2 }
}

impl Course {
    fn of_looks(&self) -> impl DoubleEndedIterator<Item = &Exchange> {
        self.here().filter(|exchange| exchange.is_look())
    }

    /// The first answer that is the end of a job, or of the way to it.
    fn of_ends(&self) -> impl Iterator<Item = &Exchange> {
        let gone = |exchange: &Exchange| exchange.is_look() && matches!(exchange.status(), Some(404 | 410));
        let result = self.results().find(|exchange| exchange.operation != Some(Operation::Download));
        self.here().find(|exchange| gone(exchange)).into_iter().chain(result)
    }
}

impl Exchange {
    fn is_look(&self) -> bool {
        matches!(self.operation, Some(Operation::Poll | Operation::Wait | Operation::Status))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, output, poll};
    use super::*;

    fn finished(more: usize) -> Vec<Sample> {
        let mut exchanges = vec![invoke().accepted(), poll().done(), output().answered(200)];
        exchanges.extend((0..more).map(|_| poll().done()));
        exchanges
    }

    #[rstest]
    #[case(finished(0), Expect::Held(1))]
    #[case(finished(2), Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().answered(404), poll().answered(404), poll().answered(404)], Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().answered(200)], Expect::Vacuous)]
    fn the_end_is_the_end(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }

    #[rstest]
    #[case(Report::Failure, Expect::Held(1))]
    #[case(Report::Stopped, Expect::Violated)]
    fn a_job_without_an_end_is_left(#[case] report: Report, #[case] expected: Expect) {
        let mut course = course(vec![invoke().accepted(), poll().answered(200), poll().answered(200)]);
        (course.task.endless, course.end.report) = (true, report);
        expected.of(&judge(&course));
    }
}
