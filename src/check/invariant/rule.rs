//! The rules of invariants: what may become of a value from one attempt to the next.

use std::cmp::Ordering;
use std::time::Duration;

use serde_json::Value;

use super::Observation;
use crate::check::instant::Instant;
use crate::check::place::Place;
use crate::json::{compare_numbers, equal, shorten};
use crate::scenario::template::text_of;

/// What may become of a value.
#[derive(Debug, Clone)]
pub(super) enum Rule {
    /// Nothing else.
    Stable,
    /// The same or more.
    Nondecreasing,
    /// From each value, one of these or the same.
    AllowedMoves(Vec<(String, Vec<Value>)>),
    /// More whenever the value at this place changes.
    AdvancesWith(Place),
}

/// What a rule saw.
#[derive(Debug, PartialEq)]
pub(super) enum Look {
    /// Every step was allowed.
    Kept,
    /// There was no step to look at, because of this.
    Nothing(String),
    /// The first step that was not allowed, and the exchange that took it.
    Broken { expected: String, actual: String, exchange: usize },
}

/// Two changes that lie no further apart may get the same time from a server that rounds.
const TOO_CLOSE: Duration = Duration::from_secs(1);

impl Rule {
    pub(super) fn look(&self, observations: &[Observation]) -> Look {
        if let Self::AdvancesWith(companion) = self {
            return advance(companion, observations);
        }
        let seen = observations.iter();
        let values: Vec<(&Value, usize)> =
            seen.filter_map(|seen| Some((self.counted(seen.value.as_ref()?)?, seen.exchange))).collect();
        if values.len() < 2 {
            return Look::Nothing("fewer than two answers have it".to_owned());
        }
        let mut steps = values.windows(2);
        let broken = steps.find_map(|step| Some((self.refuse(step[0].0, step[1].0)?, step[1].1)));
        broken.map_or(Look::Kept, |((expected, actual), exchange)| Look::Broken {
            expected,
            actual,
            exchange,
        })
    }

    /// A value that the rule speaks of: null has no place in an order, as little as a member that is absent.
    fn counted<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        let is_without_order = matches!(self, Self::Nondecreasing) && value.is_null();
        (!is_without_order).then_some(value)
    }

    /// What should have come after `from` instead of `to`; `None` if `to` may.
    fn refuse(&self, from: &Value, to: &Value) -> Option<(String, String)> {
        let moved = format!("{} after {}", shorten(to), shorten(from));
        match self {
            Self::Stable => (!same(from, to)).then(|| (shorten(from), moved)),
            Self::Nondecreasing => match order(from, to) {
                Some(Ordering::Less | Ordering::Equal) => None,
                Some(Ordering::Greater) => Some((format!("not before {}", shorten(from)), moved)),
                None => Some(("numbers or instants".to_owned(), moved)),
            },
            Self::AllowedMoves(moves) => {
                let targets = targets(moves, from);
                let allowed = equal(from, to) || targets.iter().any(|target| equal(target, to));
                (!allowed).then(|| (describe_targets(from, targets), moved))
            }
            Self::AdvancesWith(_) => None,
        }
    }
}

fn targets<'a>(moves: &'a [(String, Vec<Value>)], from: &Value) -> &'a [Value] {
    let from = text_of(from);
    moves.iter().find(|(own, _)| *own == from).map_or(&[], |(_, targets)| targets.as_slice())
}

fn describe_targets(from: &Value, targets: &[Value]) -> String {
    match targets {
        [] => format!("nothing but {} after {}", shorten(from), shorten(from)),
        targets => {
            let list: Vec<String> = targets.iter().map(shorten).collect();
            format!("{} or one of {} after {}", shorten(from), list.join(", "), shorten(from))
        }
    }
}

/// A change of the companion between two attempts, with the value when its old state was first seen.
struct Change<'a> {
    before: &'a Value,
    after: &'a Value,
    /// How long, at least, the old state had lasted.
    lasted: Duration,
    words: String,
    /// The exchange that showed it.
    exchange: usize,
}

fn advance(companion: &Place, observations: &[Observation]) -> Look {
    let changes = changes(companion, observations);
    let tellable: Vec<&Change<'_>> =
        changes.iter().filter(|change| change.lasted > shortest(change)).collect();
    if tellable.is_empty() {
        return Look::Nothing(format!("{companion} had no two changes far enough apart"));
    }
    let stuck =
        tellable.into_iter().find(|change| order(change.before, change.after) != Some(Ordering::Less));
    stuck.map_or(Look::Kept, |change| Look::Broken {
        expected: format!("after {}, since {}", shorten(change.before), change.words),
        actual: shorten(change.after),
        exchange: change.exchange,
    })
}

fn changes<'a>(place: &Place, observations: &'a [Observation]) -> Vec<Change<'a>> {
    let both = |seen: &'a Observation| {
        Some((seen.value.as_ref()?, seen.companion.as_ref()?, seen.at, seen.exchange))
    };
    let seen: Vec<_> = observations.iter().filter_map(both).collect();
    let mut changes = Vec::new();
    let mut first = 0;
    for index in 1..seen.len() {
        let (_, old, last, _) = seen[index - 1];
        let (after, new, _, exchange) = seen[index];
        if !equal(old, new) {
            let (before, _, since, _) = seen[first];
            let words = format!("{place} went from {} to {}", shorten(old), shorten(new));
            changes.push(Change { before, after, lasted: last.saturating_sub(since), words, exchange });
            first = index;
        }
    }
    changes
}

/// How long a state must have lasted for its end to show in the value.
fn shortest(change: &Change<'_>) -> Duration {
    let step = match (instant(change.before), instant(change.after)) {
        (Some(before), Some(after)) => u64::try_from(before.coarser_step(after)).unwrap_or(u64::MAX),
        _ => 0,
    };
    TOO_CLOSE.saturating_add(Duration::from_nanos(step))
}

fn same(left: &Value, right: &Value) -> bool {
    equal(left, right) || order(left, right) == Some(Ordering::Equal)
}

/// The order of two numbers, or of two instants at the coarser precision.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(compare_numbers(left, right)),
        _ => Some(instant(left)?.since(instant(right)?).cmp(&0)),
    }
}

fn instant(value: &Value) -> Option<Instant> {
    Instant::parse(value.as_str()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceMap, Span};
    use rstest::rstest;
    use serde_json::json;

    fn observe(values: &Value) -> Vec<Observation> {
        let one = |value: &Value| (!value.is_null()).then(|| value.clone());
        let values = values.as_array().unwrap().iter().enumerate();
        let observation = |(exchange, value)| Observation {
            value: one(value),
            companion: None,
            at: Duration::ZERO,
            exchange,
        };
        values.map(observation).collect()
    }

    fn moves() -> Rule {
        Rule::AllowedMoves(vec![
            ("PREPARE".to_owned(), vec![json!("QUEUE"), json!("DONE")]),
            ("QUEUE".to_owned(), vec![json!("DONE")]),
        ])
    }

    #[rstest]
    #[case(Rule::Stable, json!([1, null, 1.0]), true)]
    #[case(Rule::Stable, json!(["2024-01-15T12:00:00Z", "2024-01-15T16:00:00.5+04:00"]), true)]
    #[case(Rule::Stable, json!(["a", "b"]), false)]
    #[case(Rule::Nondecreasing, json!([1, 1, 2]), true)]
    #[case(Rule::Nondecreasing, json!(["2024-01-15T12:00:00.9Z", "2024-01-15T12:00:00Z"]), true)]
    #[case(Rule::Nondecreasing, json!(["2024-01-15T12:00:01Z", "2024-01-15T12:00:00Z"]), false)]
    #[case(Rule::Nondecreasing, json!(["a", "b"]), false)]
    #[case(moves(), json!(["PREPARE", "PREPARE", "QUEUE", "DONE", "DONE"]), true)]
    #[case(moves(), json!(["QUEUE", "PREPARE"]), false)]
    #[case(moves(), json!(["DONE", "QUEUE"]), false)]
    fn a_step_is_allowed_or_not(#[case] rule: Rule, #[case] values: Value, #[case] kept: bool) {
        assert_eq!(rule.look(&observe(&values)) == Look::Kept, kept);
    }

    #[test]
    fn the_answer_that_breaks_a_rule_is_named() {
        let look = Rule::Nondecreasing.look(&observe(&json!([3, null, 2, 4, 5])));
        assert!(matches!(look, Look::Broken { exchange: 2, .. }), "{look:?}");
    }

    #[test]
    fn null_is_skipped_where_an_order_counts() {
        let observed = |values: &Value| {
            let mut seen = observe(values);
            for one in &mut seen {
                one.value.get_or_insert(Value::Null);
            }
            seen
        };
        assert_eq!(Rule::Nondecreasing.look(&observed(&json!([null, null, 10, null, 20]))), Look::Kept);
        let back = Rule::Nondecreasing.look(&observed(&json!([20, null, 10])));
        assert!(matches!(back, Look::Broken { exchange: 2, .. }), "{back:?}");
        let gone = Rule::Stable.look(&observed(&json!([1, null])));
        assert!(matches!(gone, Look::Broken { exchange: 1, .. }), "{gone:?}");
    }

    #[test]
    fn one_value_alone_shows_nothing() {
        assert!(matches!(Rule::Stable.look(&observe(&json!([null, 1]))), Look::Nothing(_)));
    }

    fn advances(rows: &[(&str, &str, u64)]) -> Look {
        let mut diagnostics = Vec::new();
        let span = Span::new(SourceMap::default().add("a", ""), 0..0);
        let place = Place::parse("/task/status", span, &mut diagnostics).unwrap();
        let rows = rows.iter().enumerate().map(|(exchange, (value, companion, seconds))| Observation {
            value: Some(json!(format!("2024-01-15T12:00:{value}Z"))),
            companion: Some(json!(companion)),
            at: Duration::from_secs(*seconds),
            exchange,
        });
        Rule::AdvancesWith(place).look(&rows.collect::<Vec<_>>())
    }

    #[test]
    fn a_change_must_show_unless_it_came_too_soon() {
        assert_eq!(advances(&[("00", "QUEUE", 0), ("00", "QUEUE", 5), ("06", "DONE", 6)]), Look::Kept);
        assert!(matches!(
            advances(&[("00", "QUEUE", 0), ("00", "QUEUE", 2), ("00", "DONE", 6)]),
            Look::Nothing(_)
        ));
        let stuck = advances(&[("00", "QUEUE", 0), ("00", "QUEUE", 5), ("00", "DONE", 6)]);
        let expected =
            r#"after "2024-01-15T12:00:00Z", since /task/status went from "QUEUE" to "DONE""#.to_owned();
        let actual = r#""2024-01-15T12:00:00Z""#.to_owned();
        assert_eq!(stuck, Look::Broken { expected, actual, exchange: 2 });
    }
}
