//! A step that waits for calls of the server: which of them are meant, whether as many came as must, and what is
//! expected of them.

use std::time::Duration;

use super::mailbox::{Call, Mailbox};
use crate::check::{Check, Judgement, Mismatch};
use crate::clock::format_duration;
use crate::http::message::{Answer, Exchange, Response, Timing};
use crate::outcome::phrase;
use crate::outcome::{CheckOutcome, Event, SERVER, Wait};
use crate::plan::{AwaitAct, Instruction};
use crate::profile;
use crate::runner::captures::Captures;
use crate::runner::context::Context;
use crate::runner::exchange::{Done, Stop, Unsent};
use crate::runner::judge::Looking;
use crate::runner::ledger::Seen;
use crate::runner::recording::{self, Note};
use crate::runner::scope::{Names, Scope};
use crate::scenario::{Count, Template};

/// How often a wait is told.
const BEAT: Duration = Duration::from_secs(5);

/// The waiting step.
struct Waiting<'a> {
    context: &'a Context<'a>,
    step: &'a Instruction,
    act: &'a AwaitAct,
    mailbox: &'a Mailbox,
    started: Duration,
    /// The end of the budget, from the start of the case.
    deadline: Duration,
    quiet: Option<Duration>,
}

/// What has come so far.
#[derive(Default)]
struct Come {
    /// The positions of the calls that are meant.
    meant: Vec<usize>,
    /// The others, each with why it is not.
    others: Vec<(usize, String)>,
    /// How many of the others could not be read, so that nobody knows whether they are meant.
    unread: u64,
    /// When the last one that is meant came.
    last: Duration,
}

/// Waits, and looks at what came.
pub(in crate::runner) async fn perform(
    context: &Context<'_>,
    scope: &mut Scope,
    step: &Instruction,
    act: &AwaitAct,
) -> Result<(), Unsent> {
    let names = Names { context, scope, principal: &step.principal };
    let duration = |template: &Template| {
        template.duration(&names).map_err(|unbound| Unsent::NotReached(scope.explain(&unbound)))
    };
    let started = context.elapsed();
    let deadline = started + duration(&act.within)?;
    let quiet = act.quiet.as_ref().map(duration).transpose()?;
    let mailbox = context.addresses.mailbox(&act.callback);
    let mailbox =
        mailbox.ok_or_else(|| Stop::Environment(format!("nothing listens at `{}`", act.callback)))?;
    let waiting = Waiting { context, step, act, mailbox, started, deadline, quiet };
    let come = waiting.until_settled(scope).await?;
    waiting.conclude(scope, &come);
    Ok(())
}

/// Writes what has come at all addresses of the case into its record, in the order in which it came.
pub(in crate::runner) fn note_all(context: &Context<'_>) {
    for mailbox in context.addresses.all() {
        for call in mailbox.calls().iter_mut().filter(|call| call.number.is_none()) {
            call.number = Some(note(context, mailbox, call));
        }
    }
}

fn note(context: &Context<'_>, mailbox: &Mailbox, call: &Call) -> usize {
    let exchange = exchange(call, call.response.clone());
    let label = format!("call-back `{}`", mailbox.name);
    let mut ledger = context.ledger.borrow_mut();
    let number = ledger.next_exchange();
    let mut recorded = recording::record(&exchange, &label, SERVER, Note::None, context.masks);
    recorded.note = Some(call.unread.unwrap_or("no step has waited for it").to_owned());
    ledger.exchanges.push(recorded);
    number
}

/// A call in the form of an exchange; what answered it is the call itself where checks look, so that they need no
/// second way to look at a message.
fn exchange(call: &Call, response: Response) -> Exchange {
    Exchange {
        request: call.request.clone(),
        answer: Answer::Response(response),
        timing: Timing { sent: call.came, first_byte: Some(call.came), complete: call.answered },
        reused: false,
        resent: false,
        lost: false,
    }
}

impl Waiting<'_> {
    async fn until_settled(&self, scope: &Scope) -> Result<Come, Unsent> {
        loop {
            let more = self.mailbox.more();
            tokio::pin!(more);
            // From here on nothing that comes is missed.
            more.as_mut().enable();
            let come = self.look(scope)?;
            let Some(left) = self.left(&come) else { return Ok(come) };
            let wait = Wait::CallBacks(come.meant.len());
            tokio::select! {
                biased;
                () = self.context.interrupt.wait() => return Err(Stop::Interrupted.into()),
                () = more => {}
                () = tokio::time::sleep(left.min(BEAT)) => {
                    let (id, remaining) = (&self.context.case.id, left.saturating_sub(BEAT));
                    self.context.sink.emit(Event::Waiting { id, wait, remaining });
                }
            }
        }
    }

    /// How long there is something to wait for; none if the count is settled.
    fn left(&self, come: &Come) -> Option<Duration> {
        let number = come.meant.len() as u64;
        let until = match self.act.count {
            Count::First if number >= 1 => return None,
            Count::AtLeast(least) if number >= least => return None,
            Count::Exactly(exactly) if number > exactly => return None,
            Count::Exactly(exactly) if number == exactly => {
                let from = come.last.max(self.started);
                self.quiet.map_or(self.deadline, |quiet| self.deadline.min(from + quiet))
            }
            _ => self.deadline,
        };
        let left = until.saturating_sub(self.context.elapsed());
        (!left.is_zero()).then_some(left)
    }

    /// Sorts what has come in time and no step has taken.
    fn look(&self, scope: &Scope) -> Result<Come, Unsent> {
        note_all(self.context);
        let mut come = Come::default();
        let calls: Vec<Call> = self.mailbox.calls().clone();
        let open = calls.iter().enumerate();
        for (index, call) in open.filter(|(_, call)| !call.is_taken && call.came <= self.deadline) {
            if let Some(why) = self.misfit(scope, call)? {
                come.others.push((index, why));
                come.unread += u64::from(call.unread.is_some());
            } else {
                come.meant.push(index);
                come.last = call.came;
            }
        }
        if self.act.count == Count::First {
            come.meant.truncate(1);
        }
        Ok(come)
    }

    /// Why a call is not one of those that are meant.
    fn misfit(&self, scope: &Scope, call: &Call) -> Result<Option<String>, Unsent> {
        if let Some(unread) = call.unread {
            return Ok(Some(unread.to_owned()));
        }
        let Some(check) = &self.act.matching else { return Ok(None) };
        match self.judge(scope, check, &Self::done(call)) {
            Judgement::Violated(mismatches) => {
                Ok(Some(mismatches.first().map(Mismatch::describe).unwrap_or_default()))
            }
            Judgement::NotReached(because) => Err(Unsent::NotReached(because)),
            Judgement::Held | Judgement::HeldWithWarning(_) | Judgement::Vacuous(_) => Ok(None),
        }
    }

    fn judge(&self, scope: &Scope, check: &Check, done: &Done) -> Judgement {
        self.looking(scope, done).judge(check)
    }

    fn looking<'l>(&'l self, scope: &'l Scope, done: &'l Done) -> Looking<'l> {
        let (context, principal) = (self.context, self.step.principal.as_str());
        Looking { context, scope, principal, step_started: self.started, done }
    }

    /// The call where an answer stands otherwise.
    fn done(call: &Call) -> Done {
        let body = call.request.body.clone().unwrap_or_default();
        let headers = call.request.headers.clone();
        let seen = Response { status: 200, headers, body, oddities: Vec::new() };
        let call_of = profile::Call::raw(call.request.clone());
        let number = call.number.unwrap_or_default();
        Done { exchange: exchange(call, seen), call: call_of, number, unfollowed: None }
    }

    /// Takes what is meant, judges the count, and looks at each call.
    fn conclude(&self, scope: &mut Scope, come: &Come) {
        let taken = self.take(&come.meant);
        self.note_count(come, &taken);
        if taken.is_empty() {
            return self.miss(scope);
        }
        let captures = Captures::of(self.step, scope, self.started);
        for done in &taken {
            captures.give_new(self.context, scope, done);
            let looking = self.looking(scope, done);
            self.step.checks.iter().for_each(|numbered| looking.note(numbered));
        }
        for done in &taken {
            captures.replace(self.context, scope, done);
        }
    }

    fn take(&self, meant: &[usize]) -> Vec<Done> {
        let mut calls = self.mailbox.calls();
        let mut ledger = self.context.ledger.borrow_mut();
        let mut taken = Vec::new();
        for index in meant {
            let Some(call) = calls.get_mut(*index) else { continue };
            call.is_taken = true;
            let done = Self::done(call);
            if let Some(recorded) = ledger.exchanges.get_mut(done.number) {
                recorded.step.clone_from(&self.step.label);
                recorded.note = Some(format!("call-back `{}`", self.mailbox.name));
            }
            taken.push(done);
        }
        taken
    }

    fn note_count(&self, come: &Come, taken: &[Done]) {
        let number = come.meant.len() as u64;
        let judgement = match is_right(self.act.count, number, come.unread) {
            Some(true) => Judgement::Held,
            Some(false) => Judgement::Violated(vec![self.mismatch(come)]),
            None => Judgement::NotReached(self.mismatch(come).actual),
        };
        let info = &self.context.case.program.checks[self.act.came.0];
        let shown = taken.last().map(|done| done.number);
        let exchange = shown.or_else(|| self.nearest(come));
        let elsewhere = self.elsewhere(number);
        let seen = Seen { masks: self.context.masks, exchange, aside: elsewhere.as_deref() };
        self.context.ledger.borrow_mut().judged(self.act.came, info, judgement, seen);
    }

    /// Where too few came: what came to no case may be what is missing.
    fn elsewhere(&self, number: u64) -> Option<String> {
        let least = match self.act.count {
            Count::First => 1,
            Count::AtLeast(least) | Count::Exactly(least) => least,
        };
        let epoch = self.context.epoch;
        let between = (epoch, epoch + self.deadline);
        (number < least).then(|| self.context.addresses.strays(&self.act.callback, between)).flatten()
    }

    fn mismatch(&self, come: &Come) -> Mismatch {
        let within = format_duration(self.deadline.saturating_sub(self.started));
        let mut actual = match come.meant.len() {
            0 => format!("none came to {}", self.mailbox.url),
            number => format!("{} came", phrase::count(number, "call")),
        };
        if let Some((_, why)) = come.others.last() {
            let others = phrase::count(come.others.len(), "other call");
            actual = format!("{actual}; {others} came that {} not meant: {why}", verb(come.others.len()));
        }
        Mismatch {
            place: format!("call-back {}", self.act.callback),
            expected: format!("{} within {within}", self.act.count),
            actual,
            span: self.act.span,
        }
    }

    fn nearest(&self, come: &Come) -> Option<usize> {
        let (index, _) = come.others.last()?;
        self.mailbox.calls().get(*index)?.number
    }

    /// Without a call nothing that looks at one is reached.
    fn miss(&self, scope: &mut Scope) {
        let label = &self.step.label;
        let because = format!("no call-back that is meant came in step {label}");
        let is_asked = self.act.count != Count::Exactly(0);
        let outcome = if is_asked { CheckOutcome::NotReached } else { CheckOutcome::Vacuous };
        for numbered in &self.step.checks {
            self.context.ledger.borrow_mut().note(numbered.id, outcome, Some(because.clone()));
        }
        for (name, _) in &self.step.captures {
            scope.captured.remove(name);
            scope.missing.insert(name.clone(), label.clone());
        }
    }
}

fn verb(number: usize) -> &'static str {
    if number == 1 { "is" } else { "are" }
}

/// Whether as many came as must; none if that hangs on those that could not be read.
fn is_right(count: Count, number: u64, unread: u64) -> Option<bool> {
    let (least, most) = match count {
        Count::First => (1, u64::MAX),
        Count::AtLeast(least) => (least, u64::MAX),
        Count::Exactly(exactly) => (exactly, exactly),
    };
    let possible = number.saturating_add(unread);
    if possible < least || number > most {
        return Some(false);
    }
    (number >= least && possible <= most).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(Count::First, (0, 0), Some(false))]
    #[case(Count::First, (1, 1), Some(true))]
    #[case(Count::First, (0, 1), None)]
    #[case(Count::AtLeast(2), (1, 0), Some(false))]
    #[case(Count::AtLeast(2), (1, 1), None)]
    #[case(Count::AtLeast(2), (2, 3), Some(true))]
    #[case(Count::Exactly(0), (0, 0), Some(true))]
    #[case(Count::Exactly(0), (0, 1), None)]
    #[case(Count::Exactly(0), (1, 0), Some(false))]
    #[case(Count::Exactly(2), (2, 0), Some(true))]
    #[case(Count::Exactly(2), (2, 1), None)]
    #[case(Count::Exactly(2), (0, 1), Some(false))]
    #[case(Count::Exactly(2), (3, 1), Some(false))]
    fn a_call_that_could_not_be_read_may_count_or_not(
        #[case] count: Count,
        #[case] (number, unread): (u64, u64),
        #[case] expected: Option<bool>,
    ) {
        assert_eq!(is_right(count, number, unread), expected);
    }
}
