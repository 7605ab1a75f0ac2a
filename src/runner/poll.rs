//! A request that is sent again and again: every answer fits one of the poll's branches, or is a finding.

use std::time::Duration;

use serde_json::Value;

use super::context::Context;
use super::exchange::{Done, Order, Unsent, pause, perform as send};
use super::judge::Looking;
use super::poll_verdict::{self, Branch, End, Seen, Window};
use super::scope::{Names, Scope};
use super::step::look;
use crate::outcome::{CheckOutcome, Event, Wait};
use crate::plan::{Instruction, PollAct};
use crate::scenario::Template;

/// A poll in its step.
pub(super) struct Polling<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) step: &'a Instruction,
    pub(super) poll: &'a PollAct,
    pub(super) started: Duration,
    pub(super) every: Duration,
    pub(super) within: Duration,
}

/// Polls, judges, and looks at the answer that fitted `until`.
pub(super) async fn perform(
    context: &Context<'_>,
    scope: &mut Scope,
    step: &Instruction,
    poll: &PollAct,
) -> Result<(), Unsent> {
    let started = context.elapsed();
    let every = match &poll.every {
        Some(template) => duration(context, scope, step, template)?,
        None => context.target.timing.poll,
    };
    let within = duration(context, scope, step, &poll.within)?;
    let polling = Polling { context, step, poll, started, every, within };
    let mut seen = Seen::new(poll);
    let end = polling.run(scope, &mut seen).await?;
    poll_verdict::conclude(&polling, scope, &end, &seen);
    match end {
        End::Until(done) => look(context, scope, step, started, &done),
        End::Misfit | End::OutOfTime => leave(context, scope, step),
    }
    Ok(())
}

fn duration(
    context: &Context<'_>,
    scope: &Scope,
    step: &Instruction,
    template: &Template,
) -> Result<Duration, Unsent> {
    let names = Names { context, scope, principal: &step.principal };
    template.duration(&names).map_err(|unbound| Unsent::NotReached(scope.explain(&unbound)))
}

/// Without an answer that fits `until`, nothing that looks at it is reached.
fn leave(context: &Context<'_>, scope: &mut Scope, step: &Instruction) {
    let because = format!("the poll of step {} did not end as it should", step.label);
    for numbered in &step.checks {
        context.ledger.borrow_mut().note(numbered.id, CheckOutcome::NotReached, Some(because.clone()));
    }
    scope.unended.get_or_insert_with(|| step.label.clone());
    for (name, _) in &step.captures {
        scope.captured.remove(name);
        scope.missing.insert(name.clone(), step.label.clone());
    }
}

impl Polling<'_> {
    /// Polls at once, waits only between attempts, and stops when an answer ends it or the budget is used up.
    async fn run(&self, scope: &mut Scope, seen: &mut Seen) -> Result<End, Unsent> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let done = send(self.context, scope, self.order()).await?;
            let looking = self.looking(scope, &done);
            seen.observe(&looking, self.poll);
            let window = self.window(scope);
            match poll_verdict::branch(&looking, self.poll, window) {
                Branch::Pending => {
                    seen.pending += 1;
                    let anew = self.anew(&looking);
                    scope.captured.extend(anew);
                }
                Branch::NotReached(because) => return Err(Unsent::NotReached(because)),
                Branch::Until { early } => {
                    seen.early = early;
                    if early {
                        poll_verdict::note_early(&looking, self.poll, window);
                    }
                    return Ok(End::Until(Box::new(done)));
                }
                Branch::Failing => {
                    poll_verdict::note_failing(&looking, self.poll);
                    return Ok(End::Misfit);
                }
                Branch::Misfit(misfit) => {
                    poll_verdict::note_misfit(&looking, self.poll, window, misfit);
                    return Ok(End::Misfit);
                }
            }
            let left = self.left();
            if left.is_zero() {
                return Ok(End::OutOfTime);
            }
            self.tell(&done, attempt, left);
            let asked = retry_after(&done, self.context).unwrap_or_default();
            seen.asked_beyond = (asked > left).then_some(asked);
            pause(self.context, self.every.max(asked).min(left)).await?;
        }
    }

    /// What an answer that is not yet the last gives the next attempt.
    fn anew(&self, looking: &Looking<'_>) -> Vec<(String, Value)> {
        let carry = self.poll.carry.iter();
        carry.filter_map(|(name, place)| Some((name.clone(), looking.read(place).ok()?))).collect()
    }

    fn order(&self) -> Order<'_> {
        let Self { step, poll, .. } = self;
        let (label, place) = (step.label.as_str(), step.place);
        Order { label, place, principal: &step.principal, words: &poll.words, disturb: None }
    }

    pub(super) fn looking<'l>(&'l self, scope: &'l Scope, done: &'l Done) -> Looking<'l> {
        let Self { context, step, started, .. } = self;
        Looking { context, scope, principal: &step.principal, step_started: *started, done }
    }

    /// When the polled job can have ended, and must have.
    pub(super) fn window(&self, scope: &Scope) -> Window {
        let alias = self.poll.job.as_ref().or(scope.last.as_ref());
        let job = alias.and_then(|alias| self.context.case.bindings.get(alias));
        let instance = alias.and_then(|alias| scope.jobs.get(alias));
        match (job, instance) {
            (Some(job), Some(instance)) => {
                Window { earliest: instance.earliest_end(job), latest: instance.latest_end(job) }
            }
            _ => Window { earliest: Some(Duration::ZERO), latest: None },
        }
    }

    fn left(&self) -> Duration {
        self.within.saturating_sub(self.context.elapsed().saturating_sub(self.started))
    }

    fn tell(&self, done: &Done, attempt: u32, remaining: Duration) {
        let last_status = done.exchange.answer.response().map(|response| response.status);
        let id = &self.context.case.id;
        let wait = Wait::Attempt { attempt, last_status };
        self.context.sink.emit(Event::Waiting { id, wait, remaining });
    }
}

/// How long an answer asks to wait: a number of seconds or a date (RFC 9110 §10.2.3).
fn retry_after(done: &Done, context: &Context<'_>) -> Option<Duration> {
    let text = done.exchange.answer.response()?.headers.first("retry-after")?;
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(text.trim()).ok()?.timestamp();
    let now = context.wall.at(context.epoch + done.exchange.timing.complete);
    Duration::try_from(date.duration_since(now)).ok()
}
