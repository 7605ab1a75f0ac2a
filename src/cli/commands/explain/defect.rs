//! A defect of the mock: what it does, what it breaks, where it comes from, who notices, and what that looks like.

use std::fmt::Write as _;

use super::{Asked, example, section};
use crate::mock::{Arming, DEFECTS, Defect};
use crate::mutation::{Baseline, attempt, kills};
use crate::report::describe;
use crate::runner::Interrupt;

/// A defect with all that hangs on it.
pub(super) fn explain(id: &str, asked: &Asked<'_>) -> Option<String> {
    let found = DEFECTS.iter().find(|defect| defect.id == id)?;
    let mut text = format!("{}, a defect of the mock\n  {}\n", found.id, found.sentence);
    let _ = writeln!(text, "  {}", origin(found));
    if let Some(when) = when(found.arming) {
        let _ = writeln!(text, "  strikes {when}");
    }
    text.push_str(&section("shows in", &touched(found)));
    text.push_str(&section("breaks", &broken(found, asked)));
    text.push_str(&section("found by", &killers(found, asked)));
    text.push_str(&example::render(asked, [&found], &|finding| kills(found, finding)));
    let _ = writeln!(text, "  see it judged: orchspec run --defect {}", found.id);
    Some(text)
}

/// `observed: …`, `doc: …` or `invented`.
fn origin(defect: &Defect) -> String {
    let word = defect.provenance.word();
    defect.provenance.source().map_or(word.to_owned(), |source| format!("{word}: {source}"))
}

fn when(arming: Arming) -> Option<String> {
    match arming {
        Arming::Always => None,
        Arming::Nth(nth) => Some(format!("once, at call number {nth} of those that it can touch")),
        Arming::Chance(chance) => Some(format!("with probability {chance} at each call that it can touch")),
    }
}

fn touched(defect: &Defect) -> Vec<String> {
    let affects = defect.affects.iter();
    affects.map(|(operation, aspect)| format!("{}: {}", operation.word(), aspect.word())).collect()
}

fn broken(defect: &Defect, asked: &Asked<'_>) -> Vec<String> {
    let requirement = |id: &&str| {
        let found = asked.suite().registries.iter().find_map(|registry| registry.requirement(id))?;
        Some(format!("{} ({}): {}", found.id, found.level, describe::statement(&found.statement)))
    };
    let line = |id: &&str| requirement(id).unwrap_or_else(|| (*id).to_owned());
    defect.requirements.iter().map(line).collect()
}

/// The checks that kill it, in the order of the suite.
fn killers(defect: &'static Defect, asked: &Asked<'_>) -> Vec<String> {
    let bench = asked.stand.bench(Interrupt::new().1);
    let mutant = Baseline::take(&bench).and_then(|baseline| attempt(&bench, &baseline, defect));
    let Ok(Some(mutant)) = mutant else { return Vec::new() };
    let line = |kill: &crate::mutation::Kill| format!("{}, step {}, at {}", kill.case, kill.step, kill.place);
    let mut lines: Vec<String> = mutant.kills.iter().map(line).collect();
    lines.dedup();
    lines
}
