//! How a redirect is followed: with a GET that carries no body.

use super::course::{Course, Exchange};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::http::url::Url;
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-REDIR-1",
    level: Level::DerivedMust,
    statement: "A 303 is followed with a GET that has no body and no `Content-Type`.",
    clauses: &["UIP-SYNC-19"],
    fix: "change the method to GET on a 303, and drop the body together with the header lines that describe it",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let followed = |exchange: &&Exchange| {
        let led = exchange.leads_to().map(Url::path);
        let next = course.next(exchange).and_then(Exchange::url).map(Url::path);
        exchange.was_redirected() && led.is_some() && next == led
    };
    let followers = course.here().filter(followed).filter_map(|exchange| course.next(exchange));
    each(followers, |exchange| {
        let has_body = exchange.length > 0;
        let typed = exchange.header("content-type").is_some();
        let right = exchange.method == "GET" && !has_body && !typed;
        unless(right, exchange, "request after a redirect", "GET, no body, no content-type", form(exchange))
    })
}

fn form(exchange: &Exchange) -> String {
    let body = if exchange.length > 0 {
        format!("a body of {} bytes", exchange.length)
    } else {
        "no body".to_owned()
    };
    let typed = exchange
        .header("content-type")
        .map_or_else(|| "no content-type".to_owned(), |own| format!("{own:?}"));
    format!("{}, {body}, {typed}", exchange.method)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, output, poll, wait};
    use super::*;

    #[rstest]
    #[case(vec![invoke().hop(1), wait(1).answered(200)], Expect::Held(1))]
    #[case(vec![invoke().accepted(), poll().done(), output().answered(200)], Expect::Held(1))]
    #[case(vec![invoke().hop(1), wait(1).method("POST").answered(405)], Expect::Violated)]
    #[case(vec![invoke().hop(1), wait(1).body("{}").answered(200)], Expect::Violated)]
    #[case(vec![invoke().hop(1), wait(1).with("content-type", "application/json")], Expect::Violated)]
    #[case(vec![invoke().hop(1)], Expect::Vacuous)]
    fn a_redirect_is_followed_by_a_plain_get(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
