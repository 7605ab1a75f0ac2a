//! What faults have met so far: calls in their rows, losses of each job, and how often each rule came into its own.

use std::collections::BTreeMap;

use super::subject::{Subject, digest};
use super::{CountBy, Fault};
use crate::mock::bounded::Bounded;
use crate::mock::protocol::Operation;

/// One row of calls that a rule counts: the rule's place in the plan, and what the calls have in common.
pub(super) type Row = (usize, u64);

/// What was counted so far. It forgets the jobs and callers that came first, when there are very many.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    rows: Bounded<Row, Counted>,
    losses: Bounded<u64, Losses>,
    /// What stands for a job of this number in the engine.
    jobs: Bounded<u64, u64>,
    /// How many jobs were started by calls that said the same.
    copies: Bounded<u64, u64>,
}

/// One row of calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counted {
    /// How many there were.
    pub(super) calls: u64,
    /// How many of them met the rule's fault.
    pub(super) met: u64,
}

/// The calls about one job that failed.
#[derive(Debug, Clone, Default)]
struct Losses {
    by_chance: u64,
    streaks: BTreeMap<Operation, u64>,
}

impl Tally {
    /// The row of a rule in which this call stands.
    pub(super) fn row(&self, (index, rule): (usize, &Fault), subject: &Subject<'_>, connection: u64) -> Row {
        let row = match rule.count_by {
            CountBy::Session => 0,
            CountBy::Job => self.job(subject),
            CountBy::Client => subject.client(),
            CountBy::Connection => connection,
        };
        (index, row)
    }

    /// What stands for the job that a call is about: what was said when it was started, so that it does not matter
    /// which other jobs there are.
    pub(super) fn job(&self, subject: &Subject<'_>) -> u64 {
        let known = subject.job.and_then(|job| self.jobs.get(job).copied());
        known.unwrap_or_else(|| match subject.job {
            Some(job) => digest(&["job", &job.to_string()]),
            None => subject.content(),
        })
    }

    /// A call has started a job. The second job of calls that say the same has a row of its own.
    pub(super) fn started(&mut self, content: u64, job: u64) {
        if self.jobs.get(job).is_some() {
            return;
        }
        let copies = self.copies.entry(content);
        *copies += 1;
        let own = if *copies == 1 { content } else { digest(&[&content.to_string(), &copies.to_string()]) };
        *self.jobs.entry(job) = own;
    }

    pub(super) fn counted(&self, row: Row) -> Counted {
        self.rows.get(row).copied().unwrap_or_default()
    }

    /// Counts a call, and whether it met the rule's fault.
    pub(super) fn count(&mut self, row: Row, met: bool) {
        let counted = self.rows.entry(row);
        counted.calls += 1;
        counted.met += u64::from(met);
    }

    /// How many calls of the same kind about this job failed just before.
    pub(super) fn streak(&self, job: u64, operation: Operation) -> u64 {
        self.losses.get(job).and_then(|own| own.streaks.get(&operation)).copied().unwrap_or_default()
    }

    /// How many calls about this job failed by chance.
    pub(super) fn lost_by_chance(&self, job: u64) -> u64 {
        self.losses.get(job).map_or(0, |own| own.by_chance)
    }

    /// A call about this job fails, or does not.
    pub(super) fn end(&mut self, job: u64, operation: Operation, loss: Option<Loss>) {
        if loss.is_none() && self.losses.get(job).is_none() {
            return;
        }
        let own = self.losses.entry(job);
        own.by_chance += u64::from(loss == Some(Loss::ByChance));
        match loss {
            Some(_) => *own.streaks.entry(operation).or_default() += 1,
            None => _ = own.streaks.remove(&operation),
        }
    }
}

/// Why a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    /// A rule draws lots.
    ByChance,
    /// A rule says so.
    ByRule,
}
