//! The target's hooks: one message form over a child process or over HTTP, and the steps that use them.

use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value, json};
use tokio::sync::Mutex;

use super::adapter::Adapter;
use super::context::Context;
use super::exchange::{Done, Stop, Unsent};
use super::recording::{self, Note};
use super::scope::{Names, Scope};
use super::step::look;
use crate::clock::Instant;
use crate::http::client::{Client, How};
use crate::http::message::{Answer, Exchange, Headers, Request, Response, Timing, Url};
use crate::outcome::failure;
use crate::plan::{HookAct, Instruction};
use crate::profile::Call;
use crate::scenario::template::text_of;
use crate::system::System;
use crate::target::{self, Secret};

/// An adapter has this long for each answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The way to the hooks of a target.
pub(super) enum Hooks {
    /// There are none.
    None,
    /// A child process, one message a line, and what messages call it.
    Command(String, Box<Mutex<Adapter>>),
    /// A server, one message a request, and what each shows as its bearer; each case brings its own client.
    Url(Url, Option<Secret>),
}

/// Why a hook did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HookError {
    /// It does not offer the operation.
    Unsupported,
    /// It says that it failed.
    Failed(String),
    /// It gives no answer of the form.
    Broken(String),
}

impl Hooks {
    /// Opens the way; a command is started in the folder of the target file.
    pub(super) async fn open(
        declared: &target::Hooks,
        system: &dyn System,
        folder: &Path,
    ) -> Result<Self, String> {
        match declared {
            target::Hooks::None => Ok(Self::None),
            target::Hooks::Url(url, token) => Ok(Self::Url(url.clone(), token.clone())),
            target::Hooks::Command(command) => {
                let name = format!("hooks.command `{}`", command.join(" "));
                let started = Adapter::start(command, system, folder).await;
                let adapter = started.map_err(|reason| format!("{name} {reason}"))?;
                Ok(Self::Command(name, Box::new(Mutex::new(adapter))))
            }
        }
    }

    /// Sends one message and gives back the answer's members.
    pub(super) async fn call(
        &self,
        client: &Client,
        message: Map<String, Value>,
    ) -> Result<Value, HookError> {
        let answering = async {
            match self {
                Self::None => Err(HookError::Unsupported),
                Self::Command(_, adapter) => adapter.lock().await.call(message).await,
                Self::Url(url, token) => post(client, (url, token.as_ref()), message).await,
            }
        };
        let limit = crate::clock::format_duration(PATIENCE);
        let late = |_| HookError::Broken(format!("gives no answer within {limit}"));
        let answered = tokio::time::timeout(PATIENCE, answering).await.map_err(late);
        answered.and_then(|answered| understand(answered?)).map_err(|error| match error {
            HookError::Broken(what) => HookError::Broken(format!("{} {what}", self.name())),
            other => other,
        })
    }

    fn name(&self) -> String {
        match self {
            Self::None => "hooks".to_owned(),
            Self::Command(name, _) => name.clone(),
            Self::Url(url, _) => format!("hooks.url {}", url.as_str()),
        }
    }
}

async fn post(
    client: &Client,
    (url, token): (&Url, Option<&Secret>),
    mut message: Map<String, Value>,
) -> Result<Value, HookError> {
    message.insert("id".to_owned(), 1.into());
    let mut headers = Headers::default();
    headers.push("content-type", "application/json");
    if let Some(token) = token {
        headers.push("authorization", format!("Bearer {}", token.expose()));
    }
    let body = Some(Value::Object(message).to_string().into_bytes().into());
    let request = Request { method: "POST".to_owned(), url: url.clone(), headers, body };
    let how = How {
        epoch: Instant::now(),
        first_byte: PATIENCE,
        total: PATIENCE,
        may_create: true,
        cut_after: None,
        fresh: false,
    };
    match client.send(request, how).await.answer {
        Answer::None(why) => Err(HookError::Broken(format!("gives no answer: {}", failure::describe(&why)))),
        Answer::Response(response) => serde_json::from_slice(&response.body)
            .map_err(|_| HookError::Broken(format!("answers HTTP {} without JSON", response.status))),
    }
}

fn understand(answer: Value) -> Result<Value, HookError> {
    if answer.get("ok") == Some(&Value::Bool(true)) {
        return Ok(answer);
    }
    if answer.get("unsupported") == Some(&Value::Bool(true)) {
        return Err(HookError::Unsupported);
    }
    let reason = answer
        .get("error")
        .map_or_else(|| format!("answers with neither `ok`: true nor `error`: {answer}"), text_of);
    Err(if answer.get("error").is_some() { HookError::Failed(reason) } else { HookError::Broken(reason) })
}

/// Does a hook step; its answer is looked at like any other.
pub(super) async fn perform(
    context: &Context<'_>,
    scope: &mut Scope,
    step: &Instruction,
    hook: &HookAct,
) -> Result<(), Unsent> {
    let message = message(context, scope, step, hook)?;
    let started = context.elapsed();
    let answered = context.hooks.call(&context.client, message.clone()).await;
    let done_at = context.elapsed();
    let answer = match answered {
        Ok(answer) => since_start(context, scope, hook, answer),
        Err(HookError::Unsupported) => {
            let reason = format!("the target's hooks do not offer `{}`", hook.op);
            return Err(Stop::Unsupported(reason).into());
        }
        // A job that should be there and is not has been told already.
        Err(HookError::Failed(reason)) if !context.ledger.borrow().findings.is_empty() => {
            return Err(Unsent::NotReached(failed(hook, &reason)));
        }
        // The server is not in the state that the scenario needs: nothing that follows would be its fault.
        Err(HookError::Failed(reason) | HookError::Broken(reason)) => {
            return Err(Stop::Environment(failed(hook, &reason)).into());
        }
    };
    if let ("release", Some(instance)) = (hook.op.as_str(), scope.jobs.get_mut(&hook.job)) {
        instance.released = Some((started, done_at));
    }
    let done = pretend(context, step, hook, &message, (answer, started));
    look(context, scope, step, started, &done);
    Ok(())
}

fn failed(hook: &HookAct, reason: &str) -> String {
    format!("the hook `{}` failed: {reason}", hook.op)
}

fn message(
    context: &Context<'_>,
    scope: &Scope,
    step: &Instruction,
    hook: &HookAct,
) -> Result<Map<String, Value>, Unsent> {
    let mut message = Map::new();
    message.insert("op".to_owned(), hook.op.as_str().into());
    let job = context.case.bindings.get(&hook.job);
    message.extend(job.map(|job| ("job".to_owned(), job.label.as_str().into())));
    if job.is_some_and(|job| job.mark.is_some()) {
        message.insert("mark".to_owned(), context.mark_of(&hook.job).into());
    }
    if let Some(handle) = &hook.handle {
        let names = Names { context, scope, principal: &step.principal };
        let handle = handle.json(&names).map_err(|unbound| Unsent::NotReached(scope.explain(&unbound)))?;
        message.insert("handle".to_owned(), handle);
    }
    Ok(message)
}

/// Takes off a count what was there before the case began: without a mark, others count too.
fn since_start(context: &Context<'_>, scope: &Scope, hook: &HookAct, mut answer: Value) -> Value {
    let before = scope.captured.get(&baseline(&hook.job)).and_then(Value::as_u64).unwrap_or_default();
    let marked = context.case.bindings.get(&hook.job).is_some_and(|job| job.mark.is_some());
    if let (false, Some(count)) = (marked, answer.get("count").and_then(Value::as_u64)) {
        answer["count"] = json!(count.saturating_sub(before));
    }
    answer
}

fn baseline(alias: &str) -> String {
    format!("count before {alias}")
}

/// Counts the jobs of aliases without a mark before anything is created.
pub(super) async fn count_before(context: &Context<'_>, scope: &mut Scope) -> Result<(), Stop> {
    for alias in &context.case.program.counted {
        let Some(job) = context.case.bindings.get(alias).filter(|job| job.mark.is_none()) else { continue };
        let mut message = Map::new();
        message.insert("op".to_owned(), "count".into());
        message.insert("job".to_owned(), job.label.as_str().into());
        match context.hooks.call(&context.client, message).await {
            Ok(answer) => {
                let count = answer.get("count").cloned().unwrap_or_default();
                scope.captured.insert(baseline(alias), count);
            }
            Err(HookError::Unsupported) => {
                return Err(Stop::Unsupported("the target's hooks do not offer `count`".to_owned()));
            }
            Err(HookError::Failed(_) | HookError::Broken(_)) => {}
        }
    }
    Ok(())
}

/// A hook's answer in the form of an exchange, so that checks and reports need no second way to look.
fn pretend(
    context: &Context<'_>,
    step: &Instruction,
    hook: &HookAct,
    message: &Map<String, Value>,
    (answer, started): (Value, Duration),
) -> Done {
    let body = Some(Value::Object(message.clone()).to_string().into_bytes().into());
    let url = match context.hooks {
        Hooks::Url(url, _) => url.clone(),
        Hooks::None | Hooks::Command(..) => context.protocol.base.clone(),
    };
    let request = Request { method: "HOOK".to_owned(), url, headers: Headers::default(), body };
    let mut headers = Headers::default();
    headers.push("content-type", "application/json");
    let response =
        Response { status: 200, headers, body: answer.to_string().into_bytes().into(), oddities: Vec::new() };
    let complete = context.elapsed();
    let timing = Timing { sent: started, first_byte: Some(complete), complete };
    let exchange = Exchange {
        request: request.clone(),
        answer: Answer::Response(response),
        timing,
        reused: false,
        resent: false,
        lost: false,
    };
    let mut ledger = context.ledger.borrow_mut();
    let number = ledger.next_exchange();
    ledger.exchanges.push(recording::record(&exchange, &step.label, &hook.op, Note::None, context.masks));
    Done { exchange, call: Call::raw(request), number, unfollowed: None }
}

/// Asks for an operation that does not exist: an adapter that claims success cannot be trusted in anything.
pub(super) async fn distrust(hooks: &Hooks, client: &Client, nonsense: &str) -> Result<(), String> {
    if matches!(hooks, Hooks::None) {
        return Ok(());
    }
    let mut message = Map::new();
    message.insert("op".to_owned(), nonsense.into());
    match hooks.call(client, message).await {
        Ok(_) => Err(format!(
            "the target's hooks claim success for `{nonsense}`, an operation that does not exist"
        )),
        Err(HookError::Broken(reason)) => Err(format!("asked for `{nonsense}`, {reason}")),
        Err(HookError::Unsupported | HookError::Failed(_)) => Ok(()),
    }
}
