//! Verdicts as a text for people: what is wrong first, then a line each for what was exercised.

use std::fmt;

use super::{RuleVerdict, Verdicts};
use crate::outcome::{Verdict, phrase};

impl fmt::Display for Verdicts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for own in self.rules.iter().filter(|own| !own.found().is_empty()) {
            writeln!(out, "{own}")?;
        }
        let (told, untold): (Vec<_>, Vec<_>) = self.rules.iter().partition(|own| own.is_told());
        for own in &told {
            let looks = phrase::count(usize::try_from(own.judgement.exercised).unwrap_or(usize::MAX), "look");
            writeln!(out, "{:12} {:12} {looks:>9}  {}", own.rule.id, own.verdict, own.rule.statement)?;
        }
        if !told.is_empty() && !untold.is_empty() {
            writeln!(out)?;
        }
        if !untold.is_empty() {
            let ids: Vec<&str> = untold.iter().map(|own| own.rule.id).collect();
            writeln!(out, "not exercised: {}", ids.join(", "))?;
        }
        self.because.iter().try_for_each(|because| writeln!(out, "in doubt: {because}"))?;
        write!(out, "{}", self.last_line())
    }
}

impl Verdicts {
    /// One line that says how it stands.
    pub fn last_line(&self) -> String {
        let exchanges = phrase::count(usize::try_from(self.exchanges).unwrap_or(usize::MAX), "request");
        let told = self.rules.iter().filter(|own| own.is_told()).count();
        let all = format!("{told} of {} rules exercised by {exchanges}", self.rules.len());
        format!("clients: {} ({all})", self.verdict())
    }
}

/// What was found by one rule: the first of it, and how much more there is.
impl fmt::Display for RuleVerdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let doubtful = if self.is_violated() { "" } else { " (perhaps)" };
        let word = if self.is_violated() { self.verdict } else { Verdict::Inconclusive };
        writeln!(out, "{} {}{doubtful}: {}", word.word().to_uppercase(), self.rule.id, self.rule.statement)?;
        for found in self.found().iter().take(SHOWN) {
            writeln!(out, "  journal {}: {}", found.exchange, found.place)?;
            writeln!(out, "    expected  {}\n    actual    {}", found.expected, found.actual)?;
        }
        if let Some(more) = self.found().len().checked_sub(SHOWN).filter(|more| *more > 0) {
            writeln!(out, "  and {more} more")?;
        }
        writeln!(out, "  fix: {}", self.rule.fix)
    }
}

/// So many findings of one rule are shown.
const SHOWN: usize = 3;
