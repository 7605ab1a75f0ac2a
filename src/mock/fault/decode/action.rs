//! What a rule does to a call.

use std::time::Duration;

use super::{Found, number};
use crate::clock::format_duration;
use crate::diagnostic::Diagnostic;
use crate::mock::fault::Delay;
use crate::mock::fault::action::{Advice, Effect, Substitute};
use crate::mock::fault::damage::{Amount, Damage, End, KINDS, Part, Place};
use crate::mock::fault::shape::{DATE, DELAY, DO, LOGNORMAL, NONE, UNIFORM};
use crate::yaml::{self, Fields, Kind, Node};

/// The keys that say more about an answer in the server's stead.
const OF_STATUS: [&str; 2] = ["body", "retry_after"];
/// The keys that say more about damage.
const OF_WIRE: [&str; 6] = ["at", "end", "for", "part", "bytes", "every"];

/// `do`: a delay, and what ends the call.
pub(super) fn action(node: &Node, found: &mut Found) -> Option<(Option<Delay>, Option<Effect>)> {
    let fields = Fields::open(node, &DO, found)?;
    let delay = match fields.get("delay") {
        None => None,
        Some(node) => Some(delay(node, found)?),
    };
    let effect = match (fields.get("status"), fields.get("wire")) {
        (Some(_), Some(wire)) => {
            let message = "a call ends in one way: with a `status`, or with damage on the `wire`";
            found.push(Diagnostic::error("fault-action", message).at(wire.span, "").help("write two rules"));
            return None;
        }
        (Some(status), None) => Some(Effect::Answer(substitute(status, fields, found)?)),
        (None, Some(wire)) => Some(Effect::Wire(damage(wire, fields, found)?)),
        (None, None) => None,
    };
    lonely(fields, "status", &OF_STATUS, found)?;
    lonely(fields, "wire", &OF_WIRE, found)?;
    Some((delay, effect))
}

/// A key that says more about something that is not there.
fn lonely(fields: Fields<'_>, of: &str, keys: &[&str], found: &mut Found) -> Option<()> {
    let first = keys.iter().find_map(|key| Some((key, fields.get(key)?)));
    let Some((key, node)) = first.filter(|_| fields.get(of).is_none()) else { return Some(()) };
    let message = format!("`{key}` goes with `{of}`, which is not there");
    found.push(Diagnostic::error("fault-action", message).at(node.span, "").help(format!("add `{of}`")));
    None
}

fn substitute(status: &Node, fields: Fields<'_>, found: &mut Found) -> Option<Substitute> {
    let status = yaml::integer(status, found)?.value;
    let retry_after = match fields.get("retry_after").filter(|node| node.as_text() != Some(NONE)) {
        None => None,
        Some(node) => Some(retry_after(node, found)?),
    };
    Some(Substitute {
        // What is no status code is told with the other numbers of the rule.
        status: u16::try_from(status).unwrap_or(u16::MAX),
        body: fields.get("body").map(Node::to_json),
        retry_after,
    })
}

fn retry_after(node: &Node, found: &mut Found) -> Option<Advice> {
    if matches!(node.kind, Kind::Mapping(_)) {
        let fields = Fields::open(node, &DATE, found)?;
        return whole_seconds(fields.get("date")?, found).map(Advice::Date);
    }
    whole_seconds(node, found).map(Advice::Seconds)
}

fn whole_seconds(node: &Node, found: &mut Found) -> Option<Duration> {
    let time = yaml::duration(node, found)?.value;
    if time.subsec_millis() == 0 {
        return Some(time);
    }
    let message = format!("`Retry-After` counts whole seconds, not {}", format_duration(time));
    found.push(Diagnostic::error("fault-range", message).at(node.span, "").help("write `1s` or more"));
    None
}

fn delay(node: &Node, found: &mut Found) -> Option<Delay> {
    if !matches!(node.kind, Kind::Mapping(_)) {
        return Some(Delay::Fixed(yaml::duration(node, found)?.value));
    }
    let fields = Fields::open(node, &DELAY, found)?;
    let delay = match (fields.get("uniform"), fields.get("lognormal")) {
        (Some(node), None) => {
            let fields = Fields::open(node, &UNIFORM, found)?;
            Delay::Uniform { from: time(fields, "from", found)?, to: time(fields, "to", found)? }
        }
        (None, Some(node)) => {
            let fields = Fields::open(node, &LOGNORMAL, found)?;
            let [p50, p99, max] = ["p50", "p99", "max"].map(|key| time(fields, key, found));
            Delay::Lognormal { p50: p50?, p99: p99?, max: max? }
        }
        _ => {
            let message = "a delay is spread in one way: `uniform` or `lognormal`";
            let help = "a delay that is always as long needs neither: `delay: 80ms`";
            found.push(Diagnostic::error("fault-action", message).at(node.span, "").help(help));
            return None;
        }
    };
    Some(delay)
}

fn time(fields: Fields<'_>, key: &str, found: &mut Found) -> Option<Duration> {
    Some(yaml::duration(fields.get(key)?, found)?.value)
}

/// The damage of this word, with all that is said of it.
fn damage(word: &Node, fields: Fields<'_>, found: &mut Found) -> Option<Damage> {
    let kinds: Vec<(&str, Damage)> = KINDS.iter().map(|kind| (kind.word, kind.usual)).collect();
    let mut damage = yaml::choice(word, &kinds, found)?.value;
    for key in OF_WIRE {
        let Some(node) = fields.get(key) else { continue };
        let changed = match key {
            "at" => damage.at(Place::Body(amount(node, found)?)),
            "end" => damage.ending(yaml::choice(node, &End::WORDS, found)?.value),
            "for" => damage.lasting(yaml::duration(node, found)?.value),
            _ if matches!(damage, Damage::Dribble { .. }) => Some(dribble(damage, key, fields, found)?),
            _ => None,
        };
        let Some(changed) = changed else {
            let message = format!("`{}` has no `{key}`", damage.word());
            let help = "`orchspec list faults` tells what there is";
            found.push(Diagnostic::error("fault-action", message).at(node.span, "").help(help));
            return None;
        };
        damage = changed;
    }
    Some(damage)
}

fn amount(node: &Node, found: &mut Found) -> Option<Amount> {
    let text = node.as_text().map_or_else(|| node.describe(), str::to_owned);
    let amount = Amount::parse(&text);
    if amount.is_none() {
        found.push(yaml::wrong_type(node, "a part of the body such as `50%`, or a number of bytes"));
    }
    amount
}

/// A dribble with one more thing said of it.
fn dribble(damage: Damage, key: &str, fields: Fields<'_>, found: &mut Found) -> Option<Damage> {
    let Damage::Dribble { mut part, mut bytes, mut every } = damage else { return None };
    let node = fields.get(key)?;
    match key {
        "part" => part = yaml::choice(node, &Part::WORDS, found)?.value,
        "every" => every = time(fields, key, found)?,
        _ => {
            let number = number(fields, key, found)?;
            if number == 0 {
                let message = "a piece of 0 bytes never gets anywhere";
                found.push(
                    Diagnostic::error("fault-range", message).at(node.span, "").help("write 1 or more"),
                );
                return None;
            }
            bytes = usize::try_from(number).unwrap_or(usize::MAX);
        }
    }
    Some(Damage::Dribble { part, bytes, every })
}
