//! A scenario: what it does, and what it judges.

use super::{Asked, section};
use crate::plan::Program;

/// A scenario with what it cites.
pub(super) fn explain(id: &str, asked: &Asked<'_>) -> Option<String> {
    let program = asked.suite().programs.iter().find(|program| program.scenario.id == id)?;
    let cited: Vec<String> = program.requirements().iter().map(ToString::to_string).collect();
    let steps: Vec<String> = program.steps.iter().map(|step| step.label.clone()).collect();
    let mut text = format!("{id}, a scenario\n  {}\n", program.scenario.title);
    text.push_str(&section("cases", &case_names(program)));
    text.push_str(&section("steps", &steps));
    text.push_str(&section("judges", &cited));
    Some(text)
}

fn case_names(program: &Program) -> Vec<String> {
    program.scenario.cases.iter().map(|row| row.name.clone()).filter(|name| !name.is_empty()).collect()
}
