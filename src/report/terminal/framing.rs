//! What was odd about the framing of answers: no requirement speaks of it, but the next client may stumble over it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::outcome::{CaseOutcome, phrase};
use crate::report::describe;

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
    use crate::report::sample;

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
