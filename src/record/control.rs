//! The control that no client sends: without one, a server that always says the same would pass.

use serde_json::{Map, Value, json};

use super::step::Step;
use crate::scenario::{DEFAULT_PRINCIPAL, UNREGISTERED_PRINCIPALS};
use crate::target::{Principal, Protocol};

/// A further step, if all blocks of the scenario ask for one and the same status or reading.
pub(super) fn complete(steps: &[Step], protocol: &Protocol) -> Option<Step> {
    let blocks: Vec<Value> = steps.iter().flat_map(blocks).collect();
    let first = blocks.first()?;
    let is_constant = first.as_object().is_some_and(|conditions| {
        conditions.len() == 1 && ["status", "result"].iter().any(|word| conditions.contains_key(*word))
    });
    // What a job gives is more than a constant answer.
    let is_varied = ["output", "fault"].iter().any(|word| first["result"] == *word);
    let is_one = is_constant && !is_varied && blocks.iter().all(|block| block == first);
    let refused = *first == json!({ "result": "refused" });
    is_one.then(|| twin(steps, refused, protocol)).flatten()
}

/// The blocks of a step without what they cover.
fn blocks(step: &Step) -> Vec<Value> {
    let beside =
        step.beside.iter().filter(|(key, _)| ["pending", "until"].contains(key)).map(|(_, block)| block);
    let each = step.beside.iter().filter_map(|(_, value)| value.get("each")?.as_array()).flatten();
    let conditions = |block: &Value| {
        let members = block.as_object().cloned().unwrap_or_default();
        members
            .into_iter()
            .filter(|(name, _)| !["covers", "seen", "job"].contains(&name.as_str()))
            .collect::<Map<_, _>>()
    };
    beside.chain(each).chain(&step.expect).map(|block| Value::Object(conditions(block))).collect()
}

/// The first request once more: without a credential where it was answered, with a good one where it was refused.
fn twin(steps: &[Step], refused: bool, protocol: &Protocol) -> Option<Step> {
    let first = steps.iter().find(|step| step.request.is_some())?;
    let (_, words) = first.request.clone()?;
    let owner = matches!(protocol.principal(DEFAULT_PRINCIPAL), Some(Principal::Known(_)));
    let (principal, name, result) = if refused {
        (DEFAULT_PRINCIPAL, "the same as somebody who may", "success")
    } else {
        (UNREGISTERED_PRINCIPALS[0], "the same without a credential", "refused")
    };
    let note = "not recorded: a server that always gives the same answer must fail this step";
    (!refused || owner).then(|| Step {
        name: name.to_owned(),
        principal: principal.to_owned(),
        request: Some(("request", words)),
        beside: Vec::new(),
        expect: vec![json!({ "result": result })],
        capture: Vec::new(),
        snapshot: None,
        is_recorded: false,
        origin: note.to_owned(),
        remarks: Vec::new(),
        lines: first.lines,
    })
}
