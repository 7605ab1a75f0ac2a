//! Lists for people, as tables.

use super::{coverage, written};
use crate::check::MATCHERS;
use crate::cli::args::Listing;
use crate::cli::table;
use crate::mock::DEFECTS;
use crate::mock::fault::{self, FaultPlan, PRESETS};
use crate::plan::{Program, Suite};
use crate::requirement::Requirement;
use crate::rule::{RULES, Rule};

/// A line for each thing.
pub(super) fn render(what: Listing, suite: &Suite) -> String {
    table::render(&match what {
        Listing::Scenarios => scenarios(suite),
        Listing::Requirements => requirements(suite),
        Listing::Policies => policies(suite),
        Listing::Matchers => {
            MATCHERS.iter().map(|matcher| vec![matcher.name.to_owned(), matcher.doc.to_owned()]).collect()
        }
        Listing::Defects => {
            DEFECTS.iter().map(|defect| vec![defect.id.to_owned(), defect.sentence.to_owned()]).collect()
        }
        Listing::Faults => faults(),
        Listing::Rules => RULES.iter().map(rule).collect(),
    })
}

fn rule(rule: &Rule) -> Vec<String> {
    vec![rule.id.to_owned(), rule.level.to_string(), rule.statement.to_owned()]
}

fn scenarios(suite: &Suite) -> Vec<Vec<String>> {
    let row = |program: &Program| vec![program.scenario.id.clone(), program.scenario.title.clone()];
    suite.programs.iter().map(|program| row(program)).collect()
}

/// The presets, and behind them what a rule of a plan can do.
fn faults() -> Vec<Vec<String>> {
    let presets = PRESETS.iter().map(|preset| {
        let plan = FaultPlan::preset(preset.name).unwrap_or_default();
        vec![preset.name.to_owned(), "preset".to_owned(), plan.title().unwrap_or_default().to_owned()]
    });
    let actions = fault::actions().into_iter().map(|action| {
        let phases: Vec<&str> = action.phases.iter().map(|phase| phase.word()).collect();
        vec![action.word.to_owned(), phases.join(", "), action.doc.to_owned()]
    });
    presets.chain(actions).collect()
}

fn requirements(suite: &Suite) -> Vec<Vec<String>> {
    let heading = ["requirement", "level", "scenarios", "checks", "defects", "statement"];
    let all = suite.registries.iter().flat_map(|registry| &registry.requirements);
    let rows = all.map(|requirement| requirement_row(requirement, suite));
    std::iter::once(heading.map(str::to_owned).to_vec()).chain(rows).collect()
}

fn requirement_row(requirement: &Requirement, suite: &Suite) -> Vec<String> {
    let statement = match &requirement.untested {
        Some(reason) => format!("{} (not judged: {reason})", requirement.statement),
        None => requirement.statement.clone(),
    };
    let id = &requirement.id;
    vec![
        id.to_string(),
        requirement.level.to_string(),
        coverage::scenarios(id, suite).len().to_string(),
        coverage::checks(id, suite).len().to_string(),
        coverage::defects(id).len().to_string(),
        statement,
    ]
}

fn policies(suite: &Suite) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for registry in &suite.registries {
        for key in &registry.policies {
            let values: Vec<String> = key.values.iter().map(written).collect();
            let name = format!("{}.policy.{}", registry.profile, key.name);
            rows.push(vec![name, values.join(" | "), key.summary.clone()]);
        }
    }
    rows
}
