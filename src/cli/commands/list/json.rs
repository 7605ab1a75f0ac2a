//! Lists as JSON, with everything that is known of each thing.

use serde_json::{Value, json};

use super::coverage;
use crate::check::MATCHERS;
use crate::cli::args::Listing;
use crate::mock::fault::{self, FaultPlan, PRESETS};
use crate::mock::{DEFECTS, Defect};
use crate::plan::{Program, Suite};
use crate::requirement::{Registry, Requirement};
use crate::rule::{RULES, Rule};

/// An array with an object for each thing, and a newline at its end.
pub(super) fn render(what: Listing, suite: &Suite) -> String {
    let registries = suite.registries.iter();
    let list: Vec<Value> = match what {
        Listing::Scenarios => suite.programs.iter().map(|program| scenario(program)).collect(),
        Listing::Requirements => registries
            .flat_map(|registry| &registry.requirements)
            .map(|own| requirement(own, suite))
            .collect(),
        Listing::Policies => registries.flat_map(policies).collect(),
        Listing::Matchers => {
            let matcher =
                |name, doc, example: String| json!({ "name": name, "doc": doc, "example": example });
            MATCHERS.iter().map(|own| matcher(own.name, own.doc, own.written())).collect()
        }
        Listing::Defects => DEFECTS.iter().map(defect).collect(),
        Listing::Faults => faults(),
        Listing::Rules => RULES.iter().map(rule).collect(),
    };
    format!("{:#}\n", Value::Array(list))
}

fn scenario(program: &Program) -> Value {
    let scenario = &program.scenario;
    let cases: Vec<&str> = scenario.cases.iter().map(|row| row.name.as_str()).collect();
    let requirements: Vec<&str> = program.requirements().iter().map(|id| id.as_str()).collect();
    json!({
        "id": scenario.id,
        "title": scenario.title,
        "profile": scenario.profile.value,
        "tags": scenario.tags,
        "cases": cases,
        "requirements": requirements,
    })
}

fn requirement(requirement: &Requirement, suite: &Suite) -> Value {
    let id = &requirement.id;
    let scenarios = coverage::scenarios(id, suite);
    let scenarios: Vec<&str> = scenarios.iter().map(|program| program.scenario.id.as_str()).collect();
    let checks = coverage::checks(id, suite);
    let checks: Vec<Value> = checks
        .iter()
        .map(
            |(scenario, check)| json!({ "scenario": scenario, "step": check.step, "control": check.control }),
        )
        .collect();
    let defects: Vec<&str> = coverage::defects(id).iter().map(|defect| defect.id).collect();
    json!({
        "id": id.as_str(),
        "level": requirement.level.as_str(),
        "who": requirement.who.iter().map(|who| who.letter()).collect::<Vec<_>>(),
        "statement": requirement.statement,
        "clause": requirement.clause,
        "untested": requirement.untested,
        "policies": requirement.policy,
        "capability": requirement.capability,
        "scenarios": scenarios,
        "checks": checks,
        "defects": defects,
    })
}

fn policies(registry: &Registry) -> Vec<Value> {
    let policy = |key: &crate::requirement::PolicyKey| {
        json!({
            "name": key.name,
            "profile": registry.profile,
            "row": key.row,
            "answers": key.values,
            "default": key.default(),
            "summary": key.summary,
        })
    };
    registry.policies.iter().map(policy).collect()
}

/// The presets, each with its plan, and what a rule of a plan can do.
fn faults() -> Vec<Value> {
    let presets = PRESETS.iter().map(|preset| {
        let plan = FaultPlan::preset(preset.name).unwrap_or_default();
        json!({ "preset": preset.name, "title": plan.title(), "plan": plan.to_json() })
    });
    let actions = fault::actions().into_iter().map(|action| {
        let phases: Vec<&str> = action.phases.iter().map(|phase| phase.word()).collect();
        json!({ "action": action.word, "doc": action.doc, "phases": phases })
    });
    presets.chain(actions).collect()
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "level": rule.level.as_str(),
        "statement": rule.statement,
        "clauses": rule.clauses,
        "fix": rule.fix,
    })
}

fn defect(defect: &Defect) -> Value {
    json!({
        "id": defect.id,
        "sentence": defect.sentence,
        "requirements": defect.requirements,
        "provenance": { "kind": defect.provenance.word(), "source": defect.provenance.source() },
    })
}
