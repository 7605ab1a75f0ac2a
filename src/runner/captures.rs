//! The names that a step gives values to, and when: its checks see what steps before it captured.

use std::time::Duration;

use super::context::Context;
use super::exchange::Done;
use super::judge::Looking;
use super::scope::Scope;
use crate::check::Capture;
use crate::json::is_exact;
use crate::plan::Instruction;

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
            let value = looking.read(place);
            let is_read = value.is_some();
            match value.filter(is_exact) {
                Some(value) => {
                    scope.missing.remove(name);
                    scope.captured.insert(name.clone(), value);
                }
                None => miss(scope, name, &step.label, is_read),
            }
        }
    }
}

/// Why an id that was there has no value, and how it gets one.
const TOO_LONG: &str = ", where it is a number with more digits than can be kept: `{ from: body.text, matches: … }` takes it as text";

/// What a number cannot hold would be sent back changed, and the server blamed for not knowing it.
fn miss(scope: &mut Scope, name: &str, label: &str, is_read: bool) {
    let why = if is_read { TOO_LONG } else { "" };
    scope.captured.remove(name);
    scope.missing.insert(name.to_owned(), format!("{label}{why}"));
}
