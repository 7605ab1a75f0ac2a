//! Small outcomes for tests: a registry of given levels, and a case that judges one requirement.

use std::time::Duration;

use super::baseline::Entry;
use super::{CaseOutcome, CaseVerdict, Finding, Verdict};
use crate::requirement::{Level, Record, Registry, Requirement, RequirementId, Who};
use crate::source::{SourceMap, Span};

/// A protocol `tst` with one requirement of each of these levels.
pub(crate) fn registry(levels: &[Level]) -> Registry {
    let requirement = |(index, level): (usize, &Level)| Requirement {
        id: RequirementId::new(&format!("TST-MAIN-{:02}", index + 1)),
        level: *level,
        who: vec![Who::Server],
        statement: format!("Demand number {}.", index + 1),
        clause: "first paragraph".to_owned(),
        record: Record::Never,
        policy: Vec::new(),
        capability: None,
        untested: None,
        span: nowhere(),
    };
    Registry {
        is_implied: false,
        profile: "tst".to_owned(),
        title: "Test protocol".to_owned(),
        source: "nothing".to_owned(),
        policies: Vec::new(),
        capabilities: Vec::new(),
        requirements: levels.iter().enumerate().map(requirement).collect(),
        span: nowhere(),
    }
}

/// A case that judges one requirement.
pub(crate) fn case(id: &RequirementId, verdict: Verdict) -> CaseOutcome {
    CaseOutcome {
        id: format!("tst/main/{}", verdict.word()),
        title: "A case".to_owned(),
        profile: "tst".to_owned(),
        span: nowhere(),
        verdicts: vec![CaseVerdict { requirement: id.clone(), verdict, because: None, policy: None }],
        findings: Vec::new(),
        failed_controls: Vec::new(),
        not_run: (verdict == Verdict::Error).then(|| "nobody listens at 127.0.0.1:9".to_owned()),
        snapshots: Vec::new(),
        exchanges: Vec::new(),
        disturbances: 0,
        jobs_created: 0,
        duration: Duration::ZERO,
    }
}

/// A finding of one requirement.
pub(crate) fn finding(id: &RequirementId) -> Finding {
    Finding {
        requirements: vec![id.clone()],
        step: "1, \"call\"".to_owned(),
        place: "status".to_owned(),
        expected: "200".to_owned(),
        actual: "500".to_owned(),
        span: nowhere(),
        exchange: None,
        signature: String::new(),
    }
}

/// An entry of a baseline that excuses a failure.
pub(crate) fn entry(case: &str, requirement: &str, signature: &str) -> Entry {
    Entry {
        case: case.to_owned(),
        requirement: RequirementId::new(requirement),
        expect: Verdict::Fail,
        signature: signature.to_owned(),
        reason: "the next version mends it".to_owned(),
        issue: None,
        expires: None,
    }
}

fn nowhere() -> Span {
    Span::new(SourceMap::default().add("nowhere.yaml", ""), 0..0)
}
