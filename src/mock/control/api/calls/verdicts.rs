//! Calls about the verdicts on clients.

use super::{Answering, Asked, at_once};
use crate::mock::control::api::reply::Reply;

pub(in crate::mock::control::api) fn live(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || Ok(Reply::ok(asked.session.verdicts().to_json())))
}

pub(in crate::mock::control::api) fn close(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || Ok(Reply::ok(asked.session.final_verdicts().to_json())))
}
