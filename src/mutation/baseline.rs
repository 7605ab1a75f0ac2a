//! What the clean mock shows: a mutant is told from it by what differs.

use std::collections::{BTreeMap, BTreeSet};

use super::bench::Bench;
use crate::mock::{Defect, Traffic};
use crate::outcome::{CaseOutcome, Finding};
use crate::plan::TestCase;

/// What every case found on the clean mock, and what it asked for.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    cases: BTreeMap<String, Clean>,
}

#[derive(Debug, Clone, Default)]
struct Clean {
    traffic: Traffic,
    signatures: BTreeSet<String>,
    exchanges: usize,
}

impl Baseline {
    /// Runs every case on the clean mock.
    pub fn take(bench: &Bench<'_>) -> Result<Self, String> {
        let (outcome, traffic) = bench.watch()?;
        let mut baseline = Self::of(&outcome.cases);
        for (id, traffic) in traffic {
            baseline.cases.entry(id).or_default().traffic = traffic;
        }
        Ok(baseline)
    }

    pub(super) fn of(cases: &[CaseOutcome]) -> Self {
        let clean = |case: &CaseOutcome| Clean {
            traffic: Traffic::default(),
            signatures: case.findings.iter().map(|finding| finding.signature.clone()).collect(),
            exchanges: case.exchanges.len(),
        };
        Self { cases: cases.iter().map(|case| (case.id.clone(), clean(case))).collect() }
    }

    /// The cases in which the defect can strike at all, in the order of the plan.
    pub(super) fn touched(&self, bench: &Bench<'_>, defect: &Defect) -> Vec<TestCase> {
        let is_touched = |case: &&TestCase| {
            self.cases.get(&case.id).is_some_and(|clean| defect.could_strike(&clean.traffic))
        };
        bench.plan.runnable().filter(is_touched).cloned().collect()
    }

    /// How much there is to do for a defect, in exchanges of the clean mock.
    pub(super) fn work(&self, defect: &Defect) -> usize {
        let touched = self.cases.values().filter(|clean| defect.could_strike(&clean.traffic));
        touched.map(|clean| clean.exchanges).sum()
    }

    /// Whether the clean mock does not show this as well.
    pub(super) fn is_new(&self, case: &str, finding: &Finding) -> bool {
        self.cases.get(case).is_none_or(|clean| !clean.signatures.contains(&finding.signature))
    }
}
