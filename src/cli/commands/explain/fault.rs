//! A fault plan that the program brings with it, or something that a fault can do.

use super::{Asked, section};
use crate::mock::fault::{self, Action, Fault, FaultPlan, PRESETS, Preset};

/// A preset with its rules, or an action with its phases.
pub(super) fn explain(id: &str, _: &Asked<'_>) -> Option<String> {
    fault::preset(id).map(plan).or_else(|| fault::action(id).map(action))
}

/// Everything that can be asked for.
pub(super) fn names() -> Vec<String> {
    let presets = PRESETS.iter().map(|preset| preset.name.to_owned());
    presets.chain(fault::actions().into_iter().map(|action| action.word.to_owned())).collect()
}

fn plan(preset: &Preset) -> String {
    let plan = FaultPlan::preset(preset.name).unwrap_or_default();
    let title = plan.title().unwrap_or_default();
    let rules: Vec<String> = plan.rules().iter().map(rule).collect();
    let text: Vec<String> =
        preset.text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    format!(
        "{name}, a fault plan\n  {title}\n{}{}  try it: orchspec mock --faults {name}\n",
        section("rules", &rules),
        section("in full", &text),
        name = preset.name,
    )
}

fn rule(rule: &Fault) -> String {
    format!("{}: {}, {}", rule.name(), rule.does().join(" and "), rule.phase().sentence())
}

fn action(action: Action) -> String {
    let phases: Vec<String> =
        action.phases.iter().map(|phase| format!("{}: {}", phase.word(), phase.sentence())).collect();
    let phases = section("goes with the phases, the first if none is given", &phases);
    format!("{}, what a fault can do\n  {}\n{phases}", action.word, action.doc)
}
