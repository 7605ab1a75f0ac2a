//! Verdicts as JSON, the same in the control API and on its page.

use serde_json::{Value, json};

use super::{RuleVerdict, Verdicts};
use crate::rule::Deviation;

/// The form of the document.
pub(super) const FORM: &str = "orchspec/verdicts/1";

/// The words of verdicts on clients.
pub(super) const VERDICTS: [&str; 5] = ["fail", "inconclusive", "warn", "info", "pass"];

impl Verdicts {
    /// One JSON object (`orchspec schema verdicts`).
    pub fn to_json(&self) -> Value {
        json!({
            "schema": FORM,
            "verdict": self.verdict().word(),
            "because": self.because,
            "exchanges": self.exchanges,
            "unjudged": self.strays,
            "rules": self.rules.iter().map(rule).collect::<Vec<_>>(),
        })
    }
}

fn rule(own: &RuleVerdict) -> Value {
    json!({
        "id": own.rule.id,
        "level": own.level.as_str(),
        "verdict": own.verdict.word(),
        "because": own.because(),
        "exercised": own.judgement.exercised,
        "evidence": own.evidence(),
        "findings": own.found().iter().take(SHOWN).map(finding).collect::<Vec<_>>(),
        "more": own.found().len().saturating_sub(SHOWN),
        "statement": own.rule.statement,
        "clauses": own.rule.clauses,
        "fix": own.rule.fix,
    })
}

/// So many findings of one rule are written.
const SHOWN: usize = 20;

fn finding(found: &Deviation) -> Value {
    json!({
        "exchange": found.exchange,
        "place": found.place,
        "expected": found.expected,
        "actual": found.actual,
    })
}
