//! References that are no plain absolute URLs: relative ones, with dots, without a scheme, with a fragment.

use super::course::{Course, Exchange};
use super::judging::{each, shown, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-LOC-3",
    level: Level::DerivedMust,
    statement: "A `Location` of any legal form is resolved against the URL of the request.",
    clauses: &["AMB-U03"],
    fix: "resolve `Location` against the URL of the request it answers (RFC 3986, section 5), and drop its fragment",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let unusual = course.here().filter(|exchange| exchange.reference().is_some_and(is_unusual));
    let unusual = unusual.filter(|exchange| is_bound(course, exchange));
    each(unusual, |exchange| {
        let next = course.next(exchange);
        let right = next.is_some_and(|next| next.url() == exchange.leads_to());
        let resolved = exchange.leads_to().map(ToString::to_string);
        let actual = next.map_or_else(|| "no further request".to_owned(), Exchange::line);
        let from = format!("{}, from {}", shown(resolved.as_deref()), shown(exchange.reference()));
        unless(right, exchange, "request after the answer", from, actual)
    })
}

/// The first time that a client is given a reference. Who asks the same again, or for something of his own making, did
/// not try to resolve it.
fn is_bound(course: &Course, exchange: &Exchange) -> bool {
    let is_new = course.before(exchange).all(|earlier| earlier.reference() != exchange.reference());
    let tried = |next: &Exchange| next.target != exchange.target && resembles(next, exchange);
    is_new && course.is_told_after(exchange) && course.next(exchange).is_none_or(tried)
}

/// Whether a request names the same ticket as the reference in an earlier answer.
pub(super) fn resembles(request: &Exchange, answered: &Exchange) -> bool {
    tickets(answered.reference().unwrap_or_default()).any(|ticket| request.target.contains(ticket))
}

/// The parts of a reference, or of a target, that name one thing among many.
pub fn tickets(reference: &str) -> impl Iterator<Item = &str> {
    const SHORTEST: usize = 12;
    let parts = reference.split(['/', '?', '=', '#', '&']);
    parts.filter(|part| part.len() >= SHORTEST && !part.contains(['.', '_', ':']))
}

pub(super) fn is_unusual(reference: &str) -> bool {
    !reference.starts_with("http") || reference.contains(['#', '%'])
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, STATUS, Sample, course, invoke, nowhere, poll};
    use super::*;

    fn relative() -> Sample {
        invoke().answered(202).leading_to(STATUS)
    }

    #[rstest]
    #[case(vec![relative(), poll().answered(200)], Expect::Held(1))]
    #[case(vec![relative()], Expect::Violated)]
    #[case(vec![relative(), nowhere(&format!("/t/echo{STATUS}")).answered(404)], Expect::Violated)]
    #[case(vec![relative(), nowhere("/t/echo/state").answered(404)], Expect::Vacuous)]
    #[case(vec![invoke().answered(202).leading_to(&format!("//orchestrator.example{STATUS}#now")), poll()], Expect::Held(1))]
    #[case(vec![invoke().accepted()], Expect::Vacuous)]
    fn a_reference_is_resolved(#[case] exchanges: Vec<Sample>, #[case] expected: Expect) {
        expected.of(&judge(&course(exchanges)));
    }
}
