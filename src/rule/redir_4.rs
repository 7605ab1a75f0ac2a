//! The redirect is recognised as such, and followed.

use super::course::{Course, Exchange};
use super::judging::{each, unless};
use super::{Deviation, Judgement, Rule};
use crate::http::url::Url;
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-REDIR-4",
    level: Level::Must,
    statement: "A 303 is taken as the redirect that it is, and followed.",
    clauses: &["UIP-ASYNC-16", "UIP-ASYNC-24", "UIP-SYNC-08", "UIP-SAMPLE-02", "UIP-SAMPLE-06"],
    fix: "compare with 303 (See Other): constants named `Redirect` often mean 302",
    judge,
};

fn judge(course: &Course) -> Judgement {
    each(redirects(course, 303), |exchange| unfollowed(course, exchange))
}

/// The first redirect of this code; what is odd about it otherwise has rules of its own.
pub(super) fn redirects(course: &Course, status: u16) -> impl Iterator<Item = &Exchange> {
    let plain = move |exchange: &&Exchange| {
        exchange.was_redirected() && exchange.got(status) && !exchange.leads_to_itself() && exchange.stays()
    };
    let known =
        move |exchange: &&Exchange| course.is_settled_after(exchange) || is_followed(course, exchange);
    course.here().filter(plain).take(1).filter(known)
}

fn is_followed(course: &Course, exchange: &Exchange) -> bool {
    let path = exchange.leads_to().map(Url::path);
    course.after(exchange).any(|later| path.is_some() && later.url().map(Url::path) == path)
}

pub(super) fn unfollowed(course: &Course, exchange: &Exchange) -> Option<Deviation> {
    let path = exchange.leads_to().map(Url::path);
    let actual = course.next(exchange).map_or_else(|| "no further request".to_owned(), Exchange::line);
    let expected = format!("GET {}", path.unwrap_or_default());
    unless(is_followed(course, exchange), exchange, "request after the redirect", expected, actual)
}

impl Exchange {
    /// Whether its answer leads to the same origin by a plain absolute reference.
    fn stays(&self) -> bool {
        let same = self.leads_to().zip(self.url()).is_some_and(|(led, own)| led.origin() == own.origin());
        same && self.reference().is_some_and(|reference| reference.starts_with("http"))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, Sample, course, invoke, output, poll, wait};
    use super::*;

    #[rstest]
    #[case(vec![invoke().accepted(), poll().done(), output().answered(200)], Expect::Held(1))]
    #[case(vec![invoke().accepted(), poll().done(), poll().done()], Expect::Violated)]
    #[case(vec![invoke().hop(1)], Expect::Violated)]
    #[case(vec![invoke().hop(1), wait(1).answered(200)], Expect::Held(1))]
    #[case(vec![invoke().accepted(), poll().answered(200)], Expect::Vacuous)]
    fn a_303_is_followed(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
