//! What the defects look at and work with: earlier answers of a job, what the call really sent,
//! orders and answers to be rewritten.

use std::time::Duration;

use hyper::StatusCode;
use hyper::header::{AUTHORIZATION, HeaderValue, LOCATION};
use serde_json::{Map, Value, json};

use crate::mock::engine::{Ending, JobKey, Order, State};
use crate::mock::fixture::{File, Mode};
use crate::mock::protocol::{Operation, Refusal, elma, uipath};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

/// What some defects take their time for; longer than a few polls, shorter than anybody's patience.
pub(super) const A_WHILE: Duration = Duration::from_millis(150);

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

    /// How often this operation already succeeded for this job.
    pub(super) fn times_succeeded(&self, world: &World) -> usize {
        let past = world.past(self.job).iter();
        past.filter(|past| past.operation == self.operation && past.status.is_success()).count()
    }

    pub(super) fn is(&self, operation: Operation, mode: Mode) -> bool {
        self.operation == operation && self.mode == Some(mode)
    }

    /// Whether the call waits for its job: the initial one or a later one.
    pub(super) fn is_long_poll(&self) -> bool {
        self.operation == Operation::Wait || self.is(Operation::Invoke, Mode::LongPolling)
    }

    /// The mode that the call asks for, or its trigger's own.
    pub(super) fn asked_mode(&self) -> Option<Mode> {
        uipath::asked_mode(self, self.sent_arguments().get("$callMode"))
    }

    /// Whether the token of the call is that of the system which created the task.
    pub(super) fn calls_as_owner(&self, world: &World) -> bool {
        let token = self.sent_body();
        let token = token["auth_tkn"].as_str().unwrap_or_default();
        world.job(self.job).is_some_and(|job| job.order.owner == token)
    }

    /// The task that the call names, also where the call was refused.
    pub(super) fn named_task(&self, world: &World) -> Option<JobKey> {
        world.engine.find(self.sent_body()["id"].as_u64()?)
    }

    /// Ends the task that the call names if it runs, although the call was refused for this reason.
    pub(super) fn stop_if_refused(&self, refusal: &Refusal, world: &mut World) {
        let named = self.named_task(world).filter(|_| self.refusal.as_ref() == Some(refusal));
        let runs = world.job(named).is_some_and(|job| job.state == State::Running);
        if let (Some(key), true) = (named, runs) {
            world.engine.fail(key, "The task was cancelled.", self.now);
        }
    }

    /// The first file of the task that a download is about.
    pub(super) fn first_file(&self, world: &World) -> Option<File> {
        let job = world.engine.find(self.sent_body()["taskid"].as_u64()?);
        elma::process(self, world.job(job)?)?.files.first().cloned()
    }

    /// The file beside the folder of the task that the call is about.
    pub(super) fn neighbour(&self, world: &World) -> Option<File> {
        elma::process(self, world.job(self.job)?)?.neighbour.clone()
    }

    pub(super) fn has_authorization(&self) -> bool {
        self.request.headers.contains_key(AUTHORIZATION)
    }

    pub(super) fn job_has_ended(&self, world: &World) -> bool {
        world.job(self.job).is_some_and(|job| job.state.is_final())
    }

    /// The job whose URI is called, whoever calls.
    pub(super) fn called_job(&self, world: &World) -> Option<JobKey> {
        let query: Vec<String> =
            self.request.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let reference = format!("{}?{}", self.request.path, query.join("&"));
        uipath::ticket_of(world, &reference).map(|ticket| ticket.job)
    }

    /// Lets the call pass as one of the first bearer's.
    pub(super) fn let_in(&mut self) {
        let anybody = self.configuration.fixtures.bearers.first();
        let bearer = anybody.and_then(|own| HeaderValue::from_str(&format!("Bearer {}", own.token)).ok());
        if let Some(bearer) = bearer {
            self.request.headers.insert(AUTHORIZATION, bearer);
        }
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

impl Order {
    /// Changes the arguments, and with them what an echoing job gives back.
    pub(super) fn rewrite_arguments(&mut self, change: impl FnOnce(&mut Map<String, Value>)) {
        change(&mut self.arguments);
        if let Ending::Output(output) = &mut self.ending
            && let Some(echo) = output.get_mut("echo")
        {
            *echo = Value::Object(self.arguments.clone());
        }
    }

    /// Changes one member of the output to come; a job without that member gets it.
    pub(super) fn rewrite_output(&mut self, name: &str, value: Value) {
        if let Ending::Output(Value::Object(output)) = &mut self.ending {
            output.insert(name.to_owned(), value);
        }
    }
}

/// The answer about a task that does not exist.
pub(super) fn made_up_task(number: u64) -> Answer {
    let task = json!({ "id": number, "priority": "MEDIUM", "status": "PREPARE", "metrics": {} });
    Answer::json(StatusCode::OK, &json!({ "status": 201, "task": task }))
}

/// The answer about a job that was never started.
pub(super) fn accepted_for_nothing(exchange: &Exchange<'_>) -> Answer {
    let (origin, base) = (exchange.request.origin(), uipath::BASE);
    let location = format!("{origin}{base}jobs/00000000000000000000000000000000/status");
    Answer::empty(StatusCode::ACCEPTED).with(LOCATION, &location)
}
