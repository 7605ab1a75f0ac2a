//! Mistakes in a suite of ones own: its scenarios, fragments, rows and requirements.

use rstest::rstest;

use super::{assert_told, changed, folder};
use crate::orchspec::{Orchspec, assert_shows};

const OWN: &str = r#"title: A job ends
profile: http
cases: rows.csv
steps:
  - name: start a job
    use: start
    with: { seconds: "${{ case.seconds }}" }
    outputs: { job: job }
  - name: ask
    request: { get: "${{ job }}" }
    expect:
      - { covers: [JOB-END-01], status: 200 }
    capture: { state: { from: body.text, matches: "state=(.*)" } }
  - name: whichever it is
    either:
      - { when: { state: done }, steps: [ { name: keep, request: { put: /kept, file: a.bin } } ] }
      - { when: { state: gone }, steps: [ { name: again, request: { post: /jobs } } ] }
"#;

const FRAGMENT: &str = "title: a job is started
inputs: { seconds: { type: integer } }
outputs: { job: url }
steps:
  - name: post
    request: { post: /jobs, json: { seconds: \"${{ input.seconds }}\" } }
    expect: [ { covers: [JOB-END-01], status: 202 } ]
    capture: { job: location }
";

const ROWS: &str = "case,seconds\nshort,1\nlong,30\n";

const OWN_REGISTRY: &str = "profile: http
title: Jobs
source: nowhere
requirements:
  - { id: JOB-END-01, level: MUST, statement: One., clause: first }
";

const OWN_TWIN: &str = "title: a job is there
profile: http
steps:
  - { name: look, request: { get: /jobs/1 }, expect: [ { covers: [JOB-END-01], status: 200, body: { is: object } } ] }
";

fn own_suite(code: &str) -> Orchspec {
    folder(code)
        .file("suite/scenarios/jobs/ends.yaml", OWN)
        .file("suite/scenarios/jobs/rows.csv", ROWS)
        .file("suite/fragments/start.yaml", FRAGMENT)
        .file("suite/files/a.bin", "a")
        .file("suite/requirements/http.yaml", OWN_REGISTRY)
}

fn assert_refused(code: &str, program: &Orchspec) {
    let ended = program.call(&["lint", "--suite", "suite"]);
    assert_eq!(ended.code, 2, "{ended}");
    assert_told(code, &ended);
}

#[rstest]
#[case("capture-source", "{ from: body.text, matches: \"state=(.*)\" }", "{ matches: \"state=(.*)\" }")]
#[case("file-part", "file: a.bin", "file: { name: a.bin, offset: 2 }")]
#[case("fragment-outside", "use: start", "use: ../start")]
#[case("gap", "put: /kept", "put: \"/kept/{id}\", path: { jd: 1 }")]
#[case("header", "post: /jobs", "post: /jobs, headers: { X Y: 1 }")]
#[case("input-type", "\"${{ case.seconds }}\"", "soon")]
#[case("missing-input", "    with: { seconds: \"${{ case.seconds }}\" }\n", "")]
#[case("no-jobs", "cases:", "needs: { jobs: { job: { kind: echo } } }\ncases:")]
#[case(
    "one-way",
    "      - { when: { state: gone }, steps: [ { name: again, request: { post: /jobs } } ] }\n",
    ""
)]
#[case(
    "other-side",
    "steps:",
    "callbacks: { done: {} }\nsteps:\n  - name: told\n    await: { callback: done, within: 1s }\n    \
     expect: [ { status: 200 }, { method: POST } ]\n    capture: { told: location }"
)]
#[case("place", "post: /jobs", "post: jobs")]
#[case("request-words", "post: /jobs", "post: /jobs, get: /jobs")]
#[case(
    "unknown-callback",
    "steps:",
    "callbacks: { done: {} }\nsteps:\n  - { name: told, await: { callback: dnoe, within: 1s } }"
)]
#[case("unknown-file", "file: a.bin", "file: b.bin")]
#[case("unknown-fragment", "use: start", "use: strat")]
#[case("unknown-input", "with: { seconds", "with: { second: 1, seconds")]
#[case("unknown-output", "outputs: { job: job }", "outputs: { job: jbo }")]
#[case("unknown-table", "rows.csv", "row.csv")]
fn in_a_scenario_of_ones_own(#[case] code: &str, #[case] right: &str, #[case] wrong: &str) {
    let scenario = changed(OWN, right, wrong);
    assert_refused(code, &own_suite(code).file("suite/scenarios/jobs/ends.yaml", scenario));
}

#[rstest]
#[case("case-name", "scenarios/jobs/rows.csv", "case,seconds\nshort,1\nshort,30\n")]
#[case("csv", "scenarios/jobs/rows.csv", "case,seconds\nshort,\"1\n")]
#[case("csv-column", "scenarios/jobs/rows.csv", "name,seconds\nshort,1\n")]
#[case(
    "cyclic-fragment",
    "fragments/start.yaml",
    "title: a job is started\ninputs: { seconds: { type: any } }\noutputs: {}\nsteps:\n  \
     - { name: begin, use: start, with: { seconds: 1 } }\n"
)]
#[case("duplicate-case", "scenarios/jobs/ends@short.yaml", OWN_TWIN)]
#[case("duplicate-registry", "requirements/other.yaml", OWN_REGISTRY)]
fn in_a_suite_of_ones_own(#[case] code: &str, #[case] path: &str, #[case] content: &str) {
    let program = own_suite(code);
    let program = if code == "cyclic-fragment" {
        let scenario = changed(OWN, "    outputs: { job: job }\n", "").replace("\"${{ job }}\"", "/jobs/1");
        program.file("suite/scenarios/jobs/ends.yaml", scenario)
    } else {
        program
    };
    assert_refused(code, &program.file(&format!("suite/{path}"), content));
}

/// Whoever adds a registry is told of every check that it takes no notice of, before anything is sent.
#[rstest]
#[case(&["lint", "--suite", "suite"])]
#[case(&["plan", "--suite", "suite", "--target", "target.yaml"])]
#[case(&["run", "--suite", "suite", "--target", "target.yaml"])]
fn a_check_that_nothing_comes_of(#[case] call: &[&str]) {
    let target = "target: 1\nhttp: { base: \"http://127.0.0.1:9\" }\n";
    let scenario = changed(OWN, "covers: [JOB-END-01], ", "");
    let program = own_suite(&format!("idle-check-{}", call[0]))
        .file("suite/scenarios/jobs/ends.yaml", scenario)
        .file("target.yaml", target);
    let ended = program.call(call);
    assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{ended}");
    assert_shows!("idle_check", ended.stderr);
}

/// A control is judged by what the others come to.
#[test]
fn a_control_need_not_cover_anything() {
    let scenario =
        changed(OWN, "covers: [JOB-END-01], ", "").replace("name: ask", "name: ask\n    control: yes");
    let ended = own_suite("idle-control")
        .file("suite/scenarios/jobs/ends.yaml", scenario)
        .call(&["lint", "--suite", "suite"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (0, "ok: 1 scenario\n"), "{ended}");
}

/// Nobody uses this fragment: its jobs and addresses are whoever's it will be, and everything else is its own.
const UNUSED: &str = "title: a job is watched
inputs: { job: { type: url } }
outputs: { state: text }
steps:
  - name: look
    request: { get: \"${{ input.job }}\" }
    expect: [ { covers: [JOB-END-01], status: 200 } ]
    capture: { state: /state }
  - name: told
    await: { callback: done, within: 1s, matching: { headers: { x-from: \"${{ callback.done }}\" } } }
";

#[test]
fn a_fragment_that_nobody_uses_may_be_right() {
    let program = own_suite("unused-right").file("suite/fragments/jobs/watch.yaml", UNUSED);
    let ended = program.call(&["lint", "--suite", "suite"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (0, "ok: 1 scenario\n"), "{ended}");
}

/// Told once, although another fragment that nobody uses either stands around it.
#[test]
fn in_fragments_that_nobody_uses() {
    let wrong = changed(UNUSED, "input.job", "input.jbo").replace("JOB-END-01", "JOB-END-02");
    let around = "title: twice\nsteps:\n  - { name: once, use: jobs/watch, with: { job: \"http://a/\" } }\n  \
                  - { name: again, use: jobs/wtach, with: { job: \"http://a/\" } }\n";
    let program = own_suite("unused-fragment")
        .file("suite/fragments/jobs/watch.yaml", wrong)
        .file("suite/fragments/around.yaml", around);
    let ended = program.call(&["lint", "--suite", "suite"]);
    assert_eq!(ended.code, 2, "{ended}");
    assert_shows!("lint_unused_fragments", ended);
}

/// A warning: whoever keeps a part of the built-in suite may keep all of its registries.
#[test]
fn a_registry_that_no_scenario_is_for() {
    let code = "idle-registry";
    let other = OWN_REGISTRY.replace("profile: http", "profile: uipath");
    let program = own_suite(code).file("suite/requirements/uipath.yaml", other);
    let ended = program.call(&["lint", "--suite", "suite"]);
    assert_eq!(ended.code, 0, "{ended}");
    assert_told(code, &ended);
    // Which protocols a scenario with a mistake is for may be what is wrong with it.
    let program = program.file("suite/scenarios/jobs/ends.yaml", OWN.replace("title", "titel"));
    let ended = program.call(&["lint", "--suite", "suite"]);
    assert!(ended.code == 2 && !ended.stderr.contains(code), "{ended}");
}

/// A warning: a suite may be for servers of which not every one has everybody.
#[test]
fn a_principal_that_the_target_does_not_have() {
    let code = "unknown-principal";
    let target = "target: 1\nhttp: { base: \"http://127.0.0.1:9\", principals: { nobody: { bearer: a-token-of-this-test }, \
                  owner: none } }\n";
    let program = own_suite(code)
        .file("suite/scenarios/jobs/ends.yaml", changed(OWN, "name: ask", "name: ask\n    as: nobdy"))
        .file("target.yaml", target);
    let ended = program.call(&["lint", "--suite", "suite", "target.yaml"]);
    assert_eq!(ended.code, 0, "{ended}");
    assert_told(code, &ended);
}

/// A server that is to call.
const CALLED: &str = "title: The end of a job is told
profile: http
callbacks: { done: {} }
steps:
  - { name: order, request: { post: /jobs, json: \"${{ callback.done }}\" }, expect: [ { status: 202 } ] }
  - { name: told, await: { callback: done, within: 1s } }
";

/// An address that no machine has stands for one that somebody else has taken: it looks the same wherever this runs.
#[test]
fn where_nobody_can_listen_nothing_is_sent() {
    let code = "callback-port";
    let target = "target: 1\nhttp: { base: \"http://127.0.0.1:9\" }\n\
                  callback: { address: 192.0.2.1, port: 9000 }\n";
    let program = folder(code).file("suite/scenarios/jobs/told.yaml", CALLED).file("target.yaml", target);
    let ended = program.call(&["run", "--suite", "suite", "--target", "target.yaml"]);
    assert_eq!(ended.code, 2, "{ended}");
    assert_told(code, &ended);
}

/// Each fragment uses the next one four times.
#[test]
fn fragments_that_multiply_come_to_an_end() {
    let code = "too-many-steps";
    let four_of = |next: usize| {
        let uses: String = (0..4).map(|n| format!("  - {{ name: n{n}, use: f{next} }}\n")).collect();
        format!("title: again and again\nsteps:\n{uses}")
    };
    let end =
        "title: the end\nsteps:\n  - { name: look, request: { get: /a }, expect: [ { status: 200 } ] }\n";
    let program = (0..12).fold(folder(code), |program, level| {
        program.file(&format!("suite/fragments/f{level}.yaml"), four_of(level + 1))
    });
    let scenario = "title: Too much\nprofile: http\nsteps:\n  - { name: begin, use: f0 }\n";
    let program = program.file("suite/fragments/f12.yaml", end).file("suite/scenarios/a.yaml", scenario);
    assert_refused(code, &program);
}
