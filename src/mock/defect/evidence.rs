//! What the defects look at: earlier answers of a job, and what the call really sent.

use hyper::StatusCode;
use hyper::header::AUTHORIZATION;
use serde_json::{Map, Value, json};

use crate::mock::engine::Ending;
use crate::mock::fixture::Mode;
use crate::mock::protocol::Operation;
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

impl Exchange<'_> {
    /// How often this operation was already answered for this job.
    pub(super) fn times(&self, world: &World) -> usize {
        world.past(self.job).iter().filter(|past| past.operation == self.operation).count()
    }

    /// How often this operation was already answered for this job with this code.
    pub(super) fn times_answered(&self, world: &World, status: StatusCode) -> usize {
        let past = world.past(self.job).iter();
        past.filter(|past| past.operation == self.operation && past.status == status).count()
    }

    pub(super) fn is(&self, operation: Operation, mode: Mode) -> bool {
        self.operation == operation && self.mode == Some(mode)
    }

    /// Whether the call waits for its job: the initial one or a later one.
    pub(super) fn is_long_poll(&self) -> bool {
        self.operation == Operation::Wait || self.is(Operation::Invoke, Mode::LongPolling)
    }

    pub(super) fn has_authorization(&self) -> bool {
        self.request.headers.contains_key(AUTHORIZATION)
    }

    pub(super) fn job_has_ended(&self, world: &World) -> bool {
        world.job(self.job).is_some_and(|job| job.state.is_final())
    }

    /// The output that the job comes to, whether it is there yet or not.
    pub(super) fn coming_output(&self, world: &World) -> Option<Value> {
        match &world.job(self.job)?.order.ending {
            Ending::Output(output) => Some(output.clone()),
            Ending::Fault(_) => None,
        }
    }

    /// The body of the request as JSON; `null` if it is none.
    pub(super) fn sent_body(&self) -> Value {
        serde_json::from_slice(&self.request.body).unwrap_or_default()
    }

    /// The arguments of the call in either protocol, as far as they can be read.
    pub(super) fn sent_arguments(&self) -> Map<String, Value> {
        let body = self.sent_body();
        if let Some(ctx) = body.pointer("/task/ctx").and_then(Value::as_str) {
            return serde_json::from_str(ctx).unwrap_or_default();
        }
        let query = self.request.query.iter().map(|(name, value)| (name.clone(), json!(value)));
        query.chain(body.as_object().cloned().unwrap_or_default()).collect()
    }
}

impl Answer {
    /// The member `task` of an envelope, to be rewritten.
    pub(super) fn rewrite_task(&mut self, change: impl FnOnce(&mut Map<String, Value>)) {
        self.rewrite(|body| {
            if let Some(task) = body.get_mut("task").and_then(Value::as_object_mut) {
                change(task);
            }
        });
    }
}
