//! Advice on when to ask again: `Retry-After` in seconds or as a date.

use std::time::Duration;

use jiff::fmt::rfc2822;

use super::course::{Course, Exchange};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::clock::format_duration;
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-POLL-2",
    level: Level::DerivedShould,
    statement: "A client that is told by `Retry-After` when to ask again does not ask earlier.",
    clauses: &["AMB-U26"],
    fix: "read `Retry-After` as seconds or as an HTTP date, and wait that long before the next call",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let advised =
        course.here().filter_map(|exchange| Some((exchange, course.next(exchange)?, advice(exchange)?)));
    let advised: Vec<_> = advised.filter(|(_, _, advice)| !course.timeless && !advice.is_zero()).collect();
    let mut pairs = advised.iter();
    each(advised.iter().map(|(_, next, _)| *next), |next| {
        let (first, _, advice) = pairs.next()?;
        let pause = next.at.saturating_sub(first.answered.unwrap_or(first.at));
        let expected = format!("at least {}", format_duration(*advice));
        unless(pause >= *advice * 9 / 10, next, "pause after Retry-After", expected, told(pause, course))
    })
}

/// Who waits less than he would without any advice has read the number in another unit.
fn told(pause: Duration, course: &Course) -> String {
    let unit = if pause < course.task.interval { ": were the seconds read as milliseconds?" } else { "" };
    format!("{}{unit}", format_duration(pause))
}

/// Dates are of whole seconds: by a client's own clock an instant may be up to that much nearer.
const COARSENESS: Duration = Duration::from_secs(1);

fn advice(exchange: &Exchange) -> Option<Duration> {
    let answer = exchange.answer.as_ref()?;
    let text = answer.header("retry-after")?;
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let instant = |text: &str| rfc2822::DateTimeParser::new().parse_timestamp(text).ok();
    let (then, now) = (instant(text)?, instant(answer.header("date")?)?);
    Some(Duration::try_from(then.duration_since(now)).ok()?.saturating_sub(COARSENESS))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, poll};
    use super::*;

    #[rstest]
    #[case("1", 1_100, Expect::Held(1))]
    #[case("1", 300, Expect::Violated)]
    #[case("0", 101, Expect::Vacuous)]
    #[case("soon", 101, Expect::Vacuous)]
    fn advice_is_followed(#[case] advice: &str, #[case] at: u64, #[case] expected: Expect) {
        expected.of(&judge(&advised(advice, at)));
    }

    #[test]
    fn a_wrong_unit_is_named() {
        let judgement = judge(&advised("2", 103));
        assert_eq!(judgement.deviations[0].actual, "3ms: were the seconds read as milliseconds?");
    }

    #[test]
    fn a_date_is_advice_too() {
        let date = |second: u32| format!("Sun, 22 Nov 2026 08:00:{second:02} GMT");
        let judged = |at: u64| {
            let first = poll().answered(503).advising(&date(2)).saying("date", &date(0));
            judge(&course(vec![invoke().accepted(), first, poll().at(at)]))
        };
        Expect::Violated.of(&judged(300));
        // The clock of the client may show almost the next second when the answer comes.
        Expect::Held(1).of(&judged(1_150));
    }

    fn advised(advice: &str, at: u64) -> Course {
        let first: Sample = poll().at(100).answered(503).advising(advice);
        course(vec![invoke().accepted(), first, poll().at(at)])
    }
}
