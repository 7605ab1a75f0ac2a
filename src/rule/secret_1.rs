//! The credential stays where nobody reads it by chance: never in a URL, a `Referer` or the output.

use super::course::{Course, Exchange, Operation};
use super::judging::{each, unless};
use super::{Judgement, Rule};
use crate::requirement::Level;

pub(super) const RULE: Rule = Rule {
    id: "CV-SECRET-1",
    level: Level::DerivedShould,
    statement: "The credential is in no URL, in no `Referer`, and not in what the client writes.",
    clauses: &["AMB-E23"],
    fix: "send the credential in the header or body member that is made for it, and nowhere else",
    judge,
};

fn judge(course: &Course) -> Judgement {
    let shows = |exchange: &&Exchange| {
        let sent = exchange.headers.iter().any(|(_, value)| course.is_shown_in(value));
        sent || course.is_shown_in(&exchange.body) || course.is_shown_in(&exchange.target)
    };
    let written = course.is_shown_in(&course.end.output);
    each(course.exchanges.iter().filter(shows), |exchange| {
        let referer = exchange.header("referer").unwrap_or_default();
        let places = [("the URL", exchange.target.as_str()), ("`Referer`", referer)];
        let leak = places.into_iter().find(|(_, text)| course.is_shown_in(text)).map(|(place, _)| place);
        let first =
            exchange.operation.is_some_and(|own| matches!(own, Operation::Invoke | Operation::Create));
        let leak = leak.or((written && first).then_some("standard output"));
        unless(
            leak.is_none(),
            exchange,
            "credential",
            "in its own place alone",
            format!("in {}", leak.unwrap_or_default()),
        )
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{Expect, MASK, Sample, course, invoke};
    use super::*;

    #[rstest]
    #[case(invoke(), "", Expect::Held(1))]
    #[case(invoke().target(&format!("/t/echo?access_token={MASK}")), "", Expect::Violated)]
    #[case(invoke().with("referer", &format!("http://me.example/?{MASK}")), "", Expect::Violated)]
    #[case(invoke(), MASK, Expect::Violated)]
    #[case(invoke().bare("authorization"), "", Expect::Vacuous)]
    fn nobody_reads_it_by_chance(#[case] call: Sample, #[case] output: &str, #[case] expected: Expect) {
        let mut course = course(vec![call]);
        course.end.output = output.to_owned();
        expected.of(&judge(&course));
    }
}
