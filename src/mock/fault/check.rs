//! Rules that make no sense, by themselves or beside each other. The same for plans in files and in programs.

use super::action::{DELAY, STATUS, action};
use super::{Delay, Effect, Fault};
use crate::mock::configuration::Configuration;
use crate::mock::protocol::Operation;

/// What is wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    /// The place of the rule in the plan, the first being 0.
    pub(super) rule: usize,
    /// The key at which it stands, and one below it, if there is one.
    pub(super) key: &'static [&'static str],
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// Looks at one rule among all.
type Check = fn(usize, &[Fault]) -> Option<Mistake>;

const CHECKS: [Check; 8] = [
    second_of_its_name,
    no_action,
    wrong_phase,
    wrong_number,
    backwards,
    contradiction,
    odd_combination,
    unreachable_by_itself,
];

/// What is wrong with these rules; at most one thing each.
pub(super) fn mistakes(rules: &[Fault]) -> Vec<Mistake> {
    let of = |index| CHECKS.iter().find_map(|check| check(index, rules)).or_else(|| shadowed(index, rules));
    (0..rules.len()).filter_map(of).collect()
}

fn second_of_its_name(index: usize, rules: &[Fault]) -> Option<Mistake> {
    let name = &rules[index].name;
    let again = rules[..index].iter().any(|other| other.name == *name);
    again.then(|| Mistake {
        rule: index,
        key: &["name"],
        code: "duplicate-fault",
        message: format!("there is a rule `{name}` already"),
        help: "counters and chances go by names: give each rule its own",
    })
}

fn no_action(index: usize, rules: &[Fault]) -> Option<Mistake> {
    let rule = &rules[index];
    (rule.delay.is_none() && rule.effect.is_none()).then(|| Mistake {
        rule: index,
        key: &["do"],
        code: "fault-action",
        message: format!("the rule `{}` does nothing", rule.name),
        help: "give `status`, `delay` or `wire`",
    })
}

fn wrong_phase(index: usize, rules: &[Fault]) -> Option<Mistake> {
    let rule = &rules[index];
    let word = rule.effect.as_ref().map_or(DELAY, Effect::word);
    let phases = action(word).map(|own| own.phases).unwrap_or_default();
    if phases.contains(&rule.phase()) {
        return None;
    }
    let possible: Vec<String> = phases.iter().map(|phase| format!("`{}`", phase.word())).collect();
    let message =
        format!("`{word}` does not go with `{}`: it goes with {}", rule.phase().word(), possible.join(", "));
    Some(Mistake {
        rule: index,
        key: &["phase"],
        code: "fault-phase",
        message,
        help: "without `phase` it is where it usually is",
    })
}

fn wrong_number(index: usize, rules: &[Fault]) -> Option<Mistake> {
    let rule = &rules[index];
    let when = &rule.when;
    let zero = |number: Option<u64>| number == Some(0);
    let counted = "what is counted begins with 1";
    let (key, message, help): (&'static [&'static str], _, _) = if when.nth.contains(&0) {
        (&["when", "nth"], "there is no call number 0".to_owned(), counted)
    } else if zero(when.every) {
        (&["when", "every"], "every 0th call is none".to_owned(), counted)
    } else if zero(when.from) || zero(when.to) {
        let key: &'static [&'static str] = if zero(when.from) { &["when", "from"] } else { &["when", "to"] };
        (key, "there is no call number 0".to_owned(), counted)
    } else if zero(when.attempt) {
        (&["when", "attempt"], "there is no attempt number 0".to_owned(), counted)
    } else if zero(rule.max) {
        (&["max"], "at most 0 calls are none".to_owned(), "leave the rule out")
    } else if let Some(wrong) = when.probability.filter(|own| !(*own > 0.0 && *own <= 1.0)) {
        let message = format!("{wrong} is no probability of a fault");
        (&["when", "probability"], message, "it is more than 0, and at most 1")
    } else if let Some(status) = rule.substitute_status().filter(|status| !(200..600).contains(status)) {
        (&["do", STATUS], format!("{status} is no status code of an answer"), "it is from 200 to 599")
    } else {
        return None;
    };
    Some(Mistake { rule: index, key, code: "fault-range", message, help })
}

fn backwards(index: usize, rules: &[Fault]) -> Option<Mistake> {
    let rule = &rules[index];
    let mistake = |key, message| Mistake {
        rule: index,
        key,
        code: "fault-range",
        message,
        help: "write the smaller one first",
    };
    if rule.when.window.is_some_and(|(from, to)| from >= to) {
        return Some(mistake(&["when", "window"], "the window ends before it begins".to_owned()));
    }
    if let (Some(from), Some(to)) = (rule.when.from, rule.when.to)
        && from > to
    {
        return Some(mistake(
            &["when", "from"],
            format!("the row ends with {to} before it begins with {from}"),
        ));
    }
    rule.delay.and_then(Delay::mistake).map(|message| mistake(&["do", DELAY], message))
}

fn contradiction(index: usize, rules: &[Fault]) -> Option<Mistake> {
    let when = &rules[index].when;
    let others = when.every.is_some() || when.from.is_some() || when.to.is_some();
    (!when.nth.is_empty() && others).then(|| Mistake {
        rule: index,
        key: &["when", "nth"],
        code: "fault-range",
        message: "`nth` names the calls already".to_owned(),
        help: "give either `nth`, or `every`, `from` and `to`",
    })
}

fn odd_combination(index: usize, rules: &[Fault]) -> Option<Mistake> {
    let rule = &rules[index];
    (rule.combine && rule.effect.is_some()).then(|| Mistake {
        rule: index,
        key: &["combine"],
        code: "fault-action",
        message: "only delays combine: a call ends in one way".to_owned(),
        help: "let the rule only delay, or take `combine` away",
    })
}

fn unreachable_by_itself(index: usize, rules: &[Fault]) -> Option<Mistake> {
    let rule = &rules[index];
    let places = rule.when.places()?;
    let count = places.len() as u64;
    let (key, message, help): (&'static [&'static str], _, _) = if places.is_empty() {
        (&["when"], "no call is at such a place".to_owned(), "widen `from` and `to`")
    } else if let Some(most) = rule.max.filter(|most| *most < count && rule.when.is_certain()) {
        let left: Vec<String> =
            places.iter().skip(usize::try_from(most).unwrap_or(usize::MAX)).map(u64::to_string).collect();
        let message = format!("with `max: {most}` the calls {} are never met", left.join(", "));
        (&["max"], message, "raise `max`, or name fewer calls")
    } else {
        return None;
    };
    Some(Mistake { rule: index, key, code: "unreachable-fault", message, help })
}

fn shadowed(index: usize, rules: &[Fault]) -> Option<Mistake> {
    let rule = &rules[index];
    let earlier = rules[..index].iter().find(|earlier| covers(earlier, rule))?;
    Some(Mistake {
        rule: index,
        key: &["on"],
        code: "unreachable-fault",
        message: format!("`{}` meets every call that `{}` could meet", earlier.name, rule.name),
        help: "the first rule that meets a call is the only one: put the narrower rule first",
    })
}

/// Whether the earlier rule meets every call that the later one could meet.
fn covers(earlier: &Fault, later: &Fault) -> bool {
    let same_row = earlier.count_by == later.count_by && earlier.on == later.on;
    let all_places = earlier.when.is_any_place() && earlier.max.is_none();
    let same_places = || {
        let places = later.when.places();
        same_row && places.is_some_and(|places| places.iter().all(|place| earlier.when.fits_place(*place)))
    };
    !earlier.combine
        && earlier.when.is_certain()
        && earlier.on.contain(&later.on)
        && (all_places || same_places())
}

/// Rules that no call to such a mock could meet.
pub(super) fn unserved(rules: &[Fault], configuration: &Configuration) -> Vec<Mistake> {
    let of = |(index, rule): (usize, &Fault)| {
        let mistake = |key, message, help| Mistake { rule: index, key, code: "unserved-call", message, help };
        if !Operation::WORDS.iter().any(|(_, own)| rule.on.takes(*own) && configuration.serves(*own)) {
            let message = format!("the mock serves no call about {}", rule.on.words());
            return Some(mistake(&["on"], message, "it speaks one protocol only: see `--profile`"));
        }
        let fixture = rule.on.fixture.as_ref().filter(|name| configuration.fixtures.label(name).is_none())?;
        let message = format!("the mock has no trigger and no process `{fixture}`");
        Some(mistake(
            &["on", "fixture"],
            message,
            "the first line of `orchspec mock` names those that it has",
        ))
    };
    rules.iter().enumerate().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rstest::rstest;

    use super::*;
    use crate::mock::fault::{CountBy, Damage, Phase};

    fn rule() -> Fault {
        Fault::on(Operation::Poll).status(502)
    }

    fn slow() -> Fault {
        Fault::on_any().delay(Duration::from_millis(1))
    }

    #[rstest]
    #[case(rule(), rule().nth(1), "there is a rule `poll` already")]
    #[case(slow(), Fault::on(Operation::Poll), "the rule `poll` does nothing")]
    #[case(slow().combine(), rule().combine(), "only delays combine: a call ends in one way")]
    #[case(slow(), rule(), "`any` meets every call that `poll` could meet")]
    #[case(rule().nth(2).named("a"), rule().nth(2), "`a` meets every call that `poll` could meet")]
    #[case(rule().nth(2).max(1).named("a"), rule().nth(2), "`a` meets every call that `poll` could meet")]
    fn rules_that_make_no_sense_after_others(
        #[case] first: Fault,
        #[case] second: Fault,
        #[case] expected: &str,
    ) {
        let messages: Vec<String> = mistakes(&[first, second]).into_iter().map(|own| own.message).collect();
        assert_eq!(messages, [expected]);
    }

    #[rstest]
    #[case(rule().nth(0), "there is no call number 0")]
    #[case(rule().every(0), "every 0th call is none")]
    #[case(rule().attempt(0), "there is no attempt number 0")]
    #[case(rule().max(0), "at most 0 calls are none")]
    #[case(rule().probability(0.0), "0 is no probability of a fault")]
    #[case(rule().probability(f64::NAN), "NaN is no probability of a fault")]
    #[case(rule().status(99), "99 is no status code of an answer")]
    #[case(rule().nth(1).every(2), "`nth` names the calls already")]
    #[case(rule().nth(1).nth(5).max(1), "with `max: 1` the calls 5 are never met")]
    #[case(
        rule().at(Phase::MidBody),
        "`status` does not go with `mid_body`: it goes with `after_commit`, `before_commit`"
    )]
    #[case(rule().wire(Damage::ExtraBytes).at(Phase::Accept), "`extra-bytes` does not go with `accept`: it goes with `after_body`")]
    #[case(rule().window(Duration::from_secs(2), Duration::from_secs(1)), "the window ends before it begins")]
    fn rules_that_make_no_sense_by_themselves(#[case] rule: Fault, #[case] expected: &str) {
        let messages: Vec<String> = mistakes(&[rule]).into_iter().map(|own| own.message).collect();
        assert_eq!(messages, [expected]);
    }

    #[rstest]
    #[case(slow().combine(), rule())]
    #[case(rule().nth(1).named("a"), rule().nth(2))]
    #[case(rule().probability(0.5).named("a"), rule())]
    #[case(rule().max(1).named("a"), rule())]
    #[case(rule().nth(1).count_by(CountBy::Session).named("a"), rule().nth(1))]
    #[case(rule().of_fixture("short").named("a"), rule())]
    #[case(rule().nth(1).probability(0.5).max(1).named("a"), rule())]
    fn rules_that_go_together(#[case] first: Fault, #[case] second: Fault) {
        assert_eq!(mistakes(&[first, second]), []);
    }
}
