//! A plan as JSON, in the form in which it is read.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::action::{Advice, Effect, Substitute};
use super::calls::{ANY, Calls};
use super::damage::{Amount, Damage, Place};
use super::when::When;
use super::{CountBy, Delay, Fault, FaultPlan};
use crate::clock::format_duration;
use crate::mock::protocol::Operation;

impl FaultPlan {
    /// The plan as one JSON object.
    pub fn to_json(&self) -> Value {
        let budget = [
            ("max_consecutive", self.budget.max_consecutive.map(Value::from)),
            ("max_per_job", self.budget.max_per_job.map(Value::from)),
        ];
        let budget = object(budget);
        object([
            ("faults", Some(json!(1))),
            ("title", self.title.as_deref().map(Value::from)),
            ("seed", self.seed.map(Value::from)),
            ("budget", Some(budget).filter(|own| own != &json!({}))),
            ("rules", Some(self.rules.iter().map(Fault::to_json).collect())),
        ])
    }
}

impl Fault {
    /// The rule as one JSON object.
    pub fn to_json(&self) -> Value {
        let yes = |flag: bool| flag.then_some(Value::Bool(true));
        object([
            ("name", Some(json!(&*self.name))),
            ("on", Some(calls(&self.on))),
            ("when", Some(when(&self.when)).filter(|own| own != &json!({}))),
            ("count_by", (self.count_by != CountBy::default()).then(|| json!(self.count_by.word()))),
            ("phase", Some(json!(self.phase().word()))),
            ("do", Some(action(self))),
            ("max", self.max.map(Value::from)),
            ("combine", yes(self.combine)),
            ("optional", yes(self.optional)),
        ])
    }
}

/// The members that have a value.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let given = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(given.collect())
}

fn calls(calls: &Calls) -> Value {
    let words: Vec<&str> = calls.operations.iter().copied().map(Operation::word).collect();
    let op = match words.as_slice() {
        [] => json!(ANY),
        [word] => json!(word),
        words => json!(words),
    };
    let headers: Map<String, Value> =
        calls.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let more = object([
        ("op", Some(op.clone())),
        ("path", calls.path.as_deref().map(Value::from)),
        ("method", calls.method.as_deref().map(Value::from)),
        ("header", (!headers.is_empty()).then_some(Value::Object(headers))),
        ("fixture", calls.fixture.as_deref().map(Value::from)),
    ]);
    if more.as_object().is_some_and(|more| more.len() == 1) { op } else { more }
}

fn when(when: &When) -> Value {
    let window =
        when.window.map(|(from, to)| json!(format!("{}..{}", format_duration(from), format_duration(to))));
    object([
        ("nth", (!when.nth.is_empty()).then(|| json!(when.nth))),
        ("every", when.every.map(Value::from)),
        ("from", when.from.map(Value::from)),
        ("to", when.to.map(Value::from)),
        ("window", window),
        ("probability", when.probability.map(Value::from)),
        ("attempt", when.attempt.map(Value::from)),
    ])
}

fn action(fault: &Fault) -> Value {
    let mut written = match fault.settled_effect() {
        None => Map::new(),
        Some(Effect::Answer(substitute)) => answer(&substitute),
        Some(Effect::Wire(damage)) => wire(damage),
    };
    if let Some(own) = fault.delay {
        written.insert("delay".to_owned(), delay(own));
    }
    Value::Object(written)
}

fn answer(substitute: &Substitute) -> Map<String, Value> {
    let mut written = Map::from_iter([("status".to_owned(), json!(substitute.status))]);
    if let Some(body) = &substitute.body {
        written.insert("body".to_owned(), body.clone());
    }
    let advice = substitute.retry_after.map(|advice| match advice {
        Advice::Seconds(time) => text(time),
        Advice::Date(time) => json!({ "date": text(time) }),
    });
    written.extend(advice.map(|advice| ("retry_after".to_owned(), advice)));
    written
}

fn wire(damage: Damage) -> Map<String, Value> {
    let mut written = Map::from_iter([("wire".to_owned(), json!(damage.word()))]);
    let mut add = |key: &str, value: Value| _ = written.insert(key.to_owned(), value);
    match damage {
        Damage::Truncate { at, .. } => add("at", amount(at)),
        Damage::Reset { at } | Damage::Finish { at } | Damage::Hang { at, .. } => {
            if let Place::Body(at) = at {
                add("at", amount(at));
            }
        }
        Damage::Dribble { part, bytes, every } => {
            add("part", json!(part.word()));
            add("bytes", json!(bytes));
            add("every", text(every));
        }
        _ => {}
    }
    if let Damage::Hang { time: Some(time), .. } = damage {
        add("for", text(time));
    }
    if let Damage::Truncate { end, .. } | Damage::EarlyHintThenDrop { end } | Damage::StaleKeepalive { end } =
        damage
    {
        add("end", json!(end.word()));
    }
    written
}

fn amount(amount: Amount) -> Value {
    match amount {
        Amount::Percent(percent) => json!(format!("{percent}%")),
        Amount::Bytes(bytes) => json!(bytes),
    }
}

fn delay(delay: Delay) -> Value {
    match delay {
        Delay::Fixed(time) => text(time),
        Delay::Uniform { from, to } => json!({ "uniform": { "from": text(from), "to": text(to) } }),
        Delay::Lognormal { p50, p99, max } => {
            json!({ "lognormal": { "p50": text(p50), "p99": text(p99), "max": text(max) } })
        }
    }
}

fn text(time: Duration) -> Value {
    json!(format_duration(time))
}
