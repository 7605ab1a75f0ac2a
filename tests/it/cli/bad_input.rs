//! Bad input: one clear diagnostic each, exit code 2, and no request is sent.

use std::os::unix::fs::symlink;

use rstest::{Context, rstest};

use crate::orchspec::{Orchspec, Silence, assert_shows};

const TARGET: &str = "target: 1
identity: { organization: Acme, product: Orchestrator }
uipath:
  base: { env: BASE }
  principals: { owner: { bearer: { env: TOKEN } } }
  jobs:
    quick: { path: /t/quick, verb: POST, mode: AsyncRequestReply, kind: echo, runs: { at_least: 0s, at_most: 1s } }
";

const SCENARIO: &str = "title: An asynchronous call is accepted
profile: uipath
needs: { jobs: { job: { kind: echo } } }
steps:
  - name: invoke
    request: { invoke: job, mode: AsyncRequestReply }
    expect:
      - { covers: [UIP-ASYNC-02], status: 202 }
";

/// A folder with a suite and a target whose server listens; `run` would send it a request.
fn prepared(name: &str, scenario: impl AsRef<[u8]>, silence: &Silence) -> Orchspec {
    Orchspec::new(name)
        .variable("BASE", silence.origin())
        .variable("TOKEN", "a-token-of-this-test")
        .file("target.yaml", TARGET)
        .file("suite/scenarios/uipath/accepted.yaml", scenario)
}

const RUN: [&str; 5] = ["run", "--suite", "suite", "--target", "target.yaml"];

#[rstest]
#[case::misspelt_key("expect:", "expcet:")]
#[case::misspelt_capture(
    "status: 202 }\n",
    "status: 202 }\n    captuer: { uri: location }\n  - { name: look, request: { get: \"${{ uri }}\" } }\n"
)]
#[case::duplicate_key("    request:", "    name: again\n    request:")]
#[case::misspelt_required_key("title:", "titel:")]
#[case::status_that_is_none("status: 202", "status: [abc, 99999]")]
#[case::wrong_type("name: invoke", "name: [invoke]")]
#[case::unknown_requirement("UIP-ASYNC-02", "UIP-ASYNC-99")]
#[case::unknown_matcher("status: 202", "status: { equal: 202 }")]
#[case::unknown_profile("profile: uipath", "profile: uipth")]
#[case::unbound_variable("invoke: job, mode", "get: \"${{ status_uri }}\", mode")]
#[case::unknown_alias("invoke: job", "invoke: jbo")]
#[case::unknown_job_kind("kind: echo", "kind: ehco")]
#[case::tab("    request:", "\trequest:")]
#[case::not_yaml("{ invoke: job, mode: AsyncRequestReply }", "{ invoke: job, mode: AsyncRequestReply")]
fn a_mistake_in_a_scenario_is_shown_where_it_is(
    #[context] context: Context,
    #[case] right: &str,
    #[case] wrong: &str,
) {
    let name = context.description.unwrap();
    assert!(SCENARIO.contains(right), "{right}");
    let silence = Silence::listen();
    let program = prepared(name, SCENARIO.replace(right, wrong), &silence);
    let ended = program.call(&RUN);
    assert_shows!(name, ended);
    assert_eq!(ended.code, 2);
    assert!(silence.is_unbroken());
}

#[test]
fn a_file_that_is_not_text_is_refused() {
    let silence = Silence::listen();
    let bytes = [SCENARIO.as_bytes(), b"# caf\xe9\n"].concat();
    let ended = prepared("not_utf_8", bytes, &silence).call(&RUN);
    assert_shows!("not_utf_8", ended);
    assert_eq!(ended.code, 2);
    assert!(silence.is_unbroken());
}

#[test]
fn an_empty_file_is_refused() {
    let silence = Silence::listen();
    let ended = prepared("empty_file", "", &silence).call(&RUN);
    assert_shows!("empty_file", ended);
    assert_eq!(ended.code, 2);
    assert!(silence.is_unbroken());
}

#[test]
fn all_mistakes_of_all_files_are_shown_at_once() {
    let silence = Silence::listen();
    let program = prepared("several_files", SCENARIO.replace("title", "titel"), &silence)
        .file("suite/scenarios/uipath/other.yaml", SCENARIO.replace("status: 202", "staus: 202"));
    let ended = program.call(&RUN);
    assert_shows!("several_files", ended);
    assert_eq!(ended.code, 2);
    assert!(silence.is_unbroken());
}

#[rstest]
#[case::empty_folder(&["run", "--suite", "empty"])]
#[case::missing_folder(&["run", "--suite", "nowhere"])]
#[case::missing_target_file(&["run", "--target", "nowhere.yaml"])]
#[case::filter_without_match(&["run", "--suite", "suite", "--target", "target.yaml", "uipath/acepted"])]
#[case::tag_without_match(&["run", "--suite", "suite", "--target", "target.yaml", "--tag", "slow"])]
#[case::unknown_setting(&["run", "--suite", "suite", "--target", "target.yaml", "--set", "timing.pol=1s"])]
#[case::unknown_defect(&["run", "--defect", "UIP-ASYNC-11/nonsense"])]
#[case::unknown_format(&["run", "--report", "xml=report.xml"])]
#[case::wrong_duration(&["run", "--wait", "soon"])]
#[case::no_command(&[])]
fn a_mistake_in_the_arguments_names_the_way_out(#[context] context: Context, #[case] arguments: &[&str]) {
    let name = context.description.unwrap();
    let silence = Silence::listen();
    let ended = prepared(name, SCENARIO, &silence).folder("empty").call(arguments);
    assert_shows!(name, ended);
    assert_eq!(ended.code, 2);
    assert!(silence.is_unbroken());
}

#[rstest]
#[case::pause_of_zero("uipath:", "timing: { poll: 0s }\nuipath:")]
#[case::unset_variable("env: TOKEN", "env: TOKEN_THAT_IS_NOT_SET")]
#[case::short_secret("{ env: TOKEN }", "short")]
#[case::job_of_unknown_kind("kind: echo", "kind: ehco")]
#[case::unknown_key_of_target("principals:", "principal:")]
fn a_mistake_in_a_target_file_names_the_way_out(
    #[context] context: Context,
    #[case] right: &str,
    #[case] wrong: &str,
) {
    let name = context.description.unwrap();
    assert!(TARGET.contains(right), "{right}");
    let silence = Silence::listen();
    let program = prepared(name, SCENARIO, &silence).file("target.yaml", TARGET.replace(right, wrong));
    let ended = program.call(&RUN);
    assert_shows!(name, ended);
    assert_eq!(ended.code, 2);
    assert!(silence.is_unbroken());
}

/// Files that somebody put there to be read, and that nobody would read.
#[rstest]
#[case::misnamed_file(|program: &Orchspec| std::fs::write(program.path("suite/scenarios/uipath/other.yml"), SCENARIO))]
#[case::dangling_link(|program: &Orchspec| symlink("nowhere", program.path("suite/scenarios/uipath/other.yaml")))]
#[case::followed_link(|program: &Orchspec| symlink("accepted.yaml", program.path("suite/scenarios/uipath/other.yaml")))]
fn a_file_that_would_be_passed_over_is_refused(
    #[context] context: Context,
    #[case] add: impl Fn(&Orchspec) -> std::io::Result<()>,
) {
    let name = context.description.unwrap();
    let silence = Silence::listen();
    let program = prepared(name, SCENARIO, &silence);
    add(&program).unwrap();
    let ended = program.call(&RUN);
    assert_shows!(name, ended);
    assert_eq!(ended.code, 2);
    assert!(silence.is_unbroken());
}

/// What only follows from a mistake is not told beside it.
#[rstest]
#[case::in_a_registry("requirements/uipath.yaml", "level: MUST", "levl: MUST", "unknown-key")]
#[case::in_the_whole_registry("requirements/uipath.yaml", "requirements:", "requirements: [", "yaml-syntax")]
#[case::in_a_schema("schemas/elma/task.json", "{", "{ ,", "schema-syntax")]
fn a_mistake_in_a_file_that_others_need_is_told_once(
    #[case] file: &str,
    #[case] right: &str,
    #[case] wrong: &str,
    #[case] code: &str,
) {
    let program = Orchspec::new(&format!("told_once_{code}"));
    assert_eq!(program.call(&["suite", "export", "suite"]).code, 0);
    let path = format!("suite/{file}");
    let text = program.read(&path);
    assert!(text.contains(right));
    let program = program.file(&path, text.replacen(right, wrong, 1));
    let ended = program.call(&["lint", "--suite", "suite"]);
    assert_eq!(ended.code, 2, "{ended}");
    let told: Vec<&str> = ended.stderr.lines().filter(|line| line.starts_with("error[")).collect();
    assert!(told.len() == 1 && told[0].starts_with(&format!("error[{code}]")), "{told:?}");
}
