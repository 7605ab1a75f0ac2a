//! What a case has seen so far: the outcome of every check, findings, exchanges and counts.

use std::collections::BTreeMap;

use super::snapshot::Taken;
use crate::check::{Judgement, Leg, Mismatch};
use crate::outcome::{CheckOutcome, Finding, RecordedExchange, SnapshotOutcome, signature};
use crate::plan::{CheckId, CheckInfo, Program};
use crate::target::Masks;

/// What came of one check.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// The outcome so far; none if nobody looked.
    pub(super) outcome: Option<CheckOutcome>,
    /// Why it is neither held nor violated, or held only with a warning.
    pub(super) because: Option<String>,
    /// Whether it was held only because a policy is lenient.
    pub(super) warned: bool,
}

/// The record of a case.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) entries: Vec<Entry>,
    pub(super) findings: Vec<Finding>,
    pub(super) exchanges: Vec<RecordedExchange>,
    pub(super) taken: Vec<Taken>,
    /// The answers of every step, by the place where it is written, if a snapshot keeps the flow.
    pub(super) legs: BTreeMap<u32, Leg>,
    pub(super) snapshots: Vec<SnapshotOutcome>,
    pub(super) disturbances: u32,
    pub(super) jobs_created: u32,
}

impl Ledger {
    /// A record in which no check was looked at yet.
    pub(super) fn new(program: &Program) -> Self {
        Self { entries: vec![Entry::default(); program.checks.len()], ..Self::default() }
    }

    /// Forgets what was judged, and keeps what was exchanged and counted: the case starts over.
    pub(super) fn start_over(&mut self) {
        self.entries.iter_mut().for_each(|entry| *entry = Entry::default());
        self.findings.clear();
        self.taken.clear();
        self.legs.clear();
        self.snapshots.clear();
    }

    /// Notes the outcome of a check on one occasion.
    pub(super) fn note(&mut self, id: CheckId, outcome: CheckOutcome, because: Option<String>) {
        let Some(entry) = self.entries.get_mut(id.0) else { return };
        let graver = entry.outcome.is_none_or(|so_far| outcome > so_far);
        if graver {
            entry.outcome = Some(outcome);
            entry.because = because;
        }
    }

    /// Notes what a check says of an exchange.
    pub(super) fn judged(&mut self, id: CheckId, info: &CheckInfo, judgement: Judgement, seen: Seen<'_>) {
        match judgement {
            Judgement::Held => self.note(id, CheckOutcome::Held, None),
            Judgement::HeldWithWarning(because) => {
                self.note(id, CheckOutcome::Held, Some(because));
                if let Some(entry) = self.entries.get_mut(id.0) {
                    entry.warned = true;
                }
            }
            Judgement::Vacuous(because) => self.note(id, CheckOutcome::Vacuous, Some(because)),
            Judgement::NotReached(because) => self.note(id, CheckOutcome::NotReached, Some(because)),
            Judgement::Violated(mismatches) => {
                self.note(id, CheckOutcome::Violated, None);
                let asides = std::iter::once(seen.aside).chain(std::iter::repeat(None));
                let told = mismatches.into_iter().zip(asides);
                let found = told.map(|(mismatch, aside)| finding(info, mismatch, Seen { aside, ..seen }));
                self.findings.extend(found);
            }
        }
    }

    /// The number that the next exchange gets.
    pub(super) fn next_exchange(&self) -> usize {
        self.exchanges.len()
    }
}

/// What a judgement looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'a> {
    /// Hides secrets.
    pub(super) masks: &'a Masks,
    /// The exchange, if it was one.
    pub(super) exchange: Option<usize>,
    /// What is told beside the first thing that is not as demanded; it makes the finding no other one.
    pub(super) aside: Option<&'a str>,
}

fn finding(info: &CheckInfo, mismatch: Mismatch, seen: Seen<'_>) -> Finding {
    let Mismatch { place, expected, actual, span } = mismatch;
    let (expected, actual) = (seen.masks.mask(&expected), seen.masks.mask(&actual));
    let signature = signature::of(&info.covers, &info.step, &place, &expected, &actual);
    let actual = match seen.aside {
        Some(aside) => format!("{actual}; {}", seen.masks.mask(aside)),
        None => actual,
    };
    Finding {
        signature,
        requirements: info.covers.clone(),
        step: info.step.clone(),
        place,
        expected,
        actual,
        span,
        exchange: seen.exchange,
    }
}
