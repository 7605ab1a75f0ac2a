//! One job: where it stands, how it got there and when it moves next. Knows no clock and no protocol.

use std::time::Duration;

use serde_json::Value;

use crate::mock::fixture::Ends;

use super::{Cause, Ending, Order, State, Transition};

/// Names one job inside the engine; never seen on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct JobKey(pub(super) u64);

impl JobKey {
    /// The key with this number.
    pub(crate) fn new(number: u64) -> Self {
        Self(number)
    }

    /// Its number: how many jobs were created before.
    pub(crate) fn number(self) -> u64 {
        self.0
    }
}

/// When the next move is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    At(Duration),
    Paused(Duration),
    Never,
}

/// One job.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    pub(crate) order: Order,
    pub(crate) state: State,
    pub(crate) created: Duration,
    pub(crate) updated: Duration,
    pub(crate) started: Option<Duration>,
    pub(crate) ended: Option<Duration>,
    pub(crate) history: Vec<Transition>,
    held: bool,
    edge: Edge,
}

impl Job {
    pub(super) fn new(order: Order, now: Duration) -> Self {
        let script = order.script;
        let state = if script.prepares.is_some() { State::Prepared } else { State::Queued };
        let mut job = Self {
            order,
            state,
            created: now,
            updated: now,
            started: None,
            ended: None,
            history: Vec::new(),
            held: script.held,
            edge: Edge::Never,
        };
        job.schedule(now);
        job
    }

    pub(crate) fn version(&self) -> u64 {
        self.history.last().map_or(0, |last| last.version)
    }

    /// What ended the job, if it has ended.
    pub(crate) fn end_cause(&self) -> Option<Cause> {
        self.history.last().filter(|last| last.to.is_final()).map(|last| last.cause)
    }

    /// Whether its own time stands still until it is released.
    pub(crate) fn is_held(&self) -> bool {
        self.held && !self.state.is_final()
    }

    /// The state a cancelled job was taken from; any other job's own state.
    pub(crate) fn state_before_cancel(&self) -> State {
        match self.history.last() {
            Some(last) if last.to == State::Cancelled => last.from,
            _ => self.state,
        }
    }

    /// The next instant at which the job moves by itself.
    pub(super) fn due(&self) -> Option<Duration> {
        if self.state.is_final() {
            return None;
        }
        let limit = self.order.script.limit.map(|limit| self.created + limit);
        match self.edge {
            Edge::At(at) => Some(limit.map_or(at, |limit| limit.min(at))),
            Edge::Paused(_) | Edge::Never => limit,
        }
    }

    /// Makes the one move that is due at `at`.
    pub(super) fn tick(&mut self, at: Duration) {
        if self.edge == Edge::At(at) {
            self.step(at);
        } else {
            self.enter(State::Failed, Cause::Limit, at);
        }
    }

    fn step(&mut self, at: Duration) {
        let next = match (self.state, &self.order.ending) {
            (State::Prepared, _) => State::Queued,
            (State::Queued, _) => State::Running,
            (_, Ending::Output(_)) => State::Done,
            (_, Ending::Fault(_)) => State::Failed,
        };
        self.enter(next, Cause::Time, at);
    }

    /// Moves the job; a job that has ended stays as it is.
    pub(super) fn enter(&mut self, to: State, cause: Cause, at: Duration) {
        if self.state.is_final() {
            return;
        }
        let version = self.version() + 1;
        self.history.push(Transition { version, from: self.state, to, cause, at });
        self.state = to;
        self.updated = at;
        match to {
            State::Running => self.started = Some(at),
            _ if to.is_final() => self.ended = Some(at),
            _ => {}
        }
        self.schedule(at);
    }

    fn schedule(&mut self, now: Duration) {
        let script = &self.order.script;
        self.edge = match self.state {
            State::Prepared => Edge::At(now + script.prepares.unwrap_or_default()),
            State::Queued => self.gate(now, script.queued),
            State::Running if script.ends == Ends::InTime => self.gate(now, script.runs),
            State::Running | State::Done | State::Failed | State::Cancelled => Edge::Never,
        };
    }

    fn gate(&self, now: Duration, takes: Duration) -> Edge {
        if self.held { Edge::Paused(takes) } else { Edge::At(now + takes) }
    }

    /// Stops the job's own time; preparing goes on until the queue.
    pub(super) fn hold(&mut self, now: Duration) {
        self.held = true;
        if let (Edge::At(at), State::Queued | State::Running) = (self.edge, self.state) {
            self.edge = Edge::Paused(at.saturating_sub(now));
        }
    }

    /// Lets the job's time go on; whether it was held at all.
    pub(super) fn release(&mut self, now: Duration) -> bool {
        let was_held = std::mem::replace(&mut self.held, false);
        match self.edge {
            Edge::Paused(rest) => self.edge = Edge::At(now + rest),
            Edge::At(_) if was_held => self.edge = Edge::At(now),
            Edge::Never if self.state == State::Running && self.order.script.ends == Ends::ByHand => {
                self.step(now);
            }
            Edge::At(_) | Edge::Never => {}
        }
        was_held
    }

    /// Nothing is left to wait for: the run ends now.
    pub(super) fn complete(&mut self, output: Option<Value>, now: Duration) {
        if let (Some(output), false) = (output, self.state.is_final()) {
            self.order.ending = Ending::Output(output);
        }
        self.held = false;
        if self.state.is_waiting() {
            self.enter(State::Running, Cause::Hook, now);
        }
        let end = match self.order.ending {
            Ending::Output(_) => State::Done,
            Ending::Fault(_) => State::Failed,
        };
        self.enter(end, Cause::Hook, now);
    }

    pub(super) fn ends_by_looks(&self) -> bool {
        matches!(self.order.script.ends, Ends::AfterLooks(_))
    }

    /// Somebody looks: a job that ends by being looked at comes nearer to its end.
    pub(super) fn look(&mut self, now: Duration) {
        let Ends::AfterLooks(left) = &mut self.order.script.ends else { return };
        if self.state == State::Running && !self.held {
            match left.checked_sub(1) {
                Some(fewer) => *left = fewer,
                None => self.step(now),
            }
        }
    }

    /// Nothing is left to wait for: the run begins now.
    pub(super) fn start(&mut self, now: Duration) {
        if self.state.is_waiting() {
            self.held = false;
            self.order.script.queued = Duration::ZERO;
            self.edge = Edge::At(now);
        }
    }
}
