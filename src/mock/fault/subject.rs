//! One call as faults see it: what it is about, and whose row of calls it stands in.

use std::sync::Arc;

use hyper::header::AUTHORIZATION;
use serde_json::Value;

use crate::mock::chance::Chance;
use crate::mock::protocol::Operation;
use crate::mock::server::message::Request;

/// One call.
#[derive(Debug, Clone)]
pub(in crate::mock) struct Subject<'a> {
    pub(in crate::mock) operation: Operation,
    pub(in crate::mock) request: &'a Request,
    /// The trigger or process of its job, as far as it names one.
    pub(in crate::mock) fixture: Option<Arc<str>>,
    /// The number in the engine of the job that it is about, if there is one already.
    pub(in crate::mock) job: Option<u64>,
}

impl Subject<'_> {
    /// What tells calls apart that are about no job: everything that the caller said. A call that is repeated says the
    /// same again, and so is counted together with the first one.
    pub(in crate::mock) fn content(&self) -> u64 {
        let request = self.request;
        let query: Vec<String> =
            request.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let bearer = request.header(&AUTHORIZATION).unwrap_or_default();
        let body = String::from_utf8_lossy(&request.body);
        digest(&[request.method.as_str(), &request.path, &query.join("&"), bearer, &body])
    }

    /// What tells callers apart: their credentials. Whoever shows none is one and the same.
    pub(super) fn client(&self) -> u64 {
        if let Some(bearer) = self.request.header(&AUTHORIZATION) {
            return digest(&["bearer", bearer]);
        }
        let body: Value = serde_json::from_slice(&self.request.body).unwrap_or_default();
        digest(&["system", body.get("auth_tkn").and_then(Value::as_str).unwrap_or_default()])
    }
}

/// A number that stands for these texts.
pub(super) fn digest(parts: &[&str]) -> u64 {
    Chance::new(0, &parts.join("\n"), parts.len() as u64).next()
}
