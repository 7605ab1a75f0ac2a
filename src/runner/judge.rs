//! Checks held against an exchange.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::context::Context;
use super::exchange::Done;
use super::ledger::Seen;
use super::scope::{Names, Scope};
use crate::check::{Capture, Check, Judgement, Moments, Reader, View};
use crate::http::message::{Answer, Exchange, Headers, Response};
use crate::plan::{CheckId, NumberedCheck};
use crate::profile::{Judged, Profile};
use crate::target::Job;
use std::time::Duration;

/// Everything around an exchange that a check may ask for.
#[derive(Clone, Copy)]
pub(super) struct Looking<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) scope: &'a Scope,
    /// Whose step it is.
    pub(super) principal: &'a str,
    /// When the step began.
    pub(super) step_started: Duration,
    /// What is looked at.
    pub(super) done: &'a Done,
}

impl<'a> Looking<'a> {
    /// What a check says.
    pub(super) fn judge(&self, check: &Check) -> Judgement {
        let names = self.names();
        match check.when.holds(&names) {
            Some(true) => {}
            Some(false) => return Judgement::Vacuous("its `when` does not apply".to_owned()),
            None => return Judgement::NotReached("a name of its `when` was not captured".to_owned()),
        }
        let empty = Map::new();
        let judged = check.judge(&self.view(check.job.as_deref(), &names, &empty));
        match judged {
            Judgement::NotReached(because) => Judgement::NotReached(self.explain(because, check)),
            other => other,
        }
    }

    /// What a check says of an answer without anything: it names whatever the check asks for.
    pub(super) fn judge_blank(&self, check: &Check) -> Judgement {
        let body = Bytes::from_static(b"{}");
        let answer = Response { status: 0, headers: Headers::default(), body, oddities: Vec::new() };
        let exchange = Exchange { answer: Answer::Response(answer), ..self.done.exchange.clone() };
        let (call, number) = (self.done.call.clone(), self.done.number);
        let done = Done { exchange, call, number, unfollowed: None };
        Looking { done: &done, ..*self }.judge(check)
    }

    /// Judges a check and notes what it says.
    pub(super) fn note(&self, numbered: &NumberedCheck) {
        if self.context.case.active[numbered.id.0] {
            self.note_judgement(numbered.id, self.judge(&numbered.check));
        }
    }

    /// Notes a judgement.
    pub(super) fn note_judgement(&self, id: CheckId, judgement: Judgement) {
        self.note_with(id, judgement, self.done.unfollowed.as_deref());
    }

    /// Notes a judgement, and tells this beside it.
    pub(super) fn note_with(&self, id: CheckId, judgement: Judgement, aside: Option<&str>) {
        let info = &self.context.case.program.checks[id.0];
        let judgement = self.scope.after_the_end(judgement);
        let seen = Seen { masks: self.context.masks, exchange: Some(self.done.number), aside };
        self.context.ledger.borrow_mut().judged(id, info, judgement, seen);
    }

    /// What a capture takes out of the exchange.
    pub(super) fn read(&self, capture: &Capture) -> Result<Value, String> {
        let (names, empty) = (self.names(), Map::new());
        capture.read(&self.view(None, &names, &empty))
    }

    /// The view of the exchange, with the job that a check names or the one created last.
    pub(super) fn view<'v>(
        &'v self,
        job: Option<&'v str>,
        names: &'v Names<'v>,
        empty: &'v Map<String, Value>,
    ) -> View<'v> {
        let alias = job.or(self.scope.last.as_deref());
        let bound: Option<&Job> =
            alias.and_then(|alias| self.context.case.bindings.get(alias)).map(AsRef::as_ref);
        let instance = alias.and_then(|alias| self.scope.jobs.get(alias));
        let profile: &dyn Profile = self.context.profile;
        let judged = Judged {
            operation: self.done.call.operation,
            filename: self.done.call.filename.as_deref(),
            policies: &self.context.protocol.policies,
            job: bound,
            sent: instance.map_or(empty, |instance| &instance.arguments),
            sent_as_text: instance.is_some_and(|instance| instance.as_text),
        };
        let timing = self.done.exchange.timing;
        let at = |elapsed| self.context.wall.at(self.context.epoch + elapsed);
        let moments =
            Moments { step_started: self.step_started, sent: at(timing.sent), answered: at(timing.complete) };
        View::new(&self.done.exchange, moments, Reader { profile, judged }, names, self.context.schemas)
    }

    pub(super) fn names(&self) -> Names<'a> {
        Names { context: self.context, scope: self.scope, principal: self.principal }
    }

    /// Adds the step that failed to capture the name, where that is the reason.
    fn explain(&self, because: String, check: &Check) -> String {
        let names = check.names();
        let culprit = names.iter().find_map(|(name, _)| Some((name, self.scope.missing.get(*name)?)));
        culprit.map_or(because, |(name, step)| format!("`{name}` was not captured in step {step}"))
    }
}
