//! The schemas refuse what the readers refuse, and nothing that they take.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rstest::rstest;
use serde_json::Value;

use super::{ROOT, schema, yaml_below};
use crate::orchspec::Orchspec;

/// What tells a file's kind, and the schema of that kind; the first that fits is meant.
const KINDS: [(&[&str], &str); 6] = [
    (&["target"], "target"),
    (&["mock"], "mock"),
    (&["faults"], "faults"),
    (&["profile", "requirements"], "requirements"),
    (&["profile", "steps"], "scenario"),
    (&["title", "steps"], "fragment"),
];

/// A text as validators see it.
fn read(text: &str) -> Value {
    let mut mistakes = Vec::new();
    let source = orchspec::source::SourceMap::default().add("", text);
    let node = orchspec::yaml::parse(source, text, &mut mistakes);
    assert!(mistakes.is_empty(), "{text}: {mistakes:?}");
    node.unwrap().to_json()
}

fn wrong(kind: &str, value: &Value) -> Vec<String> {
    let schema = serde_json::from_str(&schema(kind)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in ["scenarios", "targets", "requirements", "faults", "examples", "tests/fixtures"] {
        yaml_below(&Path::new(ROOT).join(folder), &mut files);
    }
    yaml_below(&Path::new(ROOT).join("src/cli/commands/target/fixtures"), &mut files);
    files
}

#[test]
fn every_file_of_the_repository_is_right() {
    let mut kinds = Vec::new();
    for file in files() {
        let value = read(&fs::read_to_string(&file).unwrap());
        let has = |keys: &[&str]| keys.iter().all(|key| value.get(key).is_some());
        let Some((_, kind)) = KINDS.iter().find(|(keys, _)| has(keys)) else { continue };
        let wrong = wrong(kind, &value);
        assert!(wrong.is_empty(), "{}: {wrong:#?}", file.display());
        kinds.push(*kind);
    }
    for kind in ["target", "faults", "requirements", "scenario", "fragment"] {
        assert!(kinds.contains(&kind), "no file of the kind {kind} was looked at");
    }
}

fn scenario(step: &str) -> String {
    format!(
        "title: A\nprofile: http\ncallbacks: {{ done: {{}} }}\nsteps:\n  \
         - {{ name: first, control: yes, request: {{ get: /a }}, expect: [ {{ status: 404 }} ], capture: {{ id: /id }} }}\n  \
         - {{ name: second, control: yes, request: {{ get: /b }}, expect: [ {{ status: 200 }} ] }}\n  \
         - {step}\n"
    )
}

fn target(block: &str) -> String {
    format!("target: 1\nhttp: {{ base: \"http://127.0.0.1:1\" }}\n{block}\n")
}

fn lint(text: &str) -> (i32, String) {
    // Many cases run at once, and each has a folder of its own.
    static TEXTS: AtomicUsize = AtomicUsize::new(0);
    let name = format!("editor-strict-{}", TEXTS.fetch_add(1, Ordering::Relaxed));
    let program = Orchspec::new(&name).file("a.yaml", text);
    let ended = program.call(&["lint", "a.yaml"]);
    (ended.code, ended.to_string())
}

#[rstest]
fn what_a_scenario_may_say_is_taken(
    #[values(
        "{ name: a, wait: 1m30s }",
        "{ name: a, wait: \"${{ target.poll * 3 + 1s }}\" }",
        "{ name: a, poll: \"http://a/b\", within: 5s, until: 200 }",
        "{ name: a, poll: { post: /a, json: [1] }, every: 1s, within: 5s, pending: [200, 202], until: [404, 410] }",
        "{ name: a, poll: { get: /a }, within: 5s, pending: 202, until: { status: [404, 410] }, invariant: [ { at: /n, nondecreasing: yes } ] }",
        "{ name: a, request: { get: /a }, expect: [ { status: \"${{ id }}\" } ] }",
        "{ name: a, request: { get: /a }, expect: [ { status: [200, \"${{ id }}\"] } ] }",
        "{ name: a, request: { get: /a }, expect: [ { status: { not_in: [500] } } ] }",
        "{ name: a, request: { get: /a }, expect: [ { body: { at: { /a: null, /b: { not_equals: null } } } } ] }",
        "{ name: a, request: { raw: /a, method: PURGE, body: x } }",
        "{ name: a, request: { get: /a }, capture: { a: header.etag, b: location.raw, c: /, d: { link: next }, e: { from: body.text, matches: x } } }",
        "{ name: a, request: { get: /a }, disturb: { lose_response: 502 } }",
        "{ name: a, repeat: { times: 2, every: 1s }, steps: [ { name: b, request: { get: /a } } ] }",
        "{ name: a, await: { callback: done, count: 0, within: 1s, quiet: 10ms } }"
    )]
    step: &str,
) {
    let text = scenario(step);
    assert_eq!(wrong("scenario", &read(&text)), [""; 0], "{step}");
    let (code, said) = lint(&text);
    assert_eq!(code, 0, "{said}");
}

#[rstest]
fn what_a_scenario_may_not_say_is_underlined(
    #[values(
        "{ name: a }",
        "{ name: a, wait: 1s, request: { get: /a } }",
        "{ name: a, request: { get: /a, post: /a } }",
        "{ name: a, request: { json: 1 } }",
        "{ name: a, request: { post: /a, json: 1, form: { a: 1 } } }",
        "{ name: a, wait: 3 }",
        "{ name: a, wait: 3 seconds }",
        "{ name: a, wait: 1s, expect: [ { status: 200 } ] }",
        "{ name: a, poll: \"http://a/b\", within: 5s }",
        "{ name: a, poll: \"http://a/b\", until: 200 }",
        "{ name: a, poll: \"http://a/b\", within: 5s, until: 2000 }",
        "{ name: a, request: { get: /a }, expect: [ { status: ok } ] }",
        "{ name: a, request: { get: /a }, expect: [ { status: 2000 } ] }",
        "{ name: a, request: { get: /a }, expect: [ { status: [200, ok] } ] }",
        "{ name: a, request: { get: /a }, capture: { id: id } }",
        "{ name: a, request: { get: /a }, capture: { id: { from: bodyy } } }",
        "{ name: a, request: { get: /a }, capture: { id: { uri: yes } } }",
        "{ name: a, request: { get: /a }, capture: { id: { from: /a, link: a } } }",
        "{ name: a, request: { get: /a }, disturb: { lose_response: 503 } }",
        "{ name: a, request: { get: /a }, disturb: {} }",
        "{ name: a, request: { get: /a }, follow: { max: -1, within: 5s } }",
        "{ name: a, hook: { hold: a, fail: a } }",
        "{ name: a, repeat: { times: 0 }, steps: [ { name: b, request: { get: /a } } ] }",
        "{ name: a, repeat: { times: 2 } }",
        "{ name: a, await: { callback: done, count: 1001, within: 1s } }"
    )]
    step: &str,
) {
    let text = scenario(step);
    assert_ne!(wrong("scenario", &read(&text)), [""; 0], "{step}");
    let (code, said) = lint(&text);
    assert_eq!(code, 2, "{step}: {said}");
}

#[rstest]
fn what_a_target_file_may_say_is_taken(
    #[values(
        "timing: { poll: 1m30s, lag: 0.5s }",
        "callback: { port: 0 }",
        "limits: { concurrency: 1, jobs: 0, body: 64KiB, requests_per_second: none }",
        "limits: { concurrency: { env: NOBODY_SETS_IT, default: 4 }, body: { env: NOBODY_SETS_IT, default: 1MiB } }",
        "disturbances: { on: [502, 599], max_per_case: 0 }",
        "hooks: { url: \"http://127.0.0.1:1\", token: { env: NOBODY_SETS_IT, default: a-long-token } }",
        "hooks: none"
    )]
    block: &str,
) {
    let text = target(block);
    assert_eq!(wrong("target", &read(&text)), [""; 0], "{block}");
    let (code, said) = lint(&text);
    assert_eq!(code, 0, "{said}");
}

#[rstest]
fn what_a_target_file_may_not_say_is_underlined(
    #[values(
        "callback: { port: 70000 }",
        "limits: { concurrency: 0 }",
        "limits: { body: 8MB }",
        "limits: { requests_per_second: 0 }",
        "timing: { poll: 3 }",
        "timing: { poll: 3 s }",
        "disturbances: { on: [404] }",
        "hooks: {}",
        "hooks: { command: [a], url: \"http://a\" }",
        "hooks: { command: [a], token: a-long-token }"
    )]
    block: &str,
) {
    let text = target(block);
    assert_ne!(wrong("target", &read(&text)), [""; 0], "{block}");
    let (code, said) = lint(&text);
    assert_eq!(code, 2, "{block}: {said}");
}

#[rstest]
#[case("target: 2\nhttp: { base: \"http://a\" }\n")]
#[case("target: 1\nhttp: { base: \"http://a\", principals: { owner: {} } }\n")]
#[case(
    "target: 1\nhttp: { base: \"http://a\", principals: { owner: { bearer: long-enough, token: long-enough } } }\n"
)]
fn other_forms_and_unclear_credentials_are_underlined(#[case] text: &str) {
    assert_ne!(wrong("target", &read(text)), [""; 0], "{text}");
    let (code, said) = lint(text);
    assert_eq!(code, 2, "{said}");
}
