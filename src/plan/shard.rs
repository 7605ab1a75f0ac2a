//! One part of a plan out of several that are run apart: no case in two of them, none left out, each about as long as the
//! others. Knows the cases and how long they can take, nothing of how long they took.

use std::cmp::Reverse;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{Plan, TestCase};

/// One of several parts: `2/3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: usize,
    of: usize,
}

/// What a plan leaves to the other shards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// How many cases they have.
    pub cases: usize,
    /// How many jobs they ask the server to create at the most.
    pub jobs: u64,
}

/// More machines than anybody has for one run.
const MOST: usize = 1000;

/// What every case costs, also one that never waits.
const MOMENT: Duration = Duration::from_millis(100);

impl Shard {
    /// The part of this number, counted from 1; the error says why there is none.
    pub fn new(number: usize, of: usize) -> Result<Self, String> {
        match (number, of) {
            (_, 0) => Err("a run has at least one shard".to_owned()),
            (_, of) if of > MOST => Err(format!("no run is split into more than {MOST} shards")),
            (0, _) => Err(format!("shards are counted from 1: write 1/{of} for the first")),
            (number, of) if number > of => Err(format!("there is no shard {number} of {of}")),
            (number, of) => Ok(Self { number, of }),
        }
    }

    /// Whether it is all there is.
    pub fn is_whole(self) -> bool {
        self.of == 1
    }

    /// Leaves a plan with the cases of this part.
    pub fn take(self, mut plan: Plan) -> Plan {
        let (cases, jobs) = (plan.cases.len(), plan.jobs());
        let shares = shares(&plan.cases.iter().map(burden).collect::<Vec<_>>(), self.of);
        let mut shares = shares.into_iter();
        plan.cases.retain(|_| shares.next() == Some(self.number));
        let rest = Rest { cases: cases - plan.cases.len(), jobs: jobs - plan.jobs() };
        plan.shard = Some((self, rest));
        plan
    }

    /// How many jobs this part may create of those that all parts may create together: what it needs, and its share of
    /// what nobody needs.
    pub fn allowance(self, limit: u64, own: u64, rest: Rest) -> u64 {
        let spare = limit.saturating_sub(own.saturating_add(rest.jobs));
        let of = u64::try_from(self.of).unwrap_or(u64::MAX);
        own.saturating_add(spare / of).min(limit)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(number, of)| Some((whole(number)?, whole(of)?)));
        let (number, of) = numbers.ok_or("write two whole numbers such as 2/3")?;
        Self::new(number, of)
    }
}

fn whole(text: &str) -> Option<usize> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A case's id, and how long it can take.
type Burden<'a> = (&'a str, Duration);

fn burden(case: &TestCase) -> Burden<'_> {
    let time = if case.not_run.is_none() { case.predicted.saturating_add(MOMENT) } else { Duration::ZERO };
    (&case.id, time)
}

/// The number of the part that each case belongs to: the longest first, each to the part that has least to do.
fn shares(burdens: &[Burden<'_>], of: usize) -> Vec<usize> {
    let mut longest_first: Vec<usize> = (0..burdens.len()).collect();
    longest_first.sort_by_key(|index| (Reverse(burdens[*index].1), burdens[*index].0));
    let mut parts = vec![(Duration::ZERO, 0_usize); of];
    let mut numbers = vec![0; burdens.len()];
    for index in longest_first {
        let Some((number, part)) = parts.iter_mut().enumerate().min_by_key(|(_, part)| **part) else { break };
        *part = (part.0.saturating_add(burdens[index].1), part.1 + 1);
        numbers[index] = number + 1;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("1/1", Ok("1/1"))]
    #[case("2/3", Ok("2/3"))]
    #[case("0/3", Err("shards are counted from 1: write 1/3 for the first"))]
    #[case("4/3", Err("there is no shard 4 of 3"))]
    #[case("1/0", Err("a run has at least one shard"))]
    #[case("1/1001", Err("no run is split into more than 1000 shards"))]
    #[case("2", Err("write two whole numbers such as 2/3"))]
    #[case("+1/3", Err("write two whole numbers such as 2/3"))]
    #[case("1/99999999999999999999", Err("write two whole numbers such as 2/3"))]
    fn a_shard_is_a_number_of_several(#[case] text: &str, #[case] expected: Result<&str, &str>) {
        let parsed = text.parse::<Shard>().map(|shard| shard.to_string());
        assert_eq!(parsed, expected.map(str::to_owned).map_err(str::to_owned));
    }

    #[rstest]
    #[case(10, 4, 6, 4)]
    #[case(20, 4, 6, 9)]
    #[case(5, 0, 5, 0)]
    fn all_parts_together_keep_the_limit(
        #[case] limit: u64,
        #[case] own: u64,
        #[case] jobs: u64,
        #[case] expected: u64,
    ) {
        let shard = Shard::new(1, 2).unwrap();
        assert_eq!(shard.allowance(limit, own, Rest { cases: 1, jobs }), expected);
    }

    fn named(seconds: &[u64]) -> Vec<(String, Duration)> {
        let case = |(index, seconds): (usize, &u64)| (format!("case-{index}"), Duration::from_secs(*seconds));
        seconds.iter().enumerate().map(case).collect()
    }

    fn borrowed(cases: &[(String, Duration)]) -> Vec<Burden<'_>> {
        cases.iter().map(|(id, time)| (id.as_str(), *time)).collect()
    }

    proptest! {
        #[test]
        fn every_case_is_in_one_part_and_no_part_has_much_more_to_do(
            seconds in prop::collection::vec(0_u64..900, 0..60),
            of in 1_usize..9,
        ) {
            let cases = named(&seconds);
            let shares = shares(&borrowed(&cases), of);
            prop_assert!(shares.iter().all(|number| (1..=of).contains(number)));
            let load = |part: usize| -> Duration {
                shares.iter().zip(&cases).filter(|(number, _)| **number == part).map(|(_, (_, time))| *time).sum()
            };
            let loads: Vec<Duration> = (1..=of).map(load).collect();
            let longest = cases.iter().map(|(_, time)| *time).max().unwrap_or_default();
            prop_assert!(loads.iter().max() <= loads.iter().min().map(|least| *least + longest).as_ref());
        }

        #[test]
        fn the_order_of_cases_is_no_matter(
            (seconds, shuffled) in prop::collection::vec(0_u64..9, 0..40)
                .prop_map(|seconds| named(&seconds))
                .prop_flat_map(|cases| (Just(cases.clone()), Just(cases).prop_shuffle())),
            of in 1_usize..9,
        ) {
            let sorted = |cases: &[(String, Duration)]| {
                let numbers = shares(&borrowed(cases), of);
                let mut pairs: Vec<(String, usize)> =
                    cases.iter().map(|(id, _)| id.clone()).zip(numbers).collect();
                pairs.sort();
                pairs
            };
            prop_assert_eq!(sorted(&seconds), sorted(&shuffled));
        }
    }
}
