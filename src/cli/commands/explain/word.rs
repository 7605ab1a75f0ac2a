//! Words of the language and names of files: matchers, defects, scenarios.

use std::fmt::Write as _;

use super::requirement::section;
use crate::check::MATCHERS;
use crate::mock::DEFECTS;
use crate::plan::{Program, Suite};

/// A matcher with its example.
pub(super) fn matcher(id: &str, _: &Suite) -> Option<String> {
    let found = MATCHERS.iter().find(|matcher| matcher.name == id)?;
    Some(format!(
        "{}, a matcher\n  {}\n{}",
        found.name,
        found.doc,
        section("example", &[found.example.to_owned()])
    ))
}

/// A defect of the mock with the requirements that it breaks.
pub(super) fn defect(id: &str, _: &Suite) -> Option<String> {
    let found = DEFECTS.iter().find(|defect| defect.id == id)?;
    let broken: Vec<String> = found.requirements.iter().map(|id| (*id).to_owned()).collect();
    let mut text = format!("{}, a defect of the mock\n  {}\n", found.id, found.sentence);
    text.push_str(&section("violates", &broken));
    let _ = writeln!(text, "  see it judged: orchspec run --defect {}", found.id);
    Some(text)
}

/// A scenario with what it cites.
pub(super) fn scenario(id: &str, suite: &Suite) -> Option<String> {
    let program = suite.programs.iter().find(|program| program.scenario.id == id)?;
    let cited: Vec<String> = program.requirements().iter().map(ToString::to_string).collect();
    let steps: Vec<String> = program.steps.iter().map(|step| step.label.clone()).collect();
    let mut text = format!("{id}, a scenario\n  {}\n", program.scenario.title);
    text.push_str(&section("cases", &case_names(program)));
    text.push_str(&section("steps", &steps));
    text.push_str(&section("judges", &cited));
    Some(text)
}

/// The names of everything here.
pub(super) fn names(suite: &Suite) -> Vec<String> {
    let matchers = MATCHERS.iter().map(|matcher| matcher.name.to_owned());
    let defects = DEFECTS.iter().map(|defect| defect.id.to_owned());
    let scenarios = suite.programs.iter().map(|program| program.scenario.id.clone());
    matchers.chain(defects).chain(scenarios).collect()
}

fn case_names(program: &Program) -> Vec<String> {
    program.scenario.cases.iter().map(|row| row.name.clone()).filter(|name| !name.is_empty()).collect()
}
