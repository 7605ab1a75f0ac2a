//! Redirects of a request, followed hop by hop; every hop is evidence.

use std::time::Duration;

use super::context::Context;
use super::exchange::{Done, Order, Unsent, perform as send};
use super::judge::Looking;
use super::scope::{Names, Scope};
use crate::check::{Judgement, Mismatch, Trace};
use crate::clock::format_duration;
use crate::http::message::{Answer, readable};
use crate::json::shorten;
use crate::outcome::{failure, phrase};
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
    loop {
        statuses.extend(done.exchange.answer.response().map(|response| response.status));
        if !is_redirect(context, &done) {
            done.unfollowed = other_redirect(context, &done);
            break;
        }
        let looking =
            Looking { context, scope, principal: &step.principal, step_started: started, done: &done };
        follow.each.iter().for_each(|numbered| looking.note(numbered));
        let elapsed = context.elapsed().saturating_sub(started);
        let next = match spent(follow, statuses.len(), (elapsed, within)) {
            Some(reason) => Err(reason),
            None => location(&done),
        };
        let location = match next {
            Ok(location) => location,
            Err(reason) => {
                done.unfollowed = Some(format!("not followed: {reason}"));
                break;
            }
        };
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
    let looking = Looking { context, scope, principal: &step.principal, step_started: started, done: &done };
    note_trace(&looking, follow, &statuses);
    Ok(done)
}

/// What the sequence of all statuses says.
fn note_trace(looking: &Looking<'_>, follow: &FollowAct, statuses: &[u16]) {
    let Some((id, trace)) = &follow.trace else { return };
    let context = looking.context;
    let judgement = match withheld(looking.done) {
        Some(reason) => Judgement::NotReached(reason),
        None => judge_trace(context, trace, statuses, context.case.program.checks[id.0].span),
    };
    looking.note_judgement(*id, judgement);
}

/// Why a chain of so many answers goes no further, if it has used up what it may take.
fn spent(follow: &FollowAct, answers: usize, (elapsed, within): (Duration, Duration)) -> Option<String> {
    if elapsed >= within {
        return Some(format!("`within` ({}) has run out", format_duration(within)));
    }
    let most = follow.max as usize;
    (answers > most).then(|| format!("`max` ({}) is reached", phrase::count(most, "redirect")))
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
    redirect_codes(context).contains(&response.status) && !asks_for_more(done, response.status)
}

/// A 307 and a 308 ask for the same request once more (RFC 9110 §15.4.8), and only a read is followed by a read.
fn asks_for_more(done: &Done, status: u16) -> bool {
    [307, 308].contains(&status) && !is_read(&done.exchange.request.method)
}

/// Why an answer that HTTP calls a redirect to somewhere else is none that is followed.
fn other_redirect(context: &Context<'_>, done: &Done) -> Option<String> {
    let status = done.exchange.answer.response()?.status;
    if !REDIRECT_CODES.contains(&status) {
        return None;
    }
    if asks_for_more(done, status) {
        let method = &done.exchange.request.method;
        return Some(format!(
            "not followed: it asks for the same {method} once more, and a read follows reads"
        ));
    }
    let codes: Vec<String> = redirect_codes(context).iter().map(u16::to_string).collect();
    Some(format!("not followed: policy `redirect_codes` is {}", codes.join(", ")))
}

fn is_read(method: &str) -> bool {
    ["GET", "HEAD"].contains(&method)
}

/// Where a redirect leads; the error says why that cannot be told.
fn location(done: &Done) -> Result<String, String> {
    let headers = done.exchange.answer.response().map(|response| &response.headers);
    let mut values = headers.into_iter().flat_map(|headers| headers.all("location"));
    let only = match (values.next(), values.next()) {
        (None, _) => return Err("it has no Location".to_owned()),
        (Some(_), Some(_)) => return Err("it has several Locations".to_owned()),
        (Some(only), None) => readable(only),
    };
    let url = done.exchange.request.url.resolve(&only);
    let url = url.map_err(|reason| format!("its Location {} {reason}", shorten(&only.as_str().into())))?;
    Ok(url.without_fragment().as_str().to_owned())
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
