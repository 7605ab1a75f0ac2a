//! What a poll's answers mean: which branch each fits, and what the whole says of `pending` and `until`.

use std::time::Duration;

use super::exchange::Done;
use super::follow::judge_trace;
use super::judge::Looking;
use super::ledger::Seen as Evidence;
use super::nearest::{Branch as Nearness, aside, nearest};
use super::poll::Polling;
use super::scope::{Names, Scope};
use crate::check::{Judgement, Mismatch, Observation};
use crate::clock::format_duration;
use crate::outcome::{CheckOutcome, failure, phrase};
use crate::plan::{CheckId, NumberedCheck, PollAct};
use crate::source::Span;

/// When the polled job can have ended (`None`: not yet at all) and must have ended (`None`: not known).
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) earliest: Option<Duration>,
    pub(super) latest: Option<Duration>,
}

impl Window {
    /// Whether the job surely goes on at this moment.
    fn is_before(self, moment: Duration) -> bool {
        self.earliest.is_none_or(|earliest| moment < earliest)
    }
}

/// The branch that an answer fits.
pub(super) enum Branch {
    /// The job goes on.
    Pending,
    /// The poll ends well; `early` if the job cannot have ended yet.
    Until { early: bool },
    /// The poll ends badly, as `fail_when` says.
    Failing,
    /// No branch.
    Misfit(Misfit),
    /// A branch looks at a name without a value.
    NotReached(String),
}

/// What the branches say of an answer that fits none of them.
pub(super) struct Misfit {
    until: Judgement,
    failing: Option<Judgement>,
    pending: Judgement,
}

/// How a poll ends.
pub(super) enum End {
    /// With the answer that fits `until`.
    Until(Box<Done>),
    /// With an answer that fits no branch, or `fail_when`.
    Misfit,
    /// The budget ran out.
    OutOfTime,
}

/// What a poll has seen.
pub(super) struct Seen {
    pub(super) pending: u64,
    pub(super) early: bool,
    /// How long the last pending answer asked to wait, if that was longer than the budget.
    pub(super) asked_beyond: Option<Duration>,
    statuses: Vec<u16>,
    observations: Vec<Vec<Observation>>,
}

impl Seen {
    /// Nothing yet.
    pub(super) fn new(poll: &PollAct) -> Self {
        let observations = poll.invariants.iter().map(|_| Vec::new()).collect();
        Self { pending: 0, early: false, asked_beyond: None, statuses: Vec::new(), observations }
    }

    /// Takes in one answer.
    pub(super) fn observe(&mut self, looking: &Looking<'_>, poll: &PollAct) {
        self.statuses.extend(looking.done.exchange.answer.response().map(|response| response.status));
        let names = looking.names();
        let empty = serde_json::Map::new();
        let view = looking.view(None, &names, &empty);
        for ((_, invariant), observations) in poll.invariants.iter().zip(&mut self.observations) {
            observations.push(invariant.observe(&view, looking.done.number));
        }
    }
}

/// Which branch an answer fits; `fail_when` is asked first, so that no answer that it describes ends the poll well, and
/// `pending` last.
pub(super) fn branch(looking: &Looking<'_>, poll: &PollAct, window: Window) -> Branch {
    let failing = poll.fail_when.as_ref().map(|failing| looking.judge(&failing.check));
    if failing == Some(Judgement::Held) {
        return Branch::Failing;
    }
    let until = match looking.judge(&poll.until.check) {
        Judgement::Held | Judgement::HeldWithWarning(_) => {
            return Branch::Until { early: window.is_before(looking.done.exchange.timing.complete) };
        }
        Judgement::NotReached(because) => return Branch::NotReached(because),
        other => other,
    };
    let Some(pending) = &poll.pending else {
        return if looking.done.exchange.answer.response().is_some() {
            Branch::Pending
        } else {
            Branch::Misfit(Misfit { pending: until.clone(), until, failing })
        };
    };
    match looking.judge(&pending.check) {
        Judgement::Held | Judgement::HeldWithWarning(_) => Branch::Pending,
        Judgement::NotReached(because) => Branch::NotReached(because),
        pending => Branch::Misfit(Misfit { until, failing, pending }),
    }
}

/// An answer that fits no branch is a finding of `pending` before the job can have ended, of `until` after it must
/// have (and the lag), and of both in between: then the one that it comes nearer to is told first.
pub(super) fn note_misfit(looking: &Looking<'_>, poll: &PollAct, window: Window, misfit: Misfit) {
    let timing = looking.done.exchange.timing;
    let lag = looking.context.target.timing.lag;
    let before = window.is_before(timing.complete) && poll.pending.is_some();
    let after = window.latest.is_some_and(|latest| timing.sent > latest + lag);
    let branches = branches(looking, poll, &misfit);
    let is_until_nearer = nearest(&branches).is_some_and(|near| near.word == UNTIL);
    let [of_pending, of_until] = [PENDING, UNTIL].map(|word| aside(&branches, word));
    drop(branches);
    let mut notes = Vec::new();
    notes.extend(poll.pending.as_ref().filter(|_| !after).map(|own| (own.id, misfit.pending, of_pending)));
    if before {
        let because = "the poll ended before the job can have".to_owned();
        notes.push((poll.until.id, Judgement::NotReached(because), None));
    } else {
        let place = if is_until_nearer { 0 } else { notes.len() };
        notes.insert(place, (poll.until.id, misfit.until, of_until));
    }
    for (id, judgement, aside) in notes {
        looking.note_with(id, judgement, aside.as_deref());
    }
}

const UNTIL: &str = "until";
const FAIL_WHEN: &str = "fail_when";
const PENDING: &str = "pending";

/// The branches of a poll that an answer fits none of.
fn branches<'m>(looking: &Looking<'_>, poll: &PollAct, misfit: &'m Misfit) -> Vec<Nearness<'m>> {
    let own = [
        (UNTIL, Some(&poll.until), Some(&misfit.until)),
        (FAIL_WHEN, poll.fail_when.as_ref(), misfit.failing.as_ref()),
        (PENDING, poll.pending.as_ref(), Some(&misfit.pending)),
    ];
    let branch = |(word, numbered, judgement): (_, Option<&NumberedCheck>, Option<&'m Judgement>)| {
        Nearness::of(word, judgement?, looking.judge_blank(&numbered?.check))
    };
    own.into_iter().filter_map(branch).collect()
}

/// The end of a job that cannot have ended yet is a finding of `pending`.
pub(super) fn note_early(looking: &Looking<'_>, poll: &PollAct, window: Window) {
    let Some(pending) = &poll.pending else { return };
    let expected = match window.earliest {
        Some(earliest) => format!("no end of the job before {}", format_duration(earliest)),
        None => "no end of the job before a hook releases it".to_owned(),
    };
    let came = format_duration(looking.done.exchange.timing.complete);
    let actual = format!("the answer that ends the poll came after {came}");
    looking.note_judgement(pending.id, violated("time of the answer", expected, actual, pending.check.span));
}

/// An answer that fits `fail_when` is a finding of it; how the job should have ended was not seen.
pub(super) fn note_failing(looking: &Looking<'_>, poll: &PollAct) {
    let Some(failing) = &poll.fail_when else { return };
    let actual = answer_text(looking.done);
    let expected = "no answer that fits `fail_when`".to_owned();
    looking.note_judgement(failing.id, violated("answer", expected, actual, failing.check.span));
    let because = "the job ended as `fail_when` says".to_owned();
    looking.note_judgement(poll.until.id, Judgement::NotReached(because));
}

/// What the whole poll says of its branches, its trace and its invariants.
pub(super) fn conclude(polling: &Polling<'_>, scope: &Scope, end: &End, seen: &Seen) {
    let poll = polling.poll;
    match end {
        End::Until(_) => note(polling, poll.until.id, Judgement::Held),
        End::OutOfTime => note(polling, poll.until.id, out_of_time(polling, scope, seen)),
        End::Misfit => {}
    }
    conclude_pending(polling, seen);
    if let Some(failing) = &poll.fail_when {
        note(polling, failing.id, Judgement::Held);
    }
    if let Some((id, trace)) = &poll.trace {
        let judgement = match end {
            End::Until(_) => judge_trace(polling.context, trace, &seen.statuses, span(polling, *id)),
            _ => Judgement::NotReached("the poll did not end as it should".to_owned()),
        };
        note(polling, *id, judgement);
    }
    let names = Names { context: polling.context, scope, principal: &polling.step.principal };
    for ((id, invariant), observations) in poll.invariants.iter().zip(&seen.observations) {
        if let Some(because) = invariant.not_asked(observations) {
            polling.context.ledger.borrow_mut().note(*id, CheckOutcome::NotAsked, Some(because));
            continue;
        }
        let said = invariant.judge(observations, &names);
        note_at(polling, *id, said.judgement, said.exchange);
    }
}

/// Too few pending answers are never a fault of the server, which may be fast. Where the scenario gives a number, what
/// rests on it was not seen; otherwise only what nothing but a pending answer could show was not.
fn conclude_pending(polling: &Polling<'_>, seen: &Seen) {
    let Some(pending) = &polling.poll.pending else { return };
    let asked = polling.poll.seen;
    let needed = asked.unwrap_or(u64::from(!pending.check.covers.is_empty()));
    if seen.early {
        // Already a finding.
    } else if seen.pending >= needed {
        note(polling, pending.id, Judgement::Held);
    } else {
        let number =
            |number: u64| phrase::count(usize::try_from(number).unwrap_or(usize::MAX), "pending answer");
        let because = format!("{} seen, at least {needed} needed", number(seen.pending));
        let outcome = if asked.is_some() { CheckOutcome::NotReached } else { CheckOutcome::Vacuous };
        polling.context.ledger.borrow_mut().note(pending.id, outcome, Some(because));
    }
}

/// The budget running out is a finding of `until`, unless it is too short to tell.
fn out_of_time(polling: &Polling<'_>, scope: &Scope, seen: &Seen) -> Judgement {
    let lag = polling.context.target.timing.lag;
    let ends = polling.started + polling.within;
    let within = format_duration(polling.within);
    if polling.window(scope).latest.is_some_and(|latest| ends < latest + lag) {
        return Judgement::NotReached(format!("`within` ({within}) is shorter than the job may take"));
    }
    let expected = format!("an answer that fits `until` within {within}");
    let asked = seen.asked_beyond.map(format_duration);
    let asked = asked
        .map(|asked| format!("; `Retry-After` asked for {asked}, more than was left"))
        .unwrap_or_default();
    let actual = format!("none of {} answers does{asked}", seen.statuses.len());
    scope.after_the_end(violated("the poll", expected, actual, polling.poll.until.check.span))
}

fn violated(place: &str, expected: String, actual: String, span: Span) -> Judgement {
    Judgement::Violated(vec![Mismatch { place: place.to_owned(), expected, actual, span }])
}

/// Notes what the poll as a whole says, with its last exchange as evidence.
fn note(polling: &Polling<'_>, id: CheckId, judgement: Judgement) {
    note_at(polling, id, judgement, None);
}

/// The same with another exchange as evidence, if there is one.
fn note_at(polling: &Polling<'_>, id: CheckId, judgement: Judgement, exchange: Option<usize>) {
    let context = polling.context;
    if !context.case.active[id.0] {
        return;
    }
    let mut ledger = context.ledger.borrow_mut();
    let exchange = exchange.or_else(|| ledger.next_exchange().checked_sub(1));
    let info = &context.case.program.checks[id.0];
    ledger.judged(id, info, judgement, Evidence { masks: context.masks, exchange, aside: None });
}

fn span(polling: &Polling<'_>, id: CheckId) -> Span {
    polling.context.case.program.checks[id.0].span
}

/// As many characters of a body say what came; the whole of it stands with the exchange.
const BEGINNING: usize = 200;

fn beginning(text: &str) -> String {
    let cut = text.char_indices().nth(BEGINNING);
    cut.map_or_else(|| text.to_owned(), |(end, _)| format!("{}…", &text[..end]))
}

/// An answer in a few words, for a finding that is about the whole of it.
fn answer_text(done: &Done) -> String {
    match &done.exchange.answer {
        crate::http::message::Answer::Response(response) => {
            format!("HTTP {}: {}", response.status, beginning(&response.shown()))
        }
        crate::http::message::Answer::None(why) => failure::describe(why),
    }
}
