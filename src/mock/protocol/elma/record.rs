//! How a task is written in an answer.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde_json::{Map, Value, json};

use crate::mock::configuration::Configuration;
use crate::mock::engine::{Cause, Ending, Job, State};
use crate::mock::policy::{
    AfterCancel, KeyCase, OutputText, Priority, ShownContext, TimeFraction, TimeZones,
};
use crate::mock::policy::{UnsetMembers, UnsetTimes, WaitingState, ZeroDates};

const ZERO_DATE: &str = "0001-01-01T00:00:00Z";
const BOT: &str = "5e771afd-1261-4451-b059-4543d41a5814";
const GROUP: &str = "8f6895c5-70a5-498f-b813-ab72e2b6e5f0";

/// The member `task` of an envelope.
pub(super) fn of(configuration: &Configuration, job: &Job) -> Value {
    let state = shown_state(configuration, job);
    let mut task = json!({
        "id": job.order.number,
        "process": process(configuration, job),
        "system": job.order.owner,
        "priority": priority(configuration),
        "status": name(configuration, state),
        "metrics": metrics(configuration, job),
        "created": time(configuration, job, job.created),
        "updated": time(configuration, job, updated(configuration, job)),
    });
    unset(&mut task, configuration);
    if let (Some(task), true) = (task.as_object_mut(), state >= State::Running) {
        task.insert("bot".to_owned(), json!(BOT));
        task.insert("groups".to_owned(), json!([GROUP]));
    }
    if let (Some(task), true) = (task.as_object_mut(), state.is_final()) {
        finish(task, configuration, job);
    }
    task
}

/// Members without a value, where the policy writes them all the same.
fn unset(task: &mut Value, configuration: &Configuration) {
    let nothing = |text: Value| match configuration.policies.unset_members {
        UnsetMembers::Absent => None,
        UnsetMembers::Null => Some(Value::Null),
        UnsetMembers::Empty => Some(text),
    };
    for (name, empty) in [
        ("ctx", json!("")),
        ("outputCtx", json!("")),
        ("log", json!("")),
        ("bot", json!("")),
        ("groups", json!([])),
    ] {
        if let (Some(task), Some(value)) = (task.as_object_mut(), nothing(empty)) {
            task.insert(name.to_owned(), value);
        }
    }
}

fn priority(configuration: &Configuration) -> &'static str {
    match configuration.policies.priority {
        Priority::Medium => "MEDIUM",
        Priority::Low => "LOW",
        Priority::High => "HIGH",
        Priority::Empty => "EMPTY_P",
    }
}

/// Adds what only a task that has ended has.
fn finish(task: &mut Map<String, Value>, configuration: &Configuration, job: &Job) {
    task.insert("log".to_owned(), json!(log(configuration, job)));
    if job.state != State::Done {
        return;
    }
    let context = match configuration.policies.shown_context {
        ShownContext::Uuid => Some(format!("6e01adcb-de15-475f-86fa-{:012x}", job.order.number)),
        ShownContext::Input => Some(Value::Object(job.order.arguments.clone()).to_string()),
        ShownContext::Absent => None,
    };
    if let Some(context) = context {
        task.insert("ctx".to_owned(), json!(context));
    }
    if let Ending::Output(output) = &job.order.ending {
        task.insert("outputCtx".to_owned(), json!(output_text(configuration, output)));
    }
}

/// A cancelled task shows what the policy says: its last state, or an error.
pub(super) fn shown_state(configuration: &Configuration, job: &Job) -> State {
    match (job.state, configuration.policies.after_cancel) {
        (State::Cancelled, AfterCancel::Error) => State::Failed,
        (State::Cancelled, _) => job.state_before_cancel(),
        (state, _) => state,
    }
}

fn updated(configuration: &Configuration, job: &Job) -> Duration {
    if job.state != State::Cancelled || configuration.policies.after_cancel == AfterCancel::Error {
        return job.updated;
    }
    let earlier = job.history.iter().rev().find(|entry| entry.to != State::Cancelled);
    earlier.map_or(job.created, |entry| entry.at)
}

fn name(configuration: &Configuration, state: State) -> &'static str {
    let prepares = configuration.policies.waiting_state == WaitingState::PrepareOnly;
    match state {
        State::Prepared => "PREPARE",
        State::Queued | State::Cancelled if prepares => "PREPARE",
        State::Queued | State::Cancelled => "QUEUE",
        State::Running => "EXECUTING",
        State::Done => "DONE",
        State::Failed => "ERROR",
    }
}

fn process<'a>(configuration: &'a Configuration, job: &Job) -> &'a str {
    let processes = &configuration.fixtures.processes;
    processes.iter().find(|process| process.name == job.order.label).map_or("", |process| &process.uuid)
}

fn metrics(configuration: &Configuration, job: &Job) -> Value {
    let mut metrics = Map::new();
    let zero = configuration.policies.zero_dates == ZeroDates::Zero;
    for (name, at) in [("startTime", job.started), ("endTime", job.ended)] {
        let text = match at.filter(|_| job.started.is_some()) {
            Some(at) if !zero => time(configuration, job, at),
            None if configuration.policies.unset_times == UnsetTimes::Absent => continue,
            _ => ZERO_DATE.to_owned(),
        };
        metrics.insert(name.to_owned(), json!(text));
    }
    Value::Object(metrics)
}

fn time(configuration: &Configuration, job: &Job, at: Duration) -> String {
    let instant = wall(configuration, at);
    let fraction = match configuration.policies.time_fraction {
        TimeFraction::None => "",
        TimeFraction::One => "%.1f",
        TimeFraction::Three => "%.3f",
        TimeFraction::Seven => "%.7f",
        TimeFraction::Nine => "%.9f",
    };
    match offset(configuration, job) {
        None => instant.strftime(&format!("%Y-%m-%dT%H:%M:%S{fraction}Z")).to_string(),
        Some(offset) => {
            let zoned = instant.to_zoned(TimeZone::fixed(offset));
            zoned.strftime(&format!("%Y-%m-%dT%H:%M:%S{fraction}%:z")).to_string()
        }
    }
}

/// As the examples have it: with an offset while the task waits, in UTC afterwards; or as the policy says.
fn offset(configuration: &Configuration, job: &Job) -> Option<Offset> {
    const MINUTE: i32 = 60;
    let waits = shown_state(configuration, job).is_waiting();
    let minutes = match configuration.policies.time_zone {
        TimeZones::AsPrinted if waits => 240,
        TimeZones::AsPrinted | TimeZones::Utc => return None,
        TimeZones::Zero => 0,
        TimeZones::East => 330,
        TimeZones::West => -570,
    };
    Offset::from_seconds(minutes * MINUTE).ok()
}

fn wall(configuration: &Configuration, at: Duration) -> Timestamp {
    configuration.epoch.checked_add(at).unwrap_or(configuration.epoch)
}

/// Indented, with the line ends of the bot's own system.
fn output_text(configuration: &Configuration, output: &Value) -> String {
    let output = match (configuration.policies.key_case, output) {
        (KeyCase::Lower, Value::Object(members)) => {
            members.iter().map(|(name, value)| (name.to_lowercase(), value.clone())).collect()
        }
        _ => output.clone(),
    };
    match configuration.policies.output_text {
        OutputText::Indented => format!("{output:#}").replace('\n', "\r\n"),
        OutputText::Compact => output.to_string(),
    }
}

fn log(configuration: &Configuration, job: &Job) -> String {
    let mut lines = Vec::new();
    let mut line = |at: Duration, level: &str, text: &str| {
        let stamp = wall(configuration, at).strftime("%Y/%m/%d %H:%M:%S").to_string();
        lines.push(format!("[{level}] {stamp} | [Mock.Bot] | {text}\n"));
    };
    if let Some(at) = job.started {
        line(at, "INF", &format!("Executing process '{}'.", job.order.label));
    }
    let at = job.ended.unwrap_or(job.updated);
    match (job.state, job.end_cause(), &job.order.ending) {
        (State::Done, ..) => line(at, "INF", &format!("Process '{}' completed.", job.order.label)),
        (State::Failed, Some(Cause::Limit), _) => line(at, "ERR", "The longest duration was reached."),
        (State::Failed, _, Ending::Fault(message)) => line(at, "ERR", message),
        _ => line(at, "ERR", "The task was cancelled."),
    }
    lines.concat()
}
