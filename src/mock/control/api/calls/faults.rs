//! Calls about faults.

use serde_json::{Value, json};

use super::{Answering, Asked, at_once, wrong};
use crate::mock::control::SketchedCall;
use crate::mock::control::api::reply::Reply;
use crate::mock::fault;
use crate::mock::protocol::Operation;
use crate::mock::{Considered, FaultCount};

pub(in crate::mock::control::api) fn show(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || Ok(planned(&asked)))
}

pub(in crate::mock::control::api) fn plan(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let given = asked.given.members.get("faults").unwrap_or(&Value::Null);
        let configuration = asked.session.shared().configuration();
        let plan = fault::from_json(given, configuration).map_err(|error| wrong(&error))?;
        let seed = plan.seed().unwrap_or(configuration.seed);
        if let Some(other) = asked.number("seed").filter(|other| *other != seed) {
            let message =
                format!("the chances of this plan come from the seed {seed}: write {other} into the plan");
            return Err(wrong(&message));
        }
        asked.session.set_faults(plan);
        Ok(planned(&asked))
    })
}

pub(in crate::mock::control::api) fn explain(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let nowhere = "no protocol serves such a call: give its `path`, or say with `op` what it is about";
        let rules = asked.session.explain_faults(&sketch(&asked)).ok_or_else(|| wrong(&nowhere))?;
        let meets = rules.iter().filter(|rule| rule.fires).map(|rule| &*rule.name);
        let meets: Vec<&str> = meets.collect();
        let rules: Vec<Value> = rules.iter().map(considered).collect();
        Ok(Reply::ok(json!({ "meets": meets, "rules": rules })))
    })
}

fn planned(asked: &Asked<'_>) -> Reply {
    let (plan, seed) = asked.session.fault_plan();
    let counts: Vec<Value> = asked.session.faults().iter().map(count).collect();
    Reply::ok(json!({ "faults": plan.to_json(), "seed": seed, "counts": counts }))
}

fn count(count: &FaultCount) -> Value {
    json!({
        "name": &*count.name,
        "eligible": count.eligible,
        "fired": count.fired,
        "exhausted": count.exhausted,
        "optional": count.optional,
    })
}

fn considered(rule: &Considered) -> Value {
    json!({ "name": &*rule.name, "fires": rule.fires, "because": rule.because })
}

fn sketch(asked: &Asked<'_>) -> SketchedCall {
    let headers = asked.object("headers").into_iter().flatten();
    let headers = headers.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()));
    let body = match asked.given.members.get("body") {
        None => Vec::new(),
        Some(Value::String(text)) => text.clone().into_bytes(),
        Some(value) => value.to_string().into_bytes(),
    };
    SketchedCall {
        operation: operation(asked),
        method: asked.text("method").map(str::to_owned),
        target: asked.text("path").unwrap_or_default().to_owned(),
        headers: headers.collect(),
        body,
        job: asked.number("job"),
        connection: asked.number("connection").unwrap_or(1),
    }
}

fn operation(asked: &Asked<'_>) -> Option<Operation> {
    let word = asked.text("op")?;
    Operation::WORDS.iter().find(|(own, _)| *own == word).map(|(_, operation)| *operation)
}
