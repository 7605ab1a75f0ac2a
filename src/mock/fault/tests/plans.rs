//! Plans as they are written, read, and written again.

use rstest::rstest;

use crate::mock::Configuration;
use crate::mock::fault::{FaultPlan, PRESETS, from_json, parse};
use crate::source::SourceMap;

fn read(text: &str, configuration: &Configuration) -> (Option<FaultPlan>, Vec<String>) {
    let source = SourceMap::default().add("faults.yaml", text);
    let mut diagnostics = Vec::new();
    let plan = parse(source, text, configuration, &mut diagnostics);
    (plan, diagnostics.into_iter().map(|found| found.message).collect())
}

const WHOLE: &str = r#"
faults: 1
title: All that can be said.
seed: 42
budget: { max_consecutive: 2, max_per_job: 3 }
rules:
  - name: edge-502-after-create
    on: { op: [invoke, create], path: "*/t/*", method: post, header: { x-trace: "a*" }, fixture: short }
    when: { nth: [1], window: 10s..20s }
    count_by: client
    phase: after_commit
    do: { status: 502, body: Bad Gateway, retry_after: 2s }
    max: 1
  - { name: busy, on: poll, when: { nth: 1 }, do: { status: 503, retry_after: { date: 1s } } }
  - { name: cut-output, on: output, when: { nth: 1 }, do: { wire: truncate, at: 50%, end: rst } }
  - { name: hang, on: wait, phase: mid_body, when: { every: 2, from: 4, to: 8 }, do: { wire: hang, at: 12, for: 30s }, optional: yes }
  - { name: drip, on: download, do: { wire: dribble, part: head, bytes: 3, every: 50ms } }
  - { name: slow, on: any, when: { probability: 0.2, attempt: 1 }, do: { delay: { lognormal: { p50: 80ms, p99: 900ms, max: 2s } } }, combine: yes }
"#;

#[test]
fn a_plan_is_written_as_it_is_read() {
    let (plan, mistakes) = read(WHOLE, &Configuration::embedded());
    assert_eq!(mistakes, [""; 0]);
    let plan = plan.unwrap();
    let written = plan.to_json();
    assert_eq!(from_json(&written, &Configuration::embedded()).unwrap().to_json(), written);
    let phases: Vec<&str> = plan.rules().iter().map(|rule| rule.phase().word()).collect();
    assert_eq!(
        phases,
        ["after_commit", "after_commit", "mid_body", "mid_body", "after_commit", "after_commit"]
    );
    assert_eq!((plan.seed(), plan.budget().max_per_job), (Some(42), Some(3)));
}

#[rstest]
#[case("faults: 1", "faults: 2", "there is no version 2 of a fault plan")]
#[case("seed: 42", "sede: 42", "a fault plan has no key `sede`")]
#[case("window: 10s..20s", "window: 20s..10s", "the window ends before it begins")]
#[case("window: 10s..20s", "window: 10s", "expected two instants of the mock's clock, found \"10s\"")]
#[case("on: output", "on: outptu", "`outptu` is not one of the words that may stand here")]
#[case("retry_after: 2s", "retry_after: 20ms", "`Retry-After` counts whole seconds, not 20ms")]
#[case("{ date: 1s }", "{ date: 20ms }", "`Retry-After` counts whole seconds, not 20ms")]
#[case("status: 502, body", "body", "`body` goes with `status`, which is not there")]
#[case("wire: truncate", "wire: empty", "`empty` has no `at`")]
#[case("bytes: 3", "bytes: 0", "a piece of 0 bytes never gets anywhere")]
#[case("p99: 900ms", "p99: 9ms", "`p50: 80ms` is more than `p99: 9ms`")]
#[case("fixture: short", "fixture: shrt", "the mock has no trigger and no process `shrt`")]
#[case(
    "wire: truncate,",
    "wire: truncate, status: 502,",
    "a call ends in one way: with a `status`, or with damage on the `wire`"
)]
fn a_mistake_is_told_once(#[case] right: &str, #[case] wrong: &str, #[case] expected: &str) {
    assert!(WHOLE.contains(right), "{right}");
    let (_, mistakes) = read(&WHOLE.replace(right, wrong), &Configuration::embedded());
    assert_eq!(mistakes, [expected]);
}

#[test]
fn a_rule_for_a_protocol_that_is_not_spoken_is_a_mistake() {
    let text = "faults: 1\nrules: [{ name: a, on: wait, do: { status: 502 } }]";
    let (_, mistakes) = read(text, &Configuration::embedded().speaking(true, false));
    assert_eq!(mistakes, ["the mock serves no call about wait"]);
}

#[test]
fn every_preset_can_be_read_and_says_what_it_is_for() {
    for preset in PRESETS {
        let (plan, mistakes) = read(preset.text, &Configuration::embedded());
        assert_eq!(mistakes, [""; 0], "{}", preset.name);
        assert!(plan.unwrap().title().is_some(), "{}", preset.name);
        assert!(FaultPlan::preset(preset.name).is_ok());
    }
}

#[test]
fn a_preset_that_does_not_exist_names_the_nearest() {
    let error = FaultPlan::preset("gentle-503").unwrap_err();
    assert_eq!(error.to_string(), "there is no preset `gentle-503`; did you mean `gentle-502`?");
}

#[test]
fn the_plan_of_the_readme_can_be_read() {
    const README: &str = include_str!("../../../../README.md");
    let blocks =
        README.split("```yaml title=\"faults.yaml\"\n").skip(1).filter_map(|rest| rest.split("```").next());
    let plans: Vec<&str> = blocks.filter(|block| block.starts_with("faults: 1\n")).collect();
    assert_eq!(plans.len(), 1);
    assert_eq!(read(plans[0], &Configuration::embedded()).1, [""; 0]);
}
