//! What was odd about connections and the framing of answers: no requirement speaks of it, but the next client may
//! stumble over it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::outcome::{CaseOutcome, phrase};
use crate::report::describe;

/// How many cases are named.
const SHOWN: usize = 3;

/// A line on the cases that began anew, because a request was lost with a connection that the server closed; nothing if
/// none did.
pub(super) fn started_over(cases: &[CaseOutcome]) -> String {
    let lost = |case: &CaseOutcome| {
        let exchange = case.exchanges.iter().find(|exchange| exchange.is_lost())?;
        Some(format!("{} in {}", describe::request(exchange), case.id))
    };
    let lost: Vec<String> = cases.iter().filter_map(lost).collect();
    if lost.is_empty() {
        return String::new();
    }
    let lost: Vec<&str> = lost.iter().map(String::as_str).collect();
    let first = phrase::first_of(&lost, SHOWN);
    format!("started over once: the server closed a kept connection as the request was sent: {first}\n")
}

/// A line for each kind of oddity; nothing if every answer was framed as it should be.
pub(super) fn oddities(cases: &[CaseOutcome]) -> String {
    let mut kinds: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    for (case, exchange) in cases.iter().flat_map(|case| case.exchanges.iter().map(move |own| (case, own))) {
        for oddity in &exchange.oddities {
            let first = || (0, format!("{} in {}", describe::request(exchange), case.id));
            kinds.entry(oddity).or_insert_with(first).0 += 1;
        }
    }
    let mut text = String::new();
    for (oddity, (times, first)) in kinds {
        _ = writeln!(text, "{oddity} in {}, first {first}", phrase::count(times, "answer"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::record::LOST;
    use crate::report::sample;

    #[test]
    fn a_case_that_began_anew_is_told_with_the_request_that_was_lost() {
        let (mut outcome, _) = sample::run();
        assert_eq!(started_over(&outcome.cases), "");
        let case = outcome.cases.iter_mut().find(|case| !case.exchanges.is_empty()).unwrap();
        case.exchanges[0].note = Some(LOST.to_owned());
        let expected = format!("{} in {}", describe::request(&case.exchanges[0]), case.id);
        let told = started_over(&outcome.cases);
        assert!(told.starts_with("started over once: the server closed a kept connection"), "{told}");
        assert!(told.ends_with(&format!(": {expected}\n")), "{told}");
    }

    #[test]
    fn each_kind_is_told_once_with_its_first_place() {
        let (mut outcome, _) = sample::run();
        assert_eq!(oddities(&outcome.cases), "");
        let exchanges = outcome.cases.iter_mut().flat_map(|case| &mut case.exchanges);
        for exchange in exchanges.take(3) {
            exchange.oddities.push("bytes after the body".to_owned());
        }
        let text = oddities(&outcome.cases);
        assert!(text.starts_with("bytes after the body in 3 answers, first "), "{text}");
        assert_eq!(text.lines().count(), 1);
    }
}
