//! One reason for everything: when all answers are alike, that is the first thing to say.

use std::collections::BTreeMap;

use crate::outcome::{RecordedAnswer, RecordedExchange, RunOutcome, Verdict, failure, phrase};

/// The reason that explains all failures of a run at once, with the way out, if there is one.
pub fn common(outcome: &RunOutcome) -> Option<String> {
    // What a mock answers to a client explains nothing.
    if outcome.is_of_client() || outcome.cases.iter().any(|case| case.verdict() == Verdict::Pass) {
        return None;
    }
    let exchanges: Vec<&RecordedExchange> = outcome.cases.iter().flat_map(|case| &case.exchanges).collect();
    match exchanges.as_slice() {
        [] | [_] => not_started(outcome),
        [first, rest @ ..] if rest.iter().all(|other| is_alike(&first.answer, &other.answer)) => {
            Some(sentence(&first.answer, exchanges.len()))
        }
        [first, ..]
            if exchanges.iter().all(|exchange| matches!(exchange.answer, RecordedAnswer::None(_))) =>
        {
            Some(format!("{}, and so on", sentence(&first.answer, exchanges.len())))
        }
        _ => None,
    }
}

/// The origins to which nothing was sent, although answers led there: whatever is missing may follow from that.
pub fn withheld(outcome: &RunOutcome) -> Option<String> {
    let mut origins: BTreeMap<&str, usize> = BTreeMap::new();
    for exchange in outcome.cases.iter().flat_map(|case| &case.exchanges) {
        if let RecordedAnswer::None(words) = &exchange.answer
            && let Some(origin) = failure::withheld_from(words)
        {
            *origins.entry(origin).or_default() += 1;
        }
    }
    let names = origins.keys().copied().collect::<Vec<_>>().join(",");
    (!origins.is_empty()).then(|| {
        let requests = phrase::count(origins.values().sum(), "request");
        format!("{requests} not sent, because answers lead away from `base`; if it is the same server: --set limits.origins={names}")
    })
}

fn not_started(outcome: &RunOutcome) -> Option<String> {
    let reason = outcome.cases.first()?.not_run.as_deref()?;
    let alike = outcome.cases.iter().all(|case| case.not_run.as_deref() == Some(reason));
    (alike && outcome.cases.len() > 1)
        .then(|| format!("none of {} cases ran to its end: {reason}", outcome.cases.len()))
}

/// Refusals are alike by their status; an answer that claims success also by what it says.
fn is_alike(one: &RecordedAnswer, other: &RecordedAnswer) -> bool {
    match (one, other) {
        (
            RecordedAnswer::Response { status: one, message: first },
            RecordedAnswer::Response { status: other, message: second },
        ) => one == other && (*one >= 400 || first.body == second.body),
        (RecordedAnswer::None(one), RecordedAnswer::None(other)) => one == other,
        _ => false,
    }
}

fn sentence(answer: &RecordedAnswer, number: usize) -> String {
    match answer {
        RecordedAnswer::Response { status: status @ (401 | 403), .. } => format!(
            "every one of {number} answers was HTTP {status}: are the credentials of `principals` right?"
        ),
        RecordedAnswer::Response { status: status @ (404 | 405), .. } => {
            format!("every one of {number} answers was HTTP {status}: is `base` right?")
        }
        RecordedAnswer::Response { status, .. } if *status >= 400 => {
            format!("every one of {number} answers was HTTP {status}: is the server in order?")
        }
        RecordedAnswer::Response { status, .. } => {
            format!("every one of {number} answers was the same HTTP {status}: is this the right server?")
        }
        RecordedAnswer::None(reason) => format!("none of {number} requests got an answer: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use rstest::rstest;

    /// A run of two cases with one answer each, neither of which passes.
    fn run(answers: [RecordedAnswer; 2]) -> RunOutcome {
        let (mut outcome, _) = sample::run();
        outcome.cases.retain(|case| case.verdict() == Verdict::Fail);
        outcome.cases.truncate(answers.len());
        for (case, answer) in outcome.cases.iter_mut().zip(answers) {
            let mut exchange = sample::exchange("1, \"call\"", "GET", "/", 200, "");
            exchange.answer = answer;
            case.exchanges = vec![exchange];
        }
        outcome
    }

    fn response(status: u16, body: &str) -> RecordedAnswer {
        sample::exchange("1, \"call\"", "GET", "/", status, body).answer
    }

    #[rstest]
    #[case([response(404, "a"), response(404, "b")], Some("every one of 2 answers was HTTP 404: is `base` right?"))]
    #[case([response(403, ""), response(403, "")], Some("every one of 2 answers was HTTP 403: are the credentials of `principals` right?"))]
    #[case([response(200, "{}"), response(200, "{}")], Some("every one of 2 answers was the same HTTP 200: is this the right server?"))]
    #[case([response(200, "{}"), response(200, "[]")], None)]
    #[case([response(404, ""), response(500, "")], None)]
    #[case(
        [RecordedAnswer::None("reset".into()), RecordedAnswer::None("reset".into())],
        Some("none of 2 requests got an answer: reset")
    )]
    #[case(
        [RecordedAnswer::None("reset".into()), RecordedAnswer::None("timed out".into())],
        Some("none of 2 requests got an answer: reset, and so on")
    )]
    #[case([RecordedAnswer::None("reset".into()), response(404, "")], None)]
    fn says_it_once_if_all_answers_are_alike(
        #[case] answers: [RecordedAnswer; 2],
        #[case] expected: Option<&str>,
    ) {
        assert_eq!(common(&run(answers)).as_deref(), expected);
    }

    #[test]
    fn origins_that_were_not_contacted_are_named_with_the_way_out() {
        let words =
            |origin: &str| format!("not sent: if it is the same server: --set limits.origins={origin}");
        let answers = ["http://b", "http://a"].map(|origin| RecordedAnswer::None(words(origin)));
        let said = withheld(&run(answers)).unwrap();
        assert!(said.starts_with("2 requests not sent, "), "{said}");
        assert!(said.ends_with("--set limits.origins=http://a,http://b"), "{said}");
        assert_eq!(withheld(&run([response(404, ""), response(404, "")])), None);
    }

    #[test]
    fn a_case_that_passes_rules_it_out() {
        assert_eq!(common(&sample::run().0), None);
    }
}
