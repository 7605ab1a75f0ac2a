//! Small mutants for tests.

use super::mutant::{Kill, Mutant};
use crate::mock::DEFECTS;
use crate::outcome::{CaseOutcome, Finding, Recorded, RecordedAnswer, RecordedExchange, Verdict, sample};
use crate::requirement::RequirementId;
use crate::source::{SourceMap, Span};
use std::time::Duration;

/// The mutant of the defect with this number, killed by these cases.
pub(crate) fn mutant(number: usize, killers: &[&str]) -> Mutant {
    let defect = &DEFECTS[number];
    let violated = |case: &&str| violated(case, &[defect.requirements[0]]);
    Mutant { defect, tried: 3, kills: killers.iter().map(violated).collect(), strays: Vec::new() }
}

pub(crate) fn violated(case: &str, requirements: &[&str]) -> Kill {
    Kill {
        case: case.to_owned(),
        requirements: requirements.iter().map(|id| RequirementId::new(id)).collect(),
        step: "1, \"ask\"".to_owned(),
        place: "status".to_owned(),
    }
}

/// A finding that cites these requirements.
pub(crate) fn finding(requirements: &[&str], signature: &str) -> Finding {
    Finding {
        requirements: requirements.iter().map(|id| RequirementId::new(id)).collect(),
        step: "1, \"ask\"".to_owned(),
        place: "status".to_owned(),
        expected: "200".to_owned(),
        actual: "500".to_owned(),
        span: Span::new(SourceMap::default().add("nowhere.yaml", ""), 0..0),
        exchange: Some(0),
        signature: signature.to_owned(),
    }
}

/// A case with an exchange for each of these steps; its URL is its number.
pub(crate) fn case_with_steps(steps: &[&str]) -> CaseOutcome {
    let exchange = |(number, step): (usize, &&str)| RecordedExchange {
        step: (*step).to_owned(),
        principal: "owner".to_owned(),
        method: "GET".to_owned(),
        url: format!("/{number}"),
        request: Recorded::default(),
        answer: RecordedAnswer::None("closed".to_owned()),
        sent: Duration::ZERO,
        first_byte: None,
        complete: Duration::ZERO,
        note: None,
        oddities: Vec::new(),
    };
    let exchanges = steps.iter().enumerate().map(exchange).collect();
    CaseOutcome { exchanges, ..sample::case(&RequirementId::new("TST-MAIN-01"), Verdict::Pass) }
}
