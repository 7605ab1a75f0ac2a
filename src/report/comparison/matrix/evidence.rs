//! What is behind a verdict of the matrix: the cases that did not pass, and what was found wanting in them.

use crate::comparison::Run;
use crate::comparison::matrix::Column;
use crate::outcome::{CaseOutcome, CaseVerdict, Finding, Verdict, phrase};
use crate::requirement::RequirementId;

/// How many cases of a verdict are shown, and how many findings of a case.
const SHOWN_CASES: usize = 5;
const SHOWN_FINDINGS: usize = 2;

/// The verdict of one run on one requirement.
pub(super) struct Cell<'a> {
    /// The run.
    pub(super) title: &'a str,
    /// None where no case judged it.
    pub(super) verdict: Option<Verdict>,
    /// The cases that did not pass, as far as they are shown.
    pub(super) found: Vec<Found<'a>>,
    /// How many more there are.
    pub(super) more: Option<String>,
}

/// What a case says of the requirement.
pub(super) struct Found<'a> {
    /// The case.
    pub(super) id: &'a str,
    /// Why, where no finding says it.
    pub(super) because: Option<&'a str>,
    /// What was found wanting.
    pub(super) findings: Vec<&'a Finding>,
}

impl<'a> Cell<'a> {
    /// Of a run's verdict on a requirement.
    pub(super) fn of(
        column: &'a Column,
        run: &Run<'a>,
        (id, verdict): (&RequirementId, Option<Verdict>),
    ) -> Self {
        let own = |case: &'a CaseOutcome| {
            let own = case.verdicts.iter().find(|own| own.requirement == *id);
            own.filter(|own| own.verdict != Verdict::Pass).map(|own| (case, own))
        };
        let mut found: Vec<_> = run.outcome.cases.iter().filter_map(own).collect();
        // The gravest first, as far as they are shown.
        found.sort_by_key(|(_, own)| Verdict::ALL.iter().position(|verdict| *verdict == own.verdict));
        let more = found.len().saturating_sub(SHOWN_CASES);
        Self {
            title: &column.title,
            verdict,
            found: found.into_iter().take(SHOWN_CASES).map(|(case, own)| evidence(case, own)).collect(),
            more: (more > 0).then(|| phrase::count(more, "more case")),
        }
    }
}

fn evidence<'a>(case: &'a CaseOutcome, own: &'a CaseVerdict) -> Found<'a> {
    let findings = case.findings.iter().filter(|finding| finding.requirements.contains(&own.requirement));
    Found {
        id: &case.id,
        because: own.because.as_deref().or(case.not_run.as_deref()),
        findings: findings.take(SHOWN_FINDINGS).collect(),
    }
}
