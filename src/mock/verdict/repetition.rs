//! Initial calls that were sent again after a disturbance, as far as the wire can tell.
//!
//! A second job with the same arguments may be wanted. It is a repetition where the client that sends it shows the same
//! call only after one whose answer was lost; who also sends it where nothing had gone wrong starts job after job like
//! that, and of him nothing can be said. Neither can it of a call on another connection: the client may have been
//! started anew, and know nothing of the one before. `orchspec client run` knows, because it starts the client itself.

use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;

use super::credential::credential;
use crate::rule::course::{Exchange, Operation};

/// What an initial call may be besides the beginning of a course of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repetition {
    /// The call of this number again.
    Of(u64),
    /// Perhaps the call of this number again, perhaps another job.
    Perhaps(u64),
}

/// The repetitions among these exchanges, by number.
pub(super) fn repetitions(exchanges: &[Exchange]) -> BTreeMap<u64, Repetition> {
    let mut alike: BTreeMap<_, Vec<&Exchange>> = BTreeMap::new();
    for call in exchanges.iter().filter(|own| !own.elsewhere && own.operation == Some(Operation::Invoke)) {
        alike.entry((credential(call), &call.method, &call.target, &call.body)).or_default().push(call);
    }
    alike.into_values().flat_map(|calls| pairs(&calls)).collect()
}

/// Each call that came after a disturbed one, with that; calls are in the order of arrival.
fn pairs(calls: &[&Exchange]) -> Vec<(u64, Repetition)> {
    let (mut lost, mut pairs, mut undisturbed) = (VecDeque::<&Exchange>::new(), Vec::new(), 0);
    for call in calls {
        let earlier = lost.front().filter(|earlier| earlier.answered.unwrap_or(earlier.at) <= call.at);
        match earlier.copied() {
            Some(earlier) => {
                lost.pop_front();
                pairs.push((*call, earlier));
            }
            None => undisturbed += usize::from(!is_disturbed(call)),
        }
        if is_disturbed(call) {
            lost.push_back(call);
        }
    }
    let certain =
        undisturbed == 0 && is_one_client(calls) && calls.first().is_some_and(|call| names_its_job(call));
    let made = |later: &Exchange, earlier: &Exchange| {
        let is_known = certain && later.connection == earlier.connection;
        if is_known { Repetition::Of(earlier.number) } else { Repetition::Perhaps(earlier.number) }
    };
    pairs.into_iter().map(|(later, earlier)| (later.number, made(later, earlier))).collect()
}

/// Whether nothing speaks against it that all of these were sent by one client: he calls himself by one name.
fn is_one_client(calls: &[&Exchange]) -> bool {
    let names = calls.iter().map(|call| call.header("user-agent"));
    names.clone().zip(names.skip(1)).all(|(one, other)| one == other)
}

fn is_disturbed(call: &Exchange) -> bool {
    call.met_bad_gateway() || call.was_lost()
}

/// Whether the call has arguments: without any, all jobs of a trigger look the same.
fn names_its_job(call: &Exchange) -> bool {
    let own = |name: &str| !name.starts_with('$') && !name.starts_with("%24");
    let (_, query) = call.target.split_once('?').unwrap_or_default();
    let queried = query.split('&').any(|entry| !entry.is_empty() && own(entry));
    let sent = call.json();
    let sent = sent.as_ref().and_then(Value::as_object);
    queried || sent.is_some_and(|members| members.keys().any(|name| own(name)))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::Repetition::{Of, Perhaps};
    use super::*;
    use crate::rule::sample::{Sample, course, invoke};

    fn job(mark: &str) -> Sample {
        invoke().body(&format!(r#"{{"mark":"{mark}"}}"#)).accepted()
    }

    fn lost(mark: &str) -> Sample {
        job(mark).bad_gateway()
    }

    #[rstest]
    #[case::again(vec![lost("a"), job("a")], &[(2, Of(1))])]
    #[case::and_again(vec![lost("a"), lost("a"), job("a")], &[(2, Of(1)), (3, Of(2))])]
    #[case::twice_each(vec![lost("a"), lost("b"), job("a"), job("b")], &[(3, Of(1)), (4, Of(2))])]
    #[case::another_job(vec![lost("a"), job("b")], &[])]
    #[case::nothing_lost(vec![job("a"), job("a")], &[])]
    #[case::one_job_after_the_other(vec![lost("a"), job("a"), job("a")], &[(2, Perhaps(1))])]
    #[case::side_by_side(vec![job("a"), lost("a"), job("a")], &[(3, Perhaps(2))])]
    #[case::before_it_was_lost(vec![lost("a").at(0).answering(50), job("a").at(10)], &[])]
    #[case::somebody_else(vec![lost("a").with("user-agent", "a/1"), job("a").with("user-agent", "b/2")], &[(2, Perhaps(1))])]
    #[case::started_anew(vec![lost("a"), job("a").on_connection(2)], &[(2, Perhaps(1))])]
    #[case::without_arguments(vec![invoke().bad_gateway(), invoke().accepted()], &[(2, Perhaps(1))])]
    fn a_call_is_known_again(#[case] calls: Vec<Sample>, #[case] expected: &[(u64, Repetition)]) {
        let found: Vec<_> = repetitions(&course(calls).exchanges).into_iter().collect();
        assert_eq!(found, expected);
    }
}
