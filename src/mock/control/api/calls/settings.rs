//! Calls that change how a session behaves from now on.

use serde_json::json;

use super::{Answering, Asked, at_once, wrong};
use crate::mock::control::api::reply::Reply;

pub(in crate::mock::control::api) fn show(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || Ok(armed(&asked)))
}

pub(in crate::mock::control::api) fn arm(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        asked.session.set_defects(&asked.texts("defects")).map_err(|error| wrong(&error))?;
        Ok(armed(&asked))
    })
}

pub(in crate::mock::control::api) fn reset(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        asked.session.reset();
        Ok(Reply::ok(json!({ "reset": true })))
    })
}

fn armed(asked: &Asked<'_>) -> Reply {
    let armed = asked.session.defects();
    let armed = armed.iter().map(|(defect, arming)| {
        json!({ "id": defect.id, "arming": arming.to_string(), "sentence": defect.sentence })
    });
    Reply::ok(json!({ "defects": armed.collect::<Vec<_>>() }))
}
