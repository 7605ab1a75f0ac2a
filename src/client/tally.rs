//! The table of a client's verdicts: a line each rule, with how often it was exercised and where it was not kept.

use super::judge::Judged;
use crate::outcome::{RunOutcome, Verdict};
use crate::rule::{RULES, Rule};

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The rule's id.
    pub id: &'static str,
    /// The verdict over all situations.
    pub verdict: Verdict,
    /// How often there was something to look at.
    pub exercised: u64,
    /// What must be so.
    pub statement: &'static str,
    /// What to change.
    pub fix: &'static str,
    /// The situations that show the verdict; empty where all is well.
    pub remark: String,
}

/// A line for each rule that some situation exercises.
pub fn lines(outcome: &RunOutcome, judged: &[Judged]) -> Vec<Line> {
    let of_rule = |rule: &'static Rule| {
        let row = outcome.requirements.iter().find(|row| row.id.as_str() == rule.id)?;
        let exercised = judged.iter().filter_map(|own| own.exercised.get(rule.id)).sum();
        let remark = remark(rule, row.verdict, outcome);
        Some(Line {
            id: rule.id,
            verdict: row.verdict,
            exercised,
            statement: rule.statement,
            fix: rule.fix,
            remark,
        })
    };
    RULES.iter().filter_map(of_rule).collect()
}

fn remark(rule: &Rule, verdict: Verdict, outcome: &RunOutcome) -> String {
    let shows = |case: &&crate::outcome::CaseOutcome| {
        case.verdicts.iter().any(|own| own.requirement.as_str() == rule.id && own.verdict == verdict)
    };
    let cases: Vec<&str> = outcome.cases.iter().filter(shows).map(|case| case.id.as_str()).collect();
    match verdict {
        Verdict::Pass => String::new(),
        Verdict::Inconclusive => format!("not exercised in {}", cases.join(", ")),
        _ => format!("in {}", cases.join(", ")),
    }
}
