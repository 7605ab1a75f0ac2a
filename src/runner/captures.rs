//! The names that a step gives values to, and when: its checks see what steps before it captured.

use std::time::Duration;

use super::context::Context;
use super::exchange::Done;
use super::judge::Looking;
use super::scope::Scope;
use crate::check::Capture;
use crate::http::message::Answer;
use crate::json::is_exact;
use crate::outcome::failure;
use crate::plan::{Act, Instruction};

/// The captures of a step that has an answer.
pub(super) struct Captures<'s> {
    step: &'s Instruction,
    started: Duration,
    /// Names that no step before has captured: in the step's own checks they can only mean its own answer.
    new: Vec<&'s (String, Capture)>,
    /// Names that a step before has captured, or should have: the checks still compare with that.
    known: Vec<&'s (String, Capture)>,
}

impl<'s> Captures<'s> {
    /// Tells new names from known ones, before the step captures anything.
    pub(super) fn of(step: &'s Instruction, scope: &Scope, started: Duration) -> Self {
        let (known, new) = step.captures.iter().partition(|(name, _)| scope.knows(name));
        Self { step, started, new, known }
    }

    /// Gives the new names their values, for the checks of the step and for those behind it.
    pub(super) fn give_new(&self, context: &Context<'_>, scope: &mut Scope, done: &Done) {
        self.give(&self.new, context, scope, done);
    }

    /// Replaces the values of the known names, behind the checks of the step.
    pub(super) fn replace(&self, context: &Context<'_>, scope: &mut Scope, done: &Done) {
        self.give(&self.known, context, scope, done);
    }

    /// What is not there leaves its name without a value.
    fn give(&self, wanted: &[&(String, Capture)], context: &Context<'_>, scope: &mut Scope, done: &Done) {
        let Self { step, started, .. } = self;
        for (name, place) in wanted {
            let looking =
                Looking { context, scope, principal: &step.principal, step_started: *started, done };
            match looking.read(place) {
                Ok(value) if is_exact(&value) => {
                    scope.missing.remove(name);
                    scope.captured.insert(name.clone(), value);
                }
                Ok(_) => miss(scope, name, format!("{}, where it is {TOO_LONG}", step.label)),
                Err(lack) => {
                    let why = context.masks.mask(&self.why(done, &lack));
                    miss(scope, name, format!("{}: {why}", step.label));
                }
            }
        }
    }

    /// What came, and what that lacks.
    fn why(&self, done: &Done, lack: &str) -> String {
        match &done.exchange.answer {
            Answer::Response(_) if matches!(self.step.act, Act::Await(_)) => format!("the call {lack}"),
            Answer::Response(response) => format!("the answer (HTTP {}) {lack}", response.status),
            Answer::None(failure) => format!("no answer came: {}", failure::describe(failure)),
        }
    }
}

/// Why an id that was there has no value, and how it gets one.
const TOO_LONG: &str =
    "a number with more digits than can be kept: `{ from: body.text, matches: … }` takes it as text";

/// What a number cannot hold would be sent back changed, and the server blamed for not knowing it.
fn miss(scope: &mut Scope, name: &str, where_and_why: String) {
    scope.captured.remove(name);
    scope.missing.insert(name.to_owned(), where_and_why);
}
