//! One fixed walk through both protocols, long enough for every defect to show itself.

mod elma;
mod uipath;

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use crate::mock::caller::{Caller, Reply};
use crate::mock::{Configuration, Operation};

/// One exchange of the walk.
pub(super) struct Seen {
    pub(super) operation: Option<Operation>,
    pub(super) what: String,
    pub(super) reply: Reply,
}

/// The walk, with everything that was seen so far.
pub(super) struct Walk {
    pub(super) caller: Caller,
    pub(super) seen: Vec<Seen>,
}

impl Walk {
    fn note(&mut self, operation: impl Into<Option<Operation>>, what: String, reply: Reply) -> Reply {
        self.seen.push(Seen { operation: operation.into(), what, reply: reply.clone() });
        reply
    }

    /// One call, noted.
    pub(super) async fn call(
        &mut self,
        operation: Operation,
        (method, target): (&str, &str),
        headers: &str,
        body: &str,
    ) -> Reply {
        let limit = Duration::from_hours(2);
        let call = self.caller.call(method, target, headers, body);
        let reply = tokio::time::timeout(limit, call).await.unwrap_or(silence(limit));
        self.note(operation, format!("{method} {target} {body}"), reply)
    }

    /// How many jobs of the fixture there are, noted like an answer.
    pub(super) async fn count(&mut self, job: &str) {
        let begun = Instant::now();
        let count = self.caller.hook(&json!({ "op": "count", "job": job })).await;
        let body = count.to_string().into_bytes();
        let reply = Reply { status: 200, headers: Vec::new(), body, took: begun.elapsed() };
        self.note(None, format!("count {job}"), reply);
    }

    pub(super) async fn hook(&self, message: Value) {
        self.caller.hook(&message).await;
    }
}

fn silence(took: Duration) -> Reply {
    Reply { status: 0, headers: Vec::new(), body: Vec::new(), took }
}

pub(super) async fn sleep(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}

/// Plays the whole walk on a fresh mock for each protocol.
pub(super) async fn play(configuration: Configuration) -> Vec<Seen> {
    let mut seen = Vec::new();
    let mut walk = Walk { caller: Caller::new(configuration.clone()), seen: Vec::new() };
    elma::walk(&mut walk).await;
    seen.append(&mut walk.seen);
    let mut walk = Walk { caller: Caller::new(configuration), seen: Vec::new() };
    uipath::walk(&mut walk).await;
    seen.append(&mut walk.seen);
    seen
}
