//! A rule for clients: what it asks for, where that comes from, and where a client can be tried on it.

use super::{Asked, section};
use crate::cli::suite;
use crate::client::situation::{self, Situation};
use crate::rule::{Rule, rule};
use crate::source::SourceMap;

/// A rule with its clauses and the situations that exercise it.
pub(super) fn explain(id: &str, asked: &Asked<'_>) -> Option<String> {
    let rule = rule(id)?;
    let mut text = format!("{} ({})\n  {}\n  fix: {}\n", rule.id, rule.level, rule.statement, rule.fix);
    text.push_str(&section("follows from", &clauses(rule, asked)));
    text.push_str(&section("exercised by `orchspec client run` in", &exercising(rule)));
    Some(text)
}

fn clauses(rule: &Rule, asked: &Asked<'_>) -> Vec<String> {
    let clause = |id: &&str| {
        let requirement = asked.suite().registries.iter().find_map(|registry| registry.requirement(id));
        let policies = asked.suite().registries.iter().flat_map(|registry| &registry.policies);
        let policy = { policies }.find(|key| key.row == *id);
        match (requirement, policy) {
            (Some(requirement), _) => format!("{id}  {}", requirement.statement),
            (None, Some(key)) => format!("{id}  {}", key.summary),
            (None, None) => (*id).to_owned(),
        }
    };
    rule.clauses.iter().map(clause).collect()
}

/// The built-in situations that exercise a rule; one that cannot be read is told by `client run`.
fn exercising(rule: &Rule) -> Vec<String> {
    let (mut sources, mut diagnostics) = (SourceMap::default(), Vec::new());
    let read = |(path, bytes): (&str, &[u8])| {
        let text = String::from_utf8_lossy(bytes);
        let source = sources.add(path, text.as_ref());
        situation::parse(path.trim_end_matches(".yaml"), source, &text, &mut diagnostics)
    };
    let situations = suite::situations().filter_map(read);
    let exercises = |own: &Situation| own.exercises.iter().any(|other| other.id == rule.id);
    situations.filter(exercises).map(|own| format!("{}  {}", own.id, own.title)).collect()
}
