//! One fault: which calls it meets, when, where on their way, and what it does to them.

use std::sync::Arc;
use std::time::Duration;

use super::action::{DELAY, Effect, Substitute, moved};
use super::calls::Calls;
use super::when::When;
use super::{Damage, Delay, Phase};
use crate::mock::protocol::Operation;

/// One fault of a plan.
///
/// ```
/// use orchspec::mock::fault::{Fault, FaultPlan};
/// use orchspec::mock::Operation;
///
/// let lost = Fault::on(Operation::Invoke).nth(1).after_commit().status(502);
/// let slow = Fault::on_any().named("slow").probability(0.2).delay(std::time::Duration::from_millis(80)).optional();
/// let plan = FaultPlan::new([lost, slow])?.with_seed(42);
/// assert_eq!(plan.rules().len(), 2);
/// # Ok::<(), orchspec::mock::fault::FaultError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    pub(super) name: Arc<str>,
    pub(super) on: Calls,
    pub(super) when: When,
    pub(super) count_by: CountBy,
    /// As it was said; what the action does by itself, if nothing was said.
    pub(super) phase: Option<Phase>,
    pub(super) delay: Option<Delay>,
    pub(super) effect: Option<Effect>,
    pub(super) max: Option<u64>,
    pub(super) combine: bool,
    pub(super) optional: bool,
}

/// Which calls stand in one row, in which they are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CountBy {
    /// All calls of the session.
    Session,
    /// The calls about one job. A call that starts one counts together with those that say the same: its repetitions.
    #[default]
    Job,
    /// The calls with one credential.
    Client,
    /// The calls on one connection.
    Connection,
}

impl CountBy {
    /// The word for each.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("session", Self::Session),
        ("job", Self::Job),
        ("client", Self::Client),
        ("connection", Self::Connection),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

impl Fault {
    /// A fault that meets calls about this.
    pub fn on(operation: Operation) -> Self {
        let calls = Calls { operations: vec![operation], ..Calls::default() };
        Self { name: operation.word().into(), on: calls, ..Self::on_any() }
    }

    /// A fault that meets calls about anything.
    pub fn on_any() -> Self {
        Self {
            name: super::calls::ANY.into(),
            on: Calls::default(),
            when: When::default(),
            count_by: CountBy::default(),
            phase: None,
            delay: None,
            effect: None,
            max: None,
            combine: false,
            optional: false,
        }
    }

    /// Its name in the journal, and the source of its chances; the word of its operation, if nothing is said.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        Self { name: name.into(), ..self }
    }

    /// Meets only calls about jobs of this trigger or process.
    #[must_use]
    pub fn of_fixture(mut self, name: &str) -> Self {
        self.on.fixture = Some(name.into());
        self
    }

    /// Meets the call at this place in its row, the first being 1; may be said for several places.
    #[must_use]
    pub fn nth(mut self, place: u64) -> Self {
        self.when.nth.push(place);
        self
    }

    /// Meets every so many-th call of its row.
    #[must_use]
    pub fn every(mut self, places: u64) -> Self {
        self.when.every = Some(places);
        self
    }

    /// Meets calls from the one instant of the mock's clock on, until the other.
    #[must_use]
    pub fn window(mut self, from: Duration, to: Duration) -> Self {
        self.when.window = Some((from, to));
        self
    }

    /// Meets calls with this probability, more than 0 and at most 1.
    #[must_use]
    pub fn probability(mut self, probability: f64) -> Self {
        self.when.probability = Some(probability);
        self
    }

    /// Meets only this attempt at the same thing: 1 is a call that does not follow on one that met a fault.
    #[must_use]
    pub fn attempt(mut self, attempt: u64) -> Self {
        self.when.attempt = Some(attempt);
        self
    }

    /// Which calls stand in one row; those about one job, if nothing is said.
    #[must_use]
    pub fn count_by(self, count_by: CountBy) -> Self {
        Self { count_by, ..self }
    }

    /// Meets the call before the server hears of it.
    #[must_use]
    pub fn before_commit(self) -> Self {
        self.at(Phase::BeforeCommit)
    }

    /// Meets the call once the server did what it was asked for.
    #[must_use]
    pub fn after_commit(self) -> Self {
        self.at(Phase::AfterCommit)
    }

    /// Meets the call at this phase; the usual one of what it does, if nothing is said.
    #[must_use]
    pub fn at(self, phase: Phase) -> Self {
        Self { phase: Some(phase), ..self }
    }

    /// Lets a gateway answer with this status in the server's stead.
    #[must_use]
    pub fn status(self, status: u16) -> Self {
        let substitute = Substitute { status, body: None, retry_after: None };
        Self { effect: Some(Effect::Answer(substitute)), ..self }
    }

    /// Damages the answer on the wire.
    #[must_use]
    pub fn wire(self, damage: Damage) -> Self {
        Self { effect: Some(Effect::Wire(damage)), ..self }
    }

    /// Keeps the call back for this long.
    #[must_use]
    pub fn delay(self, time: Duration) -> Self {
        self.delayed(Delay::Fixed(time))
    }

    /// Keeps the call back.
    #[must_use]
    pub fn delayed(self, delay: Delay) -> Self {
        Self { delay: Some(delay), ..self }
    }

    /// Meets at most so many calls of a row.
    #[must_use]
    pub fn max(self, most: u64) -> Self {
        Self { max: Some(most), ..self }
    }

    /// Lets the rules behind it meet the call, too; for delays, which stack.
    #[must_use]
    pub fn combine(self) -> Self {
        Self { combine: true, ..self }
    }

    /// Need not have met a call by the end.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it need not have met a call by the end.
    pub fn is_optional(&self) -> bool {
        self.optional
    }

    /// Where it meets a call.
    pub fn phase(&self) -> Phase {
        self.phase.unwrap_or_else(|| self.effect.as_ref().map_or(Phase::AfterCommit, Effect::phase))
    }

    /// The words for what it does: a delay, and then what the call meets.
    pub fn does(&self) -> Vec<&'static str> {
        let delay = self.delay.map(|_| DELAY);
        delay.into_iter().chain(self.effect.as_ref().map(Effect::word)).collect()
    }

    /// Whether a call comes to something else by it, and is not only kept back.
    pub fn ends_calls(&self) -> bool {
        self.effect.is_some()
    }

    /// Whether a call fails by it, or only takes longer.
    pub fn is_loss(&self) -> bool {
        self.effect.as_ref().is_some_and(Effect::is_loss)
    }

    /// The status of the answer in the server's stead, if it gives one.
    pub fn substitute_status(&self) -> Option<u16> {
        match &self.effect {
            Some(Effect::Answer(substitute)) => Some(substitute.status),
            _ => None,
        }
    }

    /// The effect at its phase.
    pub(super) fn settled_effect(&self) -> Option<Effect> {
        match &self.effect {
            Some(Effect::Wire(damage)) => Some(Effect::Wire(moved(*damage, self.phase()))),
            effect => effect.clone(),
        }
    }
}
