//! What makes the columns of a matrix less comparable than they look; each compared with the first.

use std::collections::BTreeMap;

use crate::comparison::Run;
use crate::outcome::{RunOutcome, phrase};

/// How many keys a warning names.
const SHOWN: usize = 5;

/// One line each, the reports by their names.
pub(super) fn warnings(runs: &[Run<'_>]) -> Vec<String> {
    let Some((first, others)) = runs.split_first() else { return Vec::new() };
    let mut warnings: Vec<String> = runs.iter().filter_map(incomplete).collect();
    for other in others {
        if first.outcome.suite_digest != other.outcome.suite_digest {
            warnings.push(format!("{} and {} were judged by different suites", first.name, other.name));
        }
        let policies = different(&first.outcome.target.policies, &other.outcome.target.policies);
        if !policies.is_empty() {
            let policies = phrase::first_of(&policies, SHOWN);
            warnings.push(format!(
                "{} and {} were judged under different policies: {policies}",
                first.name, other.name
            ));
        }
    }
    warnings
}

fn incomplete(run: &Run<'_>) -> Option<String> {
    let RunOutcome { selection, interrupted, .. } = run.outcome;
    let why = match (&selection.shard, selection.complete) {
        _ if *interrupted => "a run that was interrupted".to_owned(),
        (Some(shard), _) if shard != "1/1" => format!("shard {shard} of a run"),
        (_, false) => "a run of a part of the suite".to_owned(),
        _ => return None,
    };
    Some(format!("{} is {why}", run.name))
}

/// The keys that both have, with different values.
fn different<'a>(one: &'a BTreeMap<String, String>, other: &BTreeMap<String, String>) -> Vec<&'a str> {
    let differs = |(key, value): &(&String, &String)| other.get(*key).is_some_and(|own| own != *value);
    one.iter().filter(differs).map(|(key, _)| key.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::sample;
    use crate::outcome::Verdict;

    fn told(change: impl FnOnce(&mut RunOutcome)) -> Vec<String> {
        let first = sample::run(&[Verdict::Pass]);
        let mut second = first.clone();
        change(&mut second);
        warnings(&[Run { name: "a", outcome: &first }, Run { name: "b", outcome: &second }])
    }

    #[test]
    fn runs_that_were_judged_alike_need_no_warning() {
        assert_eq!(told(|_| ()), Vec::<String>::new());
    }

    #[test]
    fn what_was_different_is_named() {
        let suite = told(|outcome| outcome.suite_digest.push('1'));
        assert_eq!(suite, ["a and b were judged by different suites"]);
        let policy =
            told(|outcome| drop(outcome.target.policies.insert("tst.fault_status".into(), "2xx".into())));
        assert_eq!(policy, ["a and b were judged under different policies: tst.fault_status"]);
    }

    #[test]
    fn what_is_no_whole_run_is_named() {
        let part = told(|outcome| outcome.selection.complete = false);
        assert_eq!(part, ["b is a run of a part of the suite"]);
        let shard = told(|outcome| outcome.selection.shard = Some("2/3".into()));
        assert_eq!(shard, ["b is shard 2/3 of a run"]);
        let cut = told(|outcome| outcome.interrupted = true);
        assert_eq!(cut, ["b is a run that was interrupted"]);
    }
}
