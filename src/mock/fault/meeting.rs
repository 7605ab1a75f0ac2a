//! Which faults a call meets. A decision depends on the plan, on the call and on those in the same row before it, and on
//! nothing else: not on other jobs, not on the order in which their calls come.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::action::Effect;
use super::subject::Subject;
use super::tally::{Loss, Row, Tally};
use super::{Fault, FaultPlan, Phase};
use crate::mock::chance::Chance;

/// The plan of one session, and what came of it so far.
#[derive(Debug, Clone, Default)]
pub(in crate::mock) struct Meetings {
    plan: FaultPlan,
    /// Which session it is, for chances.
    session: Arc<str>,
    seed: u64,
    tally: Tally,
    counts: Vec<FaultCount>,
}

/// How often a rule came into its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FaultCount {
    /// The rule.
    pub name: Arc<str>,
    /// How many calls were of the kind that it is for.
    pub eligible: u64,
    /// How many of them met its fault.
    pub fired: u64,
    /// How many more would have, but for `max` or the budget.
    pub exhausted: u64,
    /// Whether it need not have fired by the end.
    pub optional: bool,
}

impl FaultCount {
    /// Whether it should have fired and has not.
    pub fn is_missed(&self) -> bool {
        self.fired == 0 && !self.optional
    }
}

/// What one call meets.
#[derive(Debug, Clone, Default)]
pub(in crate::mock) struct Encounter {
    /// How long it is kept back before the server hears of it.
    pub(in crate::mock) before: Duration,
    /// How long its answer is kept back.
    pub(in crate::mock) after: Duration,
    /// The rules that keep it back.
    pub(in crate::mock) delays: Vec<Arc<str>>,
    pub(in crate::mock) struck: Option<Struck>,
}

impl Encounter {
    /// The rule whose fault the call comes to.
    pub(in crate::mock) fn fault(&self) -> Option<Arc<str>> {
        self.struck.as_ref().map(|struck| Arc::clone(&struck.name))
    }

    /// Where it met the call.
    pub(in crate::mock) fn phase(&self) -> Option<Phase> {
        self.struck.as_ref().map(|struck| struck.phase)
    }
}

/// The fault that ends a call.
#[derive(Debug, Clone)]
pub(in crate::mock) struct Struck {
    pub(in crate::mock) name: Arc<str>,
    pub(in crate::mock) phase: Phase,
    pub(in crate::mock) effect: Effect,
}

/// What becomes of a rule at a call.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ruling {
    /// It meets the call.
    Fires,
    /// It is for other calls.
    Elsewhere(String),
    /// It is for calls at other places of their row; this one is at that place.
    OtherPlace(u64),
    /// It is for another time.
    OtherTime,
    /// It is for another attempt than this one.
    OtherAttempt(u64),
    /// The lot has not fallen on the call: it drew this.
    ByChance(f64),
    /// It has met as many calls of the row as it may.
    Exhausted,
    /// As many calls have failed by chance as may.
    OverBudget,
}

impl Meetings {
    pub(in crate::mock) fn new(plan: FaultPlan, session: &str, seed: u64) -> Self {
        let count = |rule: &Fault| FaultCount {
            name: Arc::clone(&rule.name),
            optional: rule.optional,
            ..FaultCount::default()
        };
        let counts = plan.rules.iter().map(count).collect();
        let seed = plan.seed.unwrap_or(seed);
        Self { plan, session: session.into(), seed, tally: Tally::default(), counts }
    }

    pub(in crate::mock) fn plan(&self) -> &FaultPlan {
        &self.plan
    }

    pub(in crate::mock) fn seed(&self) -> u64 {
        self.seed
    }

    pub(in crate::mock) fn counts(&self) -> &[FaultCount] {
        &self.counts
    }

    /// Forgets what has happened, and keeps the plan.
    pub(in crate::mock) fn restart(&mut self) {
        *self = Self::new(self.plan.clone(), &self.session, self.seed);
    }

    /// Another plan from now on, which has met nothing yet.
    pub(in crate::mock) fn replace(&mut self, plan: FaultPlan, seed: u64) {
        *self = Self::new(plan, &self.session, seed);
    }

    /// Counts a call, and gives what it meets.
    pub(in crate::mock) fn meet(
        &mut self,
        subject: &Subject<'_>,
        connection: u64,
        now: Duration,
    ) -> Encounter {
        let mut encounter = Encounter::default();
        let (plan, job) = (self.plan.clone(), self.tally.job(subject));
        let (mut is_over, mut loss) = (false, None);
        for (index, rule) in plan.rules.iter().enumerate() {
            let row = self.tally.row((index, rule), subject, connection);
            let ruling = self.rule(rule, subject, (row, job), now);
            if matches!(ruling, Ruling::Elsewhere(_)) {
                continue;
            }
            let fires = ruling == Ruling::Fires && !is_over;
            self.count(index, row, &ruling, is_over);
            if fires {
                loss = loss.or(rule.is_loss().then(|| kind_of_loss(rule)));
                self.strike(rule, row, &mut encounter);
                is_over = !rule.combine;
            }
        }
        self.tally.end(job, subject.operation, loss);
        encounter
    }

    /// A call of this content has started a job.
    pub(in crate::mock) fn started(&mut self, content: u64, job: u64) {
        self.tally.started(content, job);
    }

    /// What becomes of every rule at such a call, without counting it.
    pub(in crate::mock) fn explain(
        &self,
        subject: &Subject<'_>,
        connection: u64,
        now: Duration,
    ) -> Vec<Considered> {
        let job = self.tally.job(subject);
        let mut taken: Option<Arc<str>> = None;
        let mut considered = Vec::new();
        for (index, rule) in self.plan.rules.iter().enumerate() {
            let row = self.tally.row((index, rule), subject, connection);
            let ruling = self.rule(rule, subject, (row, job), now);
            let fires = ruling == Ruling::Fires && taken.is_none();
            let because = match &taken {
                Some(first) if ruling == Ruling::Fires => format!("`{first}` meets the call before it"),
                _ => ruling.to_string(),
            };
            if fires && !rule.combine {
                taken = Some(Arc::clone(&rule.name));
            }
            considered.push(Considered { name: Arc::clone(&rule.name), fires, because });
        }
        considered
    }

    fn rule(&self, rule: &Fault, subject: &Subject<'_>, (row, job): (Row, u64), now: Duration) -> Ruling {
        if let Some(objection) = rule.on.objection(subject) {
            return Ruling::Elsewhere(objection);
        }
        let (counted, when) = (self.tally.counted(row), &rule.when);
        let (place, streak) = (counted.calls + 1, self.tally.streak(job, subject.operation));
        if !when.fits_place(place) {
            return Ruling::OtherPlace(place);
        }
        if !when.fits_time(now) {
            return Ruling::OtherTime;
        }
        if !when.fits_streak(streak) {
            return Ruling::OtherAttempt(streak + 1);
        }
        let drawn = self.chance(rule, row, place).fraction();
        if when.probability.is_some_and(|probability| drawn >= probability) {
            return Ruling::ByChance(drawn);
        }
        if rule.max.is_some_and(|most| counted.met >= most) {
            return Ruling::Exhausted;
        }
        let is_spent = when.probability.is_some() && rule.is_loss() && self.is_spent(job, streak);
        if is_spent { Ruling::OverBudget } else { Ruling::Fires }
    }

    /// Whether chance may make no more calls about this job fail.
    fn is_spent(&self, job: u64, streak: u64) -> bool {
        let budget = self.plan.budget;
        budget.max_consecutive.is_some_and(|most| streak >= most)
            || budget.max_per_job.is_some_and(|most| self.tally.lost_by_chance(job) >= most)
    }

    /// The lots of one call at one rule: no other rule and no other row has a part in them.
    fn chance(&self, rule: &Fault, (_, row): Row, place: u64) -> Chance {
        let name = format!("fault {:?} in {:?} at {row:x}", rule.name, self.session);
        Chance::new(self.seed, &name, place)
    }

    fn count(&mut self, index: usize, row: Row, ruling: &Ruling, is_over: bool) {
        let fires = *ruling == Ruling::Fires && !is_over;
        self.tally.count(row, fires);
        let Some(count) = self.counts.get_mut(index) else { return };
        count.eligible += 1;
        count.fired += u64::from(fires);
        count.exhausted += u64::from(!is_over && matches!(ruling, Ruling::Exhausted | Ruling::OverBudget));
    }

    fn strike(&self, rule: &Fault, row: Row, encounter: &mut Encounter) {
        let phase = rule.phase();
        if let Some(delay) = rule.delay {
            let mut chance = self.chance(rule, row, self.tally.counted(row).calls);
            chance.next();
            let time = delay.draw(&mut chance);
            *if phase.is_before_commit() { &mut encounter.before } else { &mut encounter.after } += time;
            encounter.delays.push(Arc::clone(&rule.name));
        }
        if let Some(effect) = rule.settled_effect() {
            encounter.struck = Some(Struck { name: Arc::clone(&rule.name), phase, effect });
        }
    }
}

fn kind_of_loss(rule: &Fault) -> Loss {
    if rule.when.probability.is_some() { Loss::ByChance } else { Loss::ByRule }
}

/// What would become of a rule at a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    /// The rule.
    pub name: Arc<str>,
    /// Whether the call would meet its fault.
    pub fires: bool,
    /// Why, or why not.
    pub because: String,
}

impl fmt::Display for Ruling {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fires => out.write_str("it meets the call"),
            Self::Elsewhere(objection) => out.write_str(objection),
            Self::OtherPlace(place) => write!(out, "this is call number {place} of its row"),
            Self::OtherTime => out.write_str("it is outside of its window"),
            Self::OtherAttempt(attempt) => write!(out, "this is attempt number {attempt}"),
            Self::ByChance(drawn) => write!(out, "the lot drew {drawn:.3}"),
            Self::Exhausted => out.write_str("it has met as many calls of the row as `max` allows"),
            Self::OverBudget => out.write_str("the budget is spent"),
        }
    }
}
