//! Files of situations to situations; every name that nobody declared is an error.

use serde_json::{Value as Json, json};

use super::shape::{LIMITS, MOCK, REDIRECT_AUTH, SHAPE, TASK};
use super::{Action, Conduct, Limits, Setting, Situation, Task};
use crate::diagnostic::Diagnostic;
use crate::mock::Configuration;
use crate::mock::fault::{self, FaultPlan};
use crate::rule::{RULES, Rule, rule};
use crate::source::SourceId;
use crate::yaml::{self, Fields, Kind, Node};

/// Reads a situation of this id; what is wrong with it is added to `diagnostics`.
pub fn parse(id: &str, source: SourceId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Situation> {
    let node = yaml::parse(source, text, diagnostics)?;
    let fields = Fields::open(&node, &SHAPE, diagnostics)?;
    let setting = fields.get("mock").and_then(|node| setting(node, diagnostics));
    let limits = fields.get("limits").and_then(|node| limits(node, diagnostics));
    Some(Situation {
        id: id.to_owned(),
        title: text_of(fields, "title", diagnostics)?,
        task: task(fields.get("task")?, diagnostics)?,
        setting: setting.unwrap_or_else(Setting::plain),
        limits: limits.unwrap_or_default(),
        client: yaml::choice(fields.get("client")?, &Conduct::WORDS, diagnostics)?.value,
        exercises: rules(fields.get("exercises")?, diagnostics),
        span: node.span,
    })
}

impl Setting {
    fn plain() -> Self {
        Self {
            policies: Vec::new(),
            principal: "owner".to_owned(),
            initial_only: false,
            hold: None,
            foreign: false,
            faults: FaultPlan::default(),
        }
    }
}

fn task(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Task> {
    let fields = Fields::open(node, &TASK, diagnostics)?;
    Some(Task {
        action: yaml::choice(fields.get("action")?, &Action::WORDS, diagnostics)?.value,
        fixture: text_of(fields, "fixture", diagnostics)?,
        arguments: fields.get("arguments").map_or_else(|| json!({}), Node::to_json),
        file: text_of(fields, "file", diagnostics),
        fails: flag(fields, "fails", diagnostics),
        endless: flag(fields, "endless", diagnostics),
    })
}

fn setting(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Setting> {
    let fields = Fields::open(node, &MOCK, diagnostics)?;
    let plain = Setting::plain();
    let policies = fields.get("policy").map_or(&[][..], |node| yaml::mapping(node, diagnostics));
    let policies = policies.iter().map(|(key, node)| (key.value.clone(), scalar(node))).collect();
    let redirect_auth = fields.get("redirect_auth");
    let redirect_auth = redirect_auth.and_then(|node| yaml::choice(node, &REDIRECT_AUTH, diagnostics));
    Some(Setting {
        policies,
        principal: text_of(fields, "principal", diagnostics).unwrap_or(plain.principal),
        initial_only: redirect_auth.is_some_and(|own| own.value),
        hold: fields.get("hold").and_then(|node| yaml::duration(node, diagnostics)).map(|own| own.value),
        foreign: flag(fields, "foreign", diagnostics),
        faults: fields.get("faults").and_then(|node| faults(node, diagnostics)).unwrap_or_default(),
    })
}

fn faults(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<FaultPlan> {
    let mock = Configuration::embedded();
    match &node.kind {
        Kind::Sequence(rules) => Some(fault::rules(rules, &mock, diagnostics)),
        _ => fault::plan_or_preset(node, &mock, diagnostics),
    }
}

fn limits(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Limits> {
    let fields = Fields::open(node, &LIMITS, diagnostics)?;
    let usual = Limits::default();
    let interval = fields.get("interval").and_then(|node| yaml::duration(node, diagnostics));
    let time = fields.get("time").and_then(|node| yaml::duration(node, diagnostics));
    Some(Limits {
        interval: interval.map_or(usual.interval, |own| own.value),
        attempts: number(fields, "attempts", diagnostics).unwrap_or(usual.attempts),
        time: time.map_or(usual.time, |own| own.value),
        requests: number(fields, "requests", diagnostics).unwrap_or(usual.requests),
    })
}

fn rules(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<&'static Rule> {
    let mut rules = Vec::new();
    for node in yaml::list(node, diagnostics) {
        let Some(id) = yaml::text(node, diagnostics) else { continue };
        let Some(rule) = rule(&id.value) else {
            let message = format!("there is no rule `{}` for clients", id.value);
            let unknown = Diagnostic::error("unknown-rule", message).at(id.span, "unknown name");
            diagnostics.push(unknown.suggest(&id.value, RULES.iter().map(|rule| rule.id)));
            continue;
        };
        rules.push(rule);
    }
    rules
}

fn text_of(fields: Fields<'_>, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    Some(yaml::text(fields.get(key)?, diagnostics)?.value)
}

fn number(fields: Fields<'_>, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<u64> {
    Some(yaml::integer(fields.get(key)?, diagnostics)?.value)
}

fn flag(fields: Fields<'_>, key: &str, diagnostics: &mut Vec<Diagnostic>) -> bool {
    fields.get(key).and_then(|node| yaml::boolean(node, diagnostics)).is_some_and(|own| own.value)
}

fn scalar(node: &Node) -> String {
    match node.to_json() {
        Json::String(text) => text,
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::source::SourceMap;

    const WHOLE: &str = "title: a job\ntask: { action: invoke, fixture: echo-post, arguments: { a: 1 } }\n\
        mock: { policy: { redirect_codes: 302 }, faults: [{ name: edge, on: invoke, do: { status: 502 } }] }\n\
        limits: { attempts: 3 }\nclient: failure\nexercises: [CV-RETRY-1]\n";

    fn read(text: &str) -> (Option<Situation>, Vec<String>) {
        let source = SourceMap::default().add("a.yaml", text);
        let mut diagnostics = Vec::new();
        let situation = parse("uipath/a", source, text, &mut diagnostics);
        (situation, diagnostics.into_iter().map(|found| found.message).collect())
    }

    #[test]
    fn a_whole_situation_is_read() {
        let (situation, messages) = read(WHOLE);
        assert_eq!(messages, [""; 0]);
        let situation = situation.unwrap();
        assert_eq!(situation.setting.policies, [("redirect_codes".to_owned(), "302".to_owned())]);
        assert_eq!(situation.setting.faults.rules()[0].name(), "edge");
        assert_eq!((situation.limits.attempts, situation.limits.interval), (3, Limits::default().interval));
        assert_eq!(situation.exercises[0].id, "CV-RETRY-1");
    }

    #[test]
    fn the_limits_of_a_situation_are_shown_as_they_are() {
        let defaults: Vec<String> = super::super::shape::LIMITS
            .keys
            .iter()
            .map(|key| format!("{}: {}", key.name, key.default.unwrap()))
            .collect();
        let (situation, _) = read(&WHOLE.replace("attempts: 3", &defaults.join(", ")));
        assert_eq!(situation.unwrap().limits, Limits::default());
    }

    #[rstest]
    #[case("CV-RETRY-1", "CV-RETRY-9", "there is no rule `CV-RETRY-9` for clients")]
    #[case("status: 502", "status: 99", "99 is no status code of an answer")]
    #[case("action: invoke", "action: call", "`call` is not one of the words that may stand here")]
    #[case("title: a job", "titel: a job", "a situation has no key `titel`")]
    fn every_mistake_has_its_message(#[case] right: &str, #[case] wrong: &str, #[case] expected: &str) {
        let (_, messages) = read(&WHOLE.replace(right, wrong));
        assert_eq!(messages, [expected]);
    }
}
