//! How often a client looks: with a pause, not as fast as it can.

use std::time::Duration;

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

/// The pause is measured where both looks arrive, with some room for the way there.
fn judge(course: &Course) -> Judgement {
    let told = !course.task.interval.is_zero();
    let pauses = course.here().filter(move |_| told).filter_map(move |exchange| pause(course, exchange));
    let least = course.task.interval * 4 / 5;
    each(pauses.map(|(exchange, _)| exchange), |exchange| {
        let (_, pause) = pause(course, exchange)?;
        let right = pause >= least || only_seems_early(course, exchange, least);
        let expected = format!("at least {}", format_duration(course.task.interval));
        unless(right, exchange, "pause before the poll", expected, format_duration(pause))
    })
}

/// Where somebody looks at the strokes of a clock and one look is late, the next seems early: then some pauses up to this
/// one are together as long as so many must be. Before the first look there need not be any.
fn only_seems_early(course: &Course, exchange: &Exchange, least: Duration) -> bool {
    const TOGETHER: usize = 8;
    let looks = course.before(exchange).take_while(|earlier| is_look(earlier)).count();
    let mut together = course.before(exchange).take(TOGETHER.min(looks + 1)).zip(1_u32..).skip(1);
    together.any(|(earlier, pauses)| {
        let pauses = if is_look(earlier) { pauses } else { pauses - 1 };
        exchange.at.saturating_sub(earlier.at) >= least * pauses
    })
}

fn is_look(exchange: &Exchange) -> bool {
    matches!(exchange.operation, Some(Operation::Poll | Operation::Status))
}

/// The time since the look before this one, if that said that the job is under way and nothing of when to come again.
fn pause<'a>(course: &'a Course, exchange: &'a Exchange) -> Option<(&'a Exchange, Duration)> {
    let previous =
        course.before(exchange).next().filter(|previous| is_look(previous) && is_look(exchange))?;
    let answer = previous.answer.as_ref()?;
    let has_ended = answer.task_state().is_some_and(|state| ["DONE", "ERROR"].contains(&&*state));
    let advised = answer.header("retry-after").is_some();
    let is_told = previous.got(200) && !advised && !has_ended;
    is_told.then(|| (exchange, exchange.at.saturating_sub(previous.at)))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, poll};
    use super::*;

    #[rstest]
    #[case(vec![invoke().accepted(), poll().answered(200), poll().answered(200), poll().done()], Expect::Held(2))]
    #[case(vec![invoke().accepted(), poll().at(5).answered(200), poll().at(10).done()], Expect::Violated)]
    #[case(vec![invoke().accepted(), poll().at(45).answered(200), poll().at(60).done()], Expect::Held(1))]
    #[case(vec![poll().answered(200), poll().at(95).answered(200), poll().at(100).answered(200), poll().at(105)], Expect::Violated)]
    #[case(vec![poll().answered(200), poll().at(70).answered(200), poll().at(101).answered(200), poll().at(150)], Expect::Held(3))]
    #[case(vec![poll().answered(200), poll().at(35).answered(200), poll().at(70).answered(200), poll().at(105)], Expect::Violated)]
    #[case(vec![poll().answered(200).replying(r#"{"task":{"status":"DONE"}}"#), poll().at(1)], Expect::Vacuous)]
    #[case(vec![invoke().accepted(), poll().answered(503).advising("1"), poll().at(201).done()], Expect::Vacuous)]
    fn a_pause_is_made(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
