//! Every diagnostic as a user sees it: one bad input each, and a snapshot under the diagnostic's name.
//!
//! That none is missing is looked after where the codes are explained.

mod own_suite;
mod stored;

use std::os::unix::fs::symlink;
use std::process::Command;

use rstest::rstest;

use crate::orchspec::{Ended, Orchspec};

const SCENARIO: &str = r#"title: An asynchronous call ends
profile: uipath
needs: { jobs: { job: { kind: echo } } }
steps:
  - name: invoke
    request: { invoke: job, mode: AsyncRequestReply }
    expect:
      - { covers: [UIP-ASYNC-02], status: 202 }
    capture: { uri: location }
  - name: poll
    poll: "${{ uri }}"
    within: 30s
    until: { covers: [UIP-ASYNC-11], status: 303 }
"#;

const TARGET: &str = r#"target: 1
elma:
  base: "http://127.0.0.1:9"
  principals: { owner: { token: a-token-of-this-test } }
  jobs:
    quick: { process: "1", kind: echo }
    files: { process: "2", kind: file, files: { a.txt: { sha256: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" } } }
uipath:
  base: "http://127.0.0.1:9"
  hold: { at_least: 1s, at_most: 2s }
  jobs:
    slow: { path: /t/slow, verb: POST, mode: LongPolling, kind: sleep, runs: { at_least: 1s, at_most: 2s } }
"#;

/// Its jobs can be counted, but not told from those of somebody else.
const COUNTED: &str = r#"target: 1
hooks: { url: "http://127.0.0.1:9" }
elma:
  base: "http://127.0.0.1:9"
  principals: { owner: { token: a-token-of-this-test } }
  jobs: { quick: { process: "1", kind: echo, echoes: { a: b } } }
"#;

const SITUATION: &str = "title: a task
task: { action: run, fixture: echo }
client: success
exercises: [CV-OUT-3]
";

const REGISTRY: &str = "profile: uipath
title: Call modes
source: nowhere
requirements:
  - { id: UIP-ASYNC-02, level: MUST, who: [S], statement: One., clause: first }
  - { id: UIP-ASYNC-11, level: MUST, who: [S], statement: Two., clause: second }
";

#[rstest]
#[case("bad-pointer", "uri: location", "uri: location, id: /a~x")]
#[case("bad-regex", "status: 202", "body: { text: { matches: \"(\" } }")]
#[case("capture-name", "uri: location", "uri: location, job-id: status")]
#[case("constant-answer", "status: 303", "status: 202")]
#[case("covers-nothing", "covers: [UIP-ASYNC-02], ", "")]
#[case(
    "disturb",
    "  - name: poll",
    "  - name: lose\n    request: { get: /a }\n    disturb: { lose_response: 500 }\n  - name: poll"
)]
#[case("disturbed-check", "    capture:", "    disturb: { lose_response: 502 }\n    capture:")]
#[case("duplicate-key", "profile: uipath", "profile: uipath\nprofile: uipath")]
#[case("duplicate-step", "name: poll", "name: invoke")]
#[case("empty-file", SCENARIO, "")]
#[case("expression", "${{ uri }}", "${{ uri - 1 }}")]
#[case("exact-time", "status: 202", "status: 202, timing: { total: 5s }")]
#[case(
    "hook-operation",
    "  - name: poll",
    "  - name: let it go\n    hook: { hold: job, release: job }\n  - name: poll"
)]
#[case("missing-key", "title: An asynchronous call ends\n", "")]
#[case(
    "never-equal",
    "uri: location }\n  - name: poll",
    "uri: location, code: status }\n  - name: poll\n    when: { code: \"200\" }"
)]
#[case("no-cases", "steps:", "cases: {}\nsteps:")]
#[case("no-condition", ", status: 202", "")]
#[case("no-matcher", "status: 202", "status: {}")]
#[case("no-name", "status: 202", "headers: {}")]
#[case("no-steps", SCENARIO, "title: Nothing is done\nprofile: uipath\nsteps: []\n")]
#[case("no-value", "status: 202", "status: []")]
#[case(
    "one-rule",
    "    until:",
    "    invariant: [ { at: status, stable: yes, nondecreasing: yes } ]\n    until:"
)]
#[case(
    "redaction",
    "    capture:",
    "    snapshot: { name: a, redact: [ { header: date }, { pattern: \"x*\" }, { at: /a, as: \"7\" }, {} ] }\n    capture:"
)]
#[case("same-branches", "    until:", "    pending: { status: 303 }\n    until:")]
#[case("second-document", "steps:", "---\nsteps:")]
#[case("snapshot-name", "    capture:", "    snapshot: ../answer\n    capture:")]
#[case("status", "status: 202", "status: 20")]
#[case("step-action", "    poll:", "    wait: 1s\n    poll:")]
#[case("principal-name", "  - name: invoke", "  - name: invoke\n    as: \"${{ case.who }}\"")]
#[case("stray-key", "    capture:", "    within: 1s\n    capture:")]
#[case("tab", "    within", "\twithin")]
#[case(
    "too-many-rounds",
    "  - name: poll",
    "  - name: often\n    repeat: { times: 5000 }\n    steps: [ { name: wait, wait: 1s } ]\n  - name: poll"
)]
#[case("trace", "    within", "    trace: { covers: [UIP-ASYNC-15], codes: 200* redirekt }\n    within")]
#[case("unbound-name", "${{ uri }}", "${{ url }}")]
#[case("uneven-cases", "steps:", "cases: { get: { verb: GET }, post: { path: /a } }\nsteps:")]
#[case("unknown-alias", "invoke: job", "invoke: jbo")]
#[case("unknown-answer", "status: 202", "status: 202, when: { policy.client_mistake: never }")]
#[case("unknown-capability", "needs: {", "needs: { capabilities: { call_mod: yes },")]
#[case("unknown-key", "capture:", "captuer:")]
#[case("unknown-kind", "kind: echo", "kind: ehco")]
#[case("unknown-matcher", "status: 202", "status: { equal: 202 }")]
#[case("unknown-name", "status: 202", "status: 202, when: { not a name: 1 }")]
#[case("unknown-place", "uri: location", "uri: locaton")]
#[case("unknown-policy", "status: 202", "status: 202, when: { policy.client_mistakes: 4xx }")]
#[case("unknown-profile", "profile: uipath", "profile: uipth")]
#[case("unknown-requirement", "UIP-ASYNC-02", "UIP-ASYNC-99")]
#[case("unknown-schema", "status: 202", "body: { schema: elma/taks }")]
#[case("unknown-word", "kind: echo", "kind: queue, release: hok")]
#[case("wrong-type", "name: poll", "name: [poll]")]
#[case("yaml-feature", "name: poll", "name: &poll poll")]
#[case("yaml-syntax", "status: 303 }", "status: 303")]
#[case("zero", "    within", "    every: 0s\n    within")]
fn in_a_scenario(#[case] code: &str, #[case] right: &str, #[case] wrong: &str) {
    let scenario = changed(SCENARIO, right, wrong);
    let program = folder(code).file("suite/scenarios/uipath/ends.yaml", scenario);
    assert_told(code, &program.call(&["lint", "--suite", "suite"]));
}

#[rstest]
#[case("callback-url", "target: 1", "target: 1\ncallback: { address: 0.0.0.0, port: 9000 }")]
#[case("carrier", "uipath:", "http: { base: \"http://a\", principals: { owner: {} } }\nuipath:")]
#[case("contradiction", "jobs:\n    quick", "jobs:\n    echo: none\n    quick")]
#[case("digest", "0123456789abcdef\"", "\"")]
#[case("file-outside", "token: a-token-of-this-test", "token: { file: ../token }")]
#[case("file-unreadable", "token: a-token-of-this-test", "token: { file: token }")]
#[case("hooks", "target: 1", "target: 1\nhooks: { command: [a], url: \"http://a\" }")]
#[case("no-protocol", TARGET, "target: 1\n")]
#[case("path", "/t/slow", "t/slow")]
#[case("proxy", "target: 1", "target: 1\nproxy: { url: \"socks5://proxy.example\", no_proxy: 10.* }")]
#[case("secret", "a-token-of-this-test", "[a, b]")]
#[case("short-secret", "a-token-of-this-test", "geheim")]
#[case("url", "base: \"http://127.0.0.1:9\"\n  hold", "base: 127.0.0.1:9\n  hold")]
#[case("version", "target: 1", "target: 2")]
#[case("window", "hold: { at_least: 1s", "hold: { at_least: 3s")]
fn in_a_target_file(#[case] code: &str, #[case] right: &str, #[case] wrong: &str) {
    let program = folder(code).file("target.yaml", changed(TARGET, right, wrong));
    assert_told(code, &program.call(&["lint", "target.yaml"]));
}

#[test]
fn a_secret_is_needed_to_run_but_not_to_look_for_mistakes() {
    let code = "unset-variable";
    let target = changed(TARGET, "a-token-of-this-test", "{ env: ORCHSPEC_TEST_UNSET }");
    let program = folder(code).file("target.yaml", target.as_str());
    let linted = program.call(&["lint", "target.yaml"]);
    assert_eq!((linted.code, linted.stderr.as_str()), (0, ""), "{linted}");
    assert_told(code, &program.call(&["run", "--target", "target.yaml"]));
    let program = program.file("target.yaml", changed(&target, "kind: echo", "kind: ehco"));
    assert!(program.call(&["lint", "target.yaml"]).stderr.contains("[unknown-word]"));
}

const CONFIGURATION: &str = "\
mock: 1
clock: auto
uipath: { triggers: { report: { runs: 5s, output: { ok: true } } } }
elma: { processes: { bill: { process: a-b, files: { a.txt: { text: a } } } } }
";

#[rstest]
#[case("clock", "clock: auto", "clock: automatic")]
#[case(
    "credential",
    "uipath: {",
    "uipath: { principals: { app: { bearer: x }, other: { bearer: x }, nobody: { bearer: '' } },"
)]
#[case("hold-above-cap", "mock: 1\n", "mock: 1\nhold: 20m\n")]
#[case("limit", "mock: 1\n", "mock: 1\nlimits: { body: 1, jobs: 0 }\n")]
#[case("file-content", "{ text: a }", "{ text: a, size: 1 }")]
#[case("name", "a.txt:", "../a.txt:")]
fn in_a_configuration(#[case] code: &str, #[case] right: &str, #[case] wrong: &str) {
    let program = folder(code).file("mock.yaml", changed(CONFIGURATION, right, wrong));
    assert_told(code, &program.call(&["mock", "--config", "mock.yaml"]));
}

const FAULTS: &str = "\
faults: 1
rules:
  - { name: lost, on: poll, when: { nth: 2 }, do: { status: 502 } }
  - { name: slow, on: output, do: { delay: 80ms } }
";

#[rstest]
#[case("duplicate-fault", "name: slow", "name: lost")]
#[case("fault-action", "delay: 80ms", "")]
#[case("fault-phase", "do: { delay", "phase: mid_body, do: { delay")]
#[case("fault-range", "nth: 2", "nth: 0")]
#[case("unreachable-fault", "on: output", "on: poll, when: { nth: 2 }")]
#[case("unserved-call", "on: output", "on: { op: output, fixture: shrot }")]
fn in_a_fault_plan(#[case] code: &str, #[case] right: &str, #[case] wrong: &str) {
    let program = folder(code).file("faults.yaml", changed(FAULTS, right, wrong));
    assert_told(code, &program.call(&["mock", "--faults", "faults.yaml"]));
}

#[rstest]
#[case("duplicate-requirement", "UIP-ASYNC-11", "UIP-ASYNC-02")]
#[case("requirement-id", "UIP-ASYNC-11", "uip-async-11")]
fn in_a_registry(#[case] code: &str, #[case] right: &str, #[case] wrong: &str) {
    let program = folder(code).file("uipath.yaml", changed(REGISTRY, right, wrong));
    assert_told(code, &program.call(&["lint", "uipath.yaml"]));
}

const BASELINE: &str = r#"baseline: 1
entries:
  elma/cancel/stranger-cancels-nothing#ELMA-CANCEL-03:
    expect: fail
    signature: "ELMA-CANCEL-03|3|result|refused|success"
    reason: the next version mends it
    expires: 2026-12-31
"#;

#[rstest]
#[case("day", "2026-12-31", "31.12.2026")]
#[case("entry-name", "#ELMA-CANCEL-03:", ":")]
#[case("excused-error", "expect: fail", "expect: error")]
#[case("no-reason", "the next version mends it", "")]
#[case("no-such-case", "stranger-cancels-nothing", "stranger-cancels-nothingg")]
#[case("not-cited", "nothing#ELMA-CANCEL-03", "nothing#ELMA-CANCEL-30")]
fn in_a_baseline(#[case] code: &str, #[case] right: &str, #[case] wrong: &str) {
    let program = folder(code).file("baseline.yaml", changed(BASELINE, right, wrong));
    assert_told(code, &program.call(&["run", "elma/cancel/unknown-task", "--baseline", "baseline.yaml"]));
}

#[test]
fn in_a_baseline_that_is_too_long() {
    let program = folder("too-many-excuses").file("baseline.yaml", BASELINE);
    let arguments = ["run", "--baseline", "baseline.yaml", "--max-baseline", "0"];
    assert_told("too-many-excuses", &program.call(&arguments));
}

#[rstest]
#[case("schema-broken", r#"{ "type": "objekt" }"#)]
#[case("schema-syntax", r#"{ "type": }"#)]
fn in_a_schema(#[case] code: &str, #[case] schema: &str) {
    let program = folder(code)
        .file("suite/scenarios/uipath/ends.yaml", SCENARIO)
        .file("suite/schemas/uipath/answer.json", schema);
    assert_told(code, &program.call(&["lint", "--suite", "suite"]));
}

/// The first line of a mock's journal.
const JOURNAL: &str =
    "{\"header\":{\"schema\":\"orchspec/journal/1\",\"started\":\"2026-01-01T00:00:00Z\"}}\n";

const OUTPUT: &str = "uipath/async/completes-with-redirect";

#[rstest]
#[case("arming", &["run", "--defect", "UIP-ASYNC-11/302-instead-of-303@first"])]
#[case("broken-journal", &["report", "har", "broken.jsonl"])]
#[case("certificate", &["mock", "--tls", "target.yaml,target.yaml"])]
#[case("damaged-snapshot", &["snapshot", "list", "--snapshots-dir", "damaged"])]
#[case("command-failed", &["record", "--target", "target.yaml", "--", "/bin/false"])]
#[case("empty-folder", &["lint", "empty"])]
#[case("empty-suite", &["run", "--suite", "empty"])]
#[case("file-exists", &["target", "init", "target.yaml"])]
#[case("journal-format", &["report", "junit", "journal.jsonl"])]
#[case("link", &["lint", "--suite", "linked"])]
#[case("misnamed-file", &["lint", "--suite", "misnamed"])]
#[case("no-command", &["record", "--target", "target.yaml", "--", "no-such-program"])]
#[case("no-listener", &["record", "--target", "target.yaml", "--listen", "192.0.2.1:1"])]
#[case("no-such-scenario", &["run", "uipath/async/completes-with-redirekt"])]
#[case("no-such-snapshot", &["snapshot", "accept", "output"])]
#[case("nobody-to-ask", &["snapshot", "review"])]
#[case("not-utf-8", &["lint", "latin.yaml"])]
#[case("nothing-failed", &["run", "--last-failed"])]
#[case("nothing-recorded", &["record", "--target", "target.yaml", "--", "/bin/true"])]
#[case("no-client", &["client", "run", "--situation", "elma/run", "--", "./nobody"])]
#[case("no-such-situation", &["client", "run", "--situation", "elma/rum", "--", "true"])]
#[case("situation-setting", &["client", "run", "--situations-dir", "unfit", "--", "true"])]
#[case("unknown-rule", &["client", "run", "--situations-dir", "unruly", "--", "true"])]
#[case("nothing-selected", &["run", "elma/*", "--tag", "slow"])]
#[case("setting", &["run", "--set", "timing=5s"])]
#[case("shard", &["run", "--shard", "auto"])]
#[case("shared-place", &["run", "--report", "json=out", "--report", "junit=out"])]
#[case("suite-folder", &["lint", "several"])]
#[case("target-clock", &["mock", "--clock", "auto", "--target-out", "mock.yaml"])]
#[case("too-many-jobs", &["run", OUTPUT, "--set", "limits.jobs=0"])]
#[case("unguarded-control", &["mock", "--control", "0.0.0.0:0"])]
#[case("missed-fault", &["run", OUTPUT, "--faults", "long-poll-drops"])]
#[case("unknown-faults", &["mock", "--faults", "gentle-503"])]
#[case("unknown-defect", &["run", "--defect", "UIP-ASYNC-11/302-instead-of-330"])]
#[case("unknown-mock-policy", &["run", "--mock-policy", "location=nowhere"])]
#[case("unknown-noise", &["run", "--noise", "small-packet"])]
#[case("unknown-setting", &["run", "--set", "timing.pol=5s"])]
#[case("unmarked-jobs", &["run", "elma/create/refused-creates-leave-nothing", "--target", "counted.yaml", "--shard", "1/2"])]
#[case("unreachable", &["run", "--target", "target.yaml"])]
#[case("unreadable-file", &["run", "--target", "nowhere.yaml"])]
#[case("unreferenced", &["run", "--delete-unreferenced"])]
#[case("unwritable-file", &["run", OUTPUT, "--report", "json=target.yaml/report"])]
fn in_a_call(#[case] code: &str, #[case] arguments: &[&str]) {
    let program = folder(code)
        .file("misnamed/scenarios/uipath/ends.yml", SCENARIO)
        .file("several/one/scenarios/uipath/ends.yaml", SCENARIO)
        .file("linked/scenarios/uipath/ends.yaml", SCENARIO)
        .file("target.yaml", TARGET)
        .file("counted.yaml", COUNTED)
        .file("snapshots/embedded/elma/a/answer.snap.new", "---\nsource: a.yaml\n---\nstatus: 200\n")
        .file("damaged/embedded/elma/a/answer.snap", "status: 200\n")
        .file("journal.jsonl", JOURNAL)
        .file("broken.jsonl", format!("{JOURNAL}{{\n{JOURNAL}"))
        .file("latin.yaml", b"title: caf\xe9\n")
        .file("unfit/elma/a.yaml", SITUATION.replace("echo", "ehco"))
        .file("unruly/elma/a.yaml", SITUATION.replace("CV-OUT-3", "CV-OUT-33"))
        .folder("empty");
    symlink("ends.yaml", program.path("linked/scenarios/uipath/again.yaml")).unwrap();
    assert_told(code, &program.call(arguments));
}

/// Where no further file can be opened, nothing listens and nothing runs.
#[rstest]
#[case("no-mock", 5, &["run", "--embedded", "tcp"])]
#[case("not-started", 4, &["run", "elma/create/context-as-an-object", "--target", "target.yaml", "--report", "json=-"])]
fn on_a_machine_without_room(#[case] code: &str, #[case] files: u8, #[case] arguments: &[&str]) {
    let program = folder(code).file("target.yaml", TARGET);
    let mut command = Command::new("sh");
    command.args(["-c", &format!(r#"ulimit -n {files}; exec "$0" "$@""#)]);
    command.arg(program.command(&[]).get_program()).args(arguments);
    let output = command.current_dir(program.path("")).env_clear().output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let ended = Ended {
        code: output.status.code().unwrap(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    };
    assert_told(code, &ended);
}

fn folder(code: &str) -> Orchspec {
    Orchspec::new(&format!("diagnostic-{code}"))
}

fn changed(text: &str, right: &str, wrong: &str) -> String {
    assert!(text.contains(right), "{right}");
    text.replacen(right, wrong, 1)
}

fn assert_told(code: &str, ended: &Ended) {
    assert!(ended.stderr.contains(&format!("[{code}]: ")), "{ended}");
    insta::with_settings!({
        snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/tests/diagnostic"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(code, ended.to_string());
    });
}
