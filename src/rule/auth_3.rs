//! No credential to another origin than the one that it is for.

use super::course::{Course, Exchange};
use super::judging::unless;
use super::{Deviation, Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-AUTH-3",
    level: Level::DerivedMust,
    statement: "The bearer is not sent to another origin than the orchestrator's.",
    clauses: &["AMB-U03"],
    fix: "compare scheme, host and port of a `Location` with your base URL before you put the bearer on the call",
    judge,
};

/// There is something to see only where the client showed its bearer to the orchestrator, and was led elsewhere.
fn judge(course: &Course) -> Judgement {
    let mut judgement = Judgement::new();
    let shows = |exchange: &Exchange| exchange.headers.iter().any(|(_, value)| course.is_shown_in(value));
    let is_led_away = |exchange: &Exchange| match (exchange.url(), exchange.leads_to()) {
        (Some(own), Some(led)) => own.origin() != led.origin(),
        _ => false,
    };
    for exchange in course.here().filter(|exchange| is_led_away(exchange) && shows(exchange)) {
        judgement.look(exchange, leak(course, exchange));
    }
    judgement
}

fn leak(course: &Course, led: &Exchange) -> Option<Deviation> {
    let elsewhere = course.after(led).find(|exchange| exchange.elsewhere)?;
    let lines = elsewhere.headers.iter().map(|(_, value)| value.as_str());
    let texts = lines.chain([elsewhere.target.as_str(), elsewhere.body.as_str()]);
    let leaked = texts.into_iter().any(|text| course.is_shown_in(text));
    let host = elsewhere.header("host").unwrap_or_default();
    unless(!leaked, elsewhere, "header authorization", "no credential", format!("the bearer, sent to {host}"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, elsewhere, invoke};
    use super::*;

    fn led_away() -> Sample {
        invoke().answered(303).leading_to("http://elsewhere.example/jobs/1")
    }

    #[rstest]
    #[case(vec![led_away()], Expect::Held(1))]
    #[case(vec![led_away(), elsewhere("/jobs/1").bare("authorization")], Expect::Held(1))]
    #[case(vec![led_away(), elsewhere("/jobs/1")], Expect::Violated)]
    #[case(vec![led_away().bare("authorization"), elsewhere("/jobs/1")], Expect::Vacuous)]
    #[case(vec![invoke().hop(1)], Expect::Vacuous)]
    fn a_bearer_stays_where_it_belongs(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
