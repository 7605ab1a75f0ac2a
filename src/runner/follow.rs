//! Redirects of a request, followed hop by hop; every hop is evidence.

use std::time::Duration;

use super::context::Context;
use super::exchange::{Done, Order, Unsent, perform as send};
use super::judge::Looking;
use super::scope::{Names, Scope};
use crate::check::{Judgement, Mismatch, Trace};
use crate::http::message::Answer;
use crate::outcome::failure;
use crate::plan::{FollowAct, Instruction};
use crate::scenario::Template;

/// Follows redirects until an answer is none, and gives back the last exchange.
pub(super) async fn perform(
    context: &Context<'_>,
    scope: &mut Scope,
    step: &Instruction,
    follow: &FollowAct,
    first: Done,
) -> Result<Done, Unsent> {
    let started = first.exchange.timing.sent;
    let within = within(context, scope, step, follow)?;
    let mut statuses = Vec::new();
    let mut done = first;
    for _ in 0..=follow.max {
        statuses.extend(done.exchange.answer.response().map(|response| response.status));
        if !is_redirect(context, &done) {
            break;
        }
        let looking =
            Looking { context, scope, principal: &step.principal, step_started: started, done: &done };
        follow.each.iter().for_each(|numbered| looking.note(numbered));
        let used_up = context.elapsed().saturating_sub(started) >= within;
        let next = location(&done).filter(|_| !used_up && statuses.len() <= follow.max as usize);
        let Some(location) = next else { break };
        let get = Template::Constant(serde_json::json!({ "get": location }));
        let order = Order {
            label: &step.label,
            place: step.place,
            principal: &follow.principal,
            words: &get,
            disturb: None,
        };
        done = send(context, scope, order).await?;
    }
    if let Some((id, trace)) = &follow.trace {
        let looking =
            Looking { context, scope, principal: &step.principal, step_started: started, done: &done };
        let span = context.case.program.checks[id.0].span;
        let judgement = match withheld(&done) {
            Some(reason) => Judgement::NotReached(reason),
            None => judge_trace(context, trace, &statuses, span),
        };
        looking.note_judgement(*id, judgement);
    }
    Ok(done)
}

fn within(
    context: &Context<'_>,
    scope: &Scope,
    step: &Instruction,
    follow: &FollowAct,
) -> Result<Duration, Unsent> {
    let names = Names { context, scope, principal: &step.principal };
    follow.within.duration(&names).map_err(|unbound| Unsent::NotReached(scope.explain(&unbound)))
}

/// Why the harness itself broke off the chain: that says nothing about the server.
fn withheld(done: &Done) -> Option<String> {
    match &done.exchange.answer {
        Answer::None(why) if why.is_own() => Some(failure::describe(why)),
        _ => None,
    }
}

fn is_redirect(context: &Context<'_>, done: &Done) -> bool {
    let Some(response) = done.exchange.answer.response() else { return false };
    // A 307 and a 308 ask for the same request once more (RFC 9110 §15.4.8), and only a read is followed by a read.
    let asks_for_more = [307, 308].contains(&response.status) && !is_read(&done.exchange.request.method);
    redirect_codes(context).contains(&response.status) && !asks_for_more
}

fn is_read(method: &str) -> bool {
    ["GET", "HEAD"].contains(&method)
}

/// Where a redirect leads, if it says so once and properly.
fn location(done: &Done) -> Option<String> {
    let mut values = done.exchange.answer.response()?.headers.all("location");
    let only = values.next().filter(|_| values.next().is_none())?;
    let url = done.exchange.request.url.resolve(std::str::from_utf8(only).ok()?).ok()?;
    Some(url.without_fragment().as_str().to_owned())
}

/// What HTTP itself calls a redirect to somewhere else (RFC 9110 §15.4).
const REDIRECT_CODES: [u16; 5] = [301, 302, 303, 307, 308];

/// The codes that count as the redirect: by policy, and as HTTP says where no policy speaks of them.
pub(super) fn redirect_codes(context: &Context<'_>) -> Vec<u16> {
    let Some(policy) = context.protocol.policies.get("redirect_codes") else { return REDIRECT_CODES.into() };
    let codes = policy.as_array();
    let codes = codes.into_iter().flatten().filter_map(serde_json::Value::as_u64);
    codes.filter_map(|code| u16::try_from(code).ok()).collect()
}

/// What a trace says of a sequence of statuses.
pub(super) fn judge_trace(
    context: &Context<'_>,
    trace: &Trace,
    statuses: &[u16],
    span: crate::source::Span,
) -> Judgement {
    if trace.fits(statuses, &redirect_codes(context)) {
        return Judgement::Held;
    }
    let actual: Vec<String> = statuses.iter().map(u16::to_string).collect();
    let mismatch = Mismatch {
        place: "sequence of statuses".to_owned(),
        expected: trace.to_string(),
        actual: actual.join(" "),
        span,
    };
    Judgement::Violated(vec![mismatch])
}
