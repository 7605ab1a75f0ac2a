//! What is said of a suite of one's own without a server: its mistakes, what it covers, and what its names mean.

mod mistakes;

use rstest::{Context, rstest};

use crate::orchspec::{Ended, Orchspec, assert_shows};

const SCENARIO: &str = "title: A job is there
profile: http
cases: rows.csv
steps:
  - name: begin
    use: start
    with: { seconds: \"${{ case.seconds }}\" }
    outputs: { job: job }
  - name: look
    request: { get: \"${{ job }}\" }
    expect: [ { covers: [JOB-GET-01], status: 200 } ]
";

const FRAGMENT: &str = "title: a job is started
inputs: { seconds: { type: integer } }
outputs: { job: url }
steps:
  - name: post
    request: { post: /jobs, json: { seconds: \"${{ input.seconds }}\" } }
    expect: [ { covers: [JOB-START-01], status: 202 } ]
    capture: { job: location }
";

const REGISTRY: &str = "profile: http
title: Jobs
source: nowhere
policies:
  gone: { values: [404, 410], summary: what a job is that ended long ago }
capabilities:
  cancel: jobs can be ended
requirements:
  - { id: JOB-START-01, level: MUST, statement: A job is started., clause: first }
  - { id: JOB-GET-01, level: MUST, statement: A job can be seen., clause: second }
  - { id: JOB-END-01, level: SHOULD, statement: A job ends., clause: third }
";

const TARGET: &str = "target: 1\nhttp: { base: \"http://127.0.0.1:9\" }\n";

/// A suite without a registry: each step that judges something is a MUST of its own.
const PLAIN: &str = "title: A job is there
profile: http
steps:
  - { name: look, request: { get: /jobs/1 }, expect: [ { status: 200 } ] }
";

fn suite(name: &str) -> Orchspec {
    Orchspec::new(&format!("suites-{name}"))
        .file("suite/scenarios/jobs/there.yaml", SCENARIO)
        .file("suite/scenarios/jobs/rows.csv", "case,seconds\nshort,1\nlong,30\n")
        .file("suite/fragments/start.yaml", FRAGMENT)
        .file("suite/requirements/http.yaml", REGISTRY)
        .file("suite/target.yaml", TARGET)
        .file("suite/notes.yaml", "about: this suite\n")
        .file("target.yaml", TARGET)
}

#[rstest]
#[case::as_a_path(&["lint", "suite"], "ok: 1 scenario, 1 target file\n")]
#[case::as_an_option(&["lint", "--suite", "suite"], "ok: 1 scenario\n")]
#[case::with_a_file(&["lint", "--suite", "suite", "target.yaml"], "ok: 1 scenario, 1 target file\n")]
#[case::with_a_file_of_its_own(&["lint", "--suite", "suite", "suite/scenarios/jobs/there.yaml"], "ok: 1 scenario\n")]
#[case::both_ways(&["lint", "--suite", "suite", "suite", "target.yaml"], "ok: 1 scenario, 2 target files\n")]
fn a_suite_is_looked_at_as_a_whole(
    #[context] context: Context,
    #[case] arguments: &[&str],
    #[case] expected: &str,
) {
    let ended = suite(context.description.unwrap()).call(arguments);
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (0, expected, ""), "{ended}");
}

/// The codes of everything that is told.
fn told(ended: &Ended) -> Vec<&str> {
    let heads =
        ended.stderr.lines().filter(|line| line.starts_with("error[") || line.starts_with("warning["));
    heads.filter_map(|line| line.split(['[', ']']).nth(1)).collect()
}

const ONE_STATUS: &str = "title: A job is started
profile: http
callbacks: { done: {} }
steps:
  - name: all
    repeat: { times: 2 }
    steps:
      - name: start
        request: { post: /jobs, json: { tell: \"${{ callback.done }}\" } }
        expect: [ { status: 202 } ]
        capture: { id: /id }
";

/// What no answer alone gives, a server that always answers the same does not give either.
#[rstest]
#[case::status_alone("", 2)]
#[case::values_that_differ("    distinct: [ { value: id } ]\n", 0)]
#[case::values_that_are_the_same("    same: [ { value: id } ]\n", 2)]
#[case::a_call("  - { name: end, await: { callback: done, count: 2, within: 1s } }\n", 0)]
#[case::no_call("  - { name: end, await: { callback: done, count: 0, within: 1s } }\n", 2)]
fn one_status_is_enough_where_something_else_is_asked(
    #[context] context: Context,
    #[case] more: &str,
    #[case] code: i32,
) {
    let program = Orchspec::new(&format!("suites-one-status-{}", context.description.unwrap()));
    let ended = program
        .file("suite/scenarios/jobs/started.yaml", ONE_STATUS.to_owned() + more)
        .call(&["lint", "suite"]);
    let expected = if code == 0 { vec![] } else { vec!["constant-answer"] };
    assert_eq!((ended.code, told(&ended)), (code, expected), "{ended}");
}

#[test]
fn a_file_is_looked_at_beside_the_suite_that_is_named() {
    let program = suite("beside").file("suite/scenarios/jobs/there.yaml", SCENARIO.replace("title", "titel"));
    let ended = program.call(&["lint", "--suite", "suite", "target.yaml"]);
    assert_eq!((ended.code, told(&ended)), (2, vec!["unknown-key"]), "{ended}");
}

#[rstest]
#[case::policy("policy: { gon: 404 }", "unknown-policy")]
#[case::answer("policy: { gone: 400 }", "unknown-answer")]
#[case::capability("capabilities: { cancle: yes }", "unknown-capability")]
fn a_target_file_is_held_against_the_suite(
    #[context] context: Context,
    #[case] wrong: &str,
    #[case] code: &str,
) {
    let target = TARGET.replace(" }", &format!(", {wrong} }}"));
    let program = suite(context.description.unwrap())
        .file("target.yaml", target.as_str())
        .file("suite/target.yaml", target);
    for arguments in [&["lint", "--suite", "suite", "target.yaml"][..], &["lint", "suite"]] {
        let ended = program.call(arguments);
        assert_eq!((ended.code, told(&ended)), (2, vec![code]), "{ended}");
    }
}

/// What only follows from a mistake is not told beside it.
#[rstest]
#[case::circle(
    "fragments/start.yaml",
    "title: a\ninputs: { seconds: { type: integer } }\noutputs: { job: url }\nsteps: [ { name: again, use: start, with: { seconds: 1 }, outputs: { job: job } } ]\n",
    "cyclic-fragment"
)]
#[case::registry(
    "requirements/http.yaml",
    "profile: http\ntitle: T\nsource: s\nrequirements: [ { id: JOB-GET-01, level: MAST } ]\n",
    ""
)]
#[case::latin_rows("scenarios/jobs/rows.csv", "", "not-utf-8")]
#[case::ragged_rows("scenarios/jobs/rows.csv", "case,seconds\nshort\n", "uneven-cases")]
#[case::wrong_rows("scenarios/jobs/rows.csv", "case,seconds\nshort,soon\n", "input-type")]
#[case::no_sum(
    "scenarios/jobs/plain.yaml",
    "title: a\nprofile: http\nsteps: [ { name: a, wait: \"${{ target.prompt - 1s }}\" }, { name: b, request: { get: /a }, expect: [ { covers: [JOB-GET-01], status: 200 } ] } ]\n",
    "expression"
)]
#[case::schema_of_the_program(
    "scenarios/jobs/plain.yaml",
    "title: a\nprofile: http\nsteps: [ { name: b, request: { get: /a }, expect: [ { covers: [JOB-GET-01], body: { schema: elma/task } } ] } ]\n",
    "unknown-schema"
)]
#[case::digest(
    "scenarios/jobs/plain.yaml",
    "title: a\nprofile: http\nsteps: [ { name: b, request: { get: /a }, expect: [ { covers: [JOB-GET-01], body: { bytes_sha256: xyz } } ] } ]\n",
    "digest"
)]
fn a_mistake_is_told_once(
    #[context] context: Context,
    #[case] path: &str,
    #[case] content: &str,
    #[case] code: &str,
) {
    let content =
        if code == "not-utf-8" { b"case,seconds\ncaf\xe9,1\n".to_vec() } else { content.as_bytes().to_vec() };
    let ended = suite(context.description.unwrap())
        .file(&format!("suite/{path}"), content)
        .call(&["lint", "--suite", "suite"]);
    let codes = told(&ended);
    assert!(ended.code == 2 && codes.iter().all(|own| *own == code || code.is_empty()), "{ended}");
    assert!(codes.len() == 1 || code.is_empty() && !codes.contains(&"covers-nothing"), "{ended}");
}

#[test]
fn a_schema_in_yaml_is_refused() {
    let ended = suite("yaml").file("suite/schemas/job.yaml", "type: object\n").call(&["lint", "suite"]);
    assert_shows!("schema_in_yaml", ended);
    assert_eq!(ended.code, 2);
}

#[rstest]
#[case::coverage(&["suite", "coverage", "--suite", "suite"])]
#[case::requirement(&["explain", "job-start-01", "--suite", "suite"])]
#[case::scenario(&["explain", "jobs/there", "--suite", "suite"])]
#[case::policy(&["explain", "gone", "--suite", "suite"])]
fn a_suite_is_explained_without_a_server(#[context] context: Context, #[case] arguments: &[&str]) {
    let ended = suite(context.description.unwrap()).call(arguments);
    assert_shows!(format!("own_{}", context.description.unwrap()), ended);
    assert_eq!(ended.code, 0);
}

#[test]
fn a_suite_without_a_registry_is_explained_too() {
    let program = Orchspec::new("suites-plain").file("suite/scenarios/there.yaml", PLAIN);
    let explained = program.call(&["explain", "there: look", "--suite", "suite"]);
    assert!(explained.stdout.starts_with("there: look (MUST)"), "{explained}");
    assert_shows!(
        "own_coverage_without_a_registry",
        program.call(&["suite", "coverage", "--suite", "suite"])
    );
}

/// The way out names the suite that was given, or that one is to be given.
#[rstest]
#[case::the_built_in_one(&["run", "--target", "target.yaml"])]
#[case::a_part_of_it(&["plan", "elma/*", "--target", "target.yaml"])]
#[case::another_protocol(&["run", "--suite", "my suite", "--target", "elma.yaml"])]
#[case::nobodys_name(&["plan", "zz*", "--suite", "my suite", "--target", "target.yaml"])]
fn a_target_and_a_suite_that_do_not_meet(#[context] context: Context, #[case] arguments: &[&str]) {
    let name = context.description.unwrap();
    let elma = TARGET.replace("http: {", "elma: { principals: { owner: { token: a-token-of-this-test } },");
    let program = Orchspec::new(&format!("suites-apart-{name}"))
        .file("my suite/scenarios/there.yaml", PLAIN)
        .file("target.yaml", TARGET)
        .file("elma.yaml", elma);
    let ended = program.call(arguments);
    assert_eq!(ended.code, 2, "{ended}");
    assert_shows!(format!("apart_{name}"), ended);
}

/// The line of a lock for this judgement.
fn locked(program: &Orchspec, judgement: &str) -> String {
    let ended = program.call(&["suite", "lock", "--suite", "suite"]);
    assert_eq!(ended.code, 0, "{ended}");
    let line = ended.stdout.lines().find(|line| line.starts_with(judgement)).map(str::to_owned);
    line.unwrap_or_else(|| panic!("no {judgement} in {ended}"))
}

#[rstest]
#[case::scenario(
    "there@short#JOB-GET-01",
    "scenarios/jobs/there.yaml",
    SCENARIO,
    "status: 200",
    "status: 201"
)]
#[case::fragment("there@long#JOB-START-01", "fragments/start.yaml", FRAGMENT, "status: 202", "status: 201")]
fn a_lock_shows_what_means_something_else(
    #[case] judgement: &str,
    #[case] path: &str,
    #[case] text: &str,
    #[case] right: &str,
    #[case] wrong: &str,
) {
    let (judgement, program) =
        (format!("jobs/{judgement} MUST "), suite(&judgement.replace(['@', '#', '/', ' '], "-")));
    let before = locked(&program, &judgement);
    let program = program.file(&format!("suite/{path}"), format!("# only a remark\n{text}"));
    assert_eq!(locked(&program, &judgement), before);
    let program = program.file(&format!("suite/{path}"), text.replace(right, wrong));
    assert_ne!(locked(&program, &judgement), before);
}

#[test]
fn a_step_that_is_a_requirement_is_locked() {
    let program = Orchspec::new("suites-steps").file("suite/scenarios/there.yaml", PLAIN);
    let before = locked(&program, "there#there: look MUST ");
    let program = program.file("suite/scenarios/there.yaml", PLAIN.replace("200", "201"));
    assert_ne!(locked(&program, "there#there: look MUST "), before);
}
