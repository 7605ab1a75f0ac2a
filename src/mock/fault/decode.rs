//! Fault plans in YAML or JSON to plans; every mistake of the whole plan is told.

mod action;
mod conditions;

use std::sync::Arc;

use super::check::{self, Mistake};
use super::shape::{BUDGET, INLINE, RULE, SHAPE};
use super::{Budget, CountBy, Fault, FaultError, FaultPlan, PRESETS, Phase, preset};
use crate::diagnostic::{Diagnostic, has_errors, nearest};
use crate::mock::configuration::Configuration;
use crate::source::{SourceId, SourceMap, Span};
use crate::yaml::{self, Fields, Node};

type Found = Vec<Diagnostic>;

/// Reads a file; what is wrong with it is added to `diagnostics`. `configuration` is the mock that it is for.
pub fn parse(
    source: SourceId,
    text: &str,
    configuration: &Configuration,
    diagnostics: &mut Found,
) -> Option<FaultPlan> {
    let node = yaml::parse(source, text, diagnostics)?;
    let fields = Fields::open(&node, &SHAPE, diagnostics)?;
    check_version(fields, diagnostics);
    plan(fields, configuration, diagnostics)
}

/// Reads a plan that stands within something else.
fn inline(node: &Node, configuration: &Configuration, diagnostics: &mut Found) -> Option<FaultPlan> {
    let fields = Fields::open(node, &INLINE, diagnostics)?;
    check_version(fields, diagnostics);
    plan(fields, configuration, diagnostics)
}

/// Reads rules alone.
pub fn rules(nodes: &[Node], configuration: &Configuration, diagnostics: &mut Found) -> FaultPlan {
    let read: Vec<(Fault, &Node)> =
        nodes.iter().filter_map(|node| Some((rule(node, diagnostics)?, node))).collect();
    let (rules, nodes): (Vec<Fault>, Vec<&Node>) = read.into_iter().unzip();
    let mut mistakes = check::mistakes(&rules);
    mistakes.extend(check::unserved(&rules, configuration));
    diagnostics.extend(mistakes.iter().map(|mistake| told(mistake, nodes[mistake.rule])));
    FaultPlan { rules: rules.into(), ..FaultPlan::default() }
}

fn check_version(fields: Fields<'_>, diagnostics: &mut Found) {
    let Some(node) = fields.get("faults") else { return };
    if yaml::integer(node, diagnostics).is_some_and(|version| version.value != 1) {
        let message = format!("there is no version {} of a fault plan", node.describe());
        diagnostics.push(Diagnostic::error("version", message).at(node.span, "").help("write `faults: 1`"));
    }
}

fn plan(fields: Fields<'_>, configuration: &Configuration, diagnostics: &mut Found) -> Option<FaultPlan> {
    let nodes = yaml::list(fields.get("rules")?, diagnostics);
    let plan = rules(nodes, configuration, diagnostics);
    Some(FaultPlan {
        title: text(fields, "title", diagnostics),
        seed: number(fields, "seed", diagnostics),
        budget: fields.get("budget").and_then(|node| budget(node, diagnostics)).unwrap_or_default(),
        ..plan
    })
}

fn budget(node: &Node, diagnostics: &mut Found) -> Option<Budget> {
    let fields = Fields::open(node, &BUDGET, diagnostics)?;
    Some(Budget {
        max_consecutive: number(fields, "max_consecutive", diagnostics),
        max_per_job: number(fields, "max_per_job", diagnostics),
    })
}

fn rule(node: &Node, diagnostics: &mut Found) -> Option<Fault> {
    let fields = Fields::open(node, &RULE, diagnostics)?;
    let count_by = fields.get("count_by").and_then(|node| yaml::choice(node, &CountBy::WORDS, diagnostics));
    let phase = fields.get("phase").and_then(|node| yaml::choice(node, &Phase::WORDS, diagnostics));
    let when = fields.get("when").map(|node| conditions::when(node, diagnostics));
    let on = fields.get("on").map(|node| conditions::calls(node, diagnostics));
    let action = fields.get("do").map(|node| action::action(node, diagnostics));
    let name = text(fields, "name", diagnostics);
    let (delay, effect) = action??;
    Some(Fault {
        name: name?,
        on: on??,
        when: when.unwrap_or_else(|| Some(super::When::default()))?,
        count_by: count_by.map(|own| own.value).unwrap_or_default(),
        phase: phase.map(|own| own.value),
        delay,
        effect,
        max: number(fields, "max", diagnostics),
        combine: flag(fields, "combine", diagnostics),
        optional: flag(fields, "optional", diagnostics),
    })
}

/// A mistake at the key where it stands; at the rule, if that key is not there.
fn told(mistake: &Mistake, rule: &Node) -> Diagnostic {
    let mut place = rule;
    for key in mistake.key {
        place = place.get(key).unwrap_or(place);
    }
    Diagnostic::error(mistake.code, mistake.message.clone()).at(place.span, "").help(mistake.help)
}

fn text(fields: Fields<'_>, key: &str, diagnostics: &mut Found) -> Option<Arc<str>> {
    Some(yaml::text(fields.get(key)?, diagnostics)?.value.into())
}

fn number(fields: Fields<'_>, key: &str, diagnostics: &mut Found) -> Option<u64> {
    Some(yaml::integer(fields.get(key)?, diagnostics)?.value)
}

fn flag(fields: Fields<'_>, key: &str, diagnostics: &mut Found) -> bool {
    fields.get(key).and_then(|node| yaml::boolean(node, diagnostics)).is_some_and(|own| own.value)
}

/// Reads what stands where a plan is asked for: the plan, or the name of a preset.
pub fn plan_or_preset(
    node: &Node,
    configuration: &Configuration,
    diagnostics: &mut Found,
) -> Option<FaultPlan> {
    let Some(name) = node.as_text() else { return inline(node, configuration, diagnostics) };
    match named(name, configuration) {
        Ok(plan) => Some(plan),
        Err(FaultError(message)) => {
            let help = "`orchspec list faults` shows the presets";
            diagnostics.push(Diagnostic::error("unknown-faults", message).at(node.span, "").help(help));
            None
        }
    }
}

/// Reads a plan, or the name of a preset, out of a message.
pub fn from_json(value: &serde_json::Value, configuration: &Configuration) -> Result<FaultPlan, FaultError> {
    let source = SourceMap::default().add("faults", "");
    let node = Node::from_json(value, Span { source, start: 0, end: 0 });
    let mut found = Vec::new();
    let plan = plan_or_preset(&node, configuration, &mut found);
    plan.filter(|_| !has_errors(&found)).ok_or_else(|| FaultError(messages(&found)))
}

/// The preset of this name, for such a mock.
fn named(name: &str, configuration: &Configuration) -> Result<FaultPlan, FaultError> {
    let names = PRESETS.iter().map(|preset| preset.name);
    let Some(preset) = preset(name) else {
        let way_out = match nearest(name, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
        };
        return Err(FaultError(format!("there is no preset `{name}`; {way_out}")));
    };
    let source = SourceMap::default().add(preset.name, preset.text);
    let mut found = Vec::new();
    let plan = parse(source, preset.text, configuration, &mut found);
    plan.filter(|_| !has_errors(&found)).ok_or_else(|| FaultError(messages(&found)))
}

/// What is wrong, in one line.
fn messages(found: &[Diagnostic]) -> String {
    found.iter().map(|own| own.message.as_str()).collect::<Vec<_>>().join("; ")
}

impl FaultPlan {
    /// The preset of this name: a plan that the program brings with it.
    pub fn preset(name: &str) -> Result<Self, FaultError> {
        named(name, &Configuration::embedded())
    }
}
