//! How often a client looks: with a pause, not as fast as it can.

use super::course::{Course, Exchange, Operation};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::clock::format_duration;
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-POLL-1",
    level: Level::Should,
    statement: "Between two looks at a job a client makes the pause that it was given.",
    clauses: &["UIP-ASYNC-07"],
    fix: "wait before each further look at a job, also before the second one",
    judge,
};

/// The pause is measured where both looks arrive, so it may seem a little shorter than it was.
fn judge(course: &Course) -> Judgement {
    let least = course.task.interval * 4 / 5;
    let told = !course.task.interval.is_zero();
    let seconds = course.here().filter(|exchange| told && previous(course, exchange).is_some());
    each(seconds, |exchange| {
        let first = previous(course, exchange).map_or(exchange.at, |first| first.at);
        let pause = exchange.at.saturating_sub(first);
        let expected = format!("at least {}", format_duration(course.task.interval));
        unless(pause >= least, exchange, "pause before the poll", expected, format_duration(pause))
    })
}

/// The look before this one, if that said that the job is under way and nothing of when to come again.
fn previous<'a>(course: &'a Course, exchange: &Exchange) -> Option<&'a Exchange> {
    let looks = |exchange: &Exchange| matches!(exchange.operation, Some(Operation::Poll | Operation::Status));
    let previous = course.before(exchange).next().filter(|previous| looks(previous) && looks(exchange))?;
    let advised = previous.answer.as_ref().is_some_and(|answer| answer.header("retry-after").is_some());
    (previous.got(200) && !advised).then_some(previous)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, poll};
    use super::*;

    #[rstest]
    #[case(vec![invoke().accepted(), poll().answered(200), poll().answered(200), poll().done()], Expect::Held(2))]
    #[case(vec![invoke().accepted(), poll().answered(200), poll().at(101).done()], Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().answered(503).advising("1"), poll().at(201).done()], Expect::Vacuous)]
    fn a_pause_is_made(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
