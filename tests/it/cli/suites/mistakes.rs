//! Mistakes in a suite of one's own that only show where its parts, or a suite and a target file, are held together.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;

use rstest::{Context, rstest};

use super::{FRAGMENT, PLAIN, REGISTRY, SCENARIO, TARGET, suite, told};
use crate::orchspec::{Orchspec, assert_shows};

/// Somebody whose secret is not there to be read is known nevertheless.
const WITH_PRINCIPALS: &str = "target: 1
http:
  base: \"http://127.0.0.1:9\"
  principals: { owner: { bearer: { env: NOT_SET } }, nobody: { bearer: a-token-of-this-test }, guest: none }
";

#[test]
fn principals_that_a_target_file_does_not_have_are_told() {
    let scenario = SCENARIO.replace("name: look", "name: look\n    as: nobdy");
    let fragment = FRAGMENT.replace("name: post", "name: post\n    as: administrator");
    let guest = "title: a guest, and nobody that is known\nprofile: http\nsteps:
  - { name: look, as: guest, request: { get: /jobs }, expect: [ { covers: [JOB-GET-01], status: 200 } ] }
  - { name: knock, as: unknown, request: { get: /jobs }, expect: [ { covers: [JOB-GET-01], status: 401 } ] }\n";
    let program = suite("principals")
        .file("suite/scenarios/jobs/there.yaml", scenario)
        .file("suite/fragments/start.yaml", fragment)
        .file("suite/scenarios/jobs/guest.yaml", guest)
        .file("without-owner.yaml", WITH_PRINCIPALS.replace("owner: {", "nobdy: none, administrator: {"))
        .file("target.yaml", WITH_PRINCIPALS);
    let ended = program.call(&["lint", "--suite", "suite", "target.yaml"]);
    assert_eq!((ended.code, told(&ended)), (0, vec!["unknown-principal"; 2]), "{ended}");
    assert_shows!("lint_unknown_principals", ended);
    let nobody = program.call(&["lint", "--suite", "suite", "without-owner.yaml"]);
    assert_shows!("lint_principals_without_owner", nobody);
    let target = WITH_PRINCIPALS.replace("{ env: NOT_SET }", "another-token-of-this-test");
    let program = program.file("target.yaml", target.replace("guest", "administrator: none, guest"));
    let planned = program.call(&["plan", "--suite", "suite", "--target", "target.yaml"]);
    assert!(planned.stdout.contains("http.principals.administrator is `none`"), "{planned}");
    let program = program.file("suite/fragments/start.yaml", FRAGMENT);
    let planned = program.call(&["plan", "--suite", "suite", "--target", "target.yaml"]);
    let reason = "http.principals.nobdy is not mentioned; is `nobody` meant?";
    assert!(planned.stdout.contains(reason), "{planned}");
}

/// Where a protocol names its principals, a target file need not have all of them.
#[test]
fn a_principal_of_the_protocol_need_not_be_mentioned() {
    let text = |name: &str| {
        format!(
            "title: Somebody looks\nprofile: elma\nsteps:\n  - name: look\n    as: {name}\n    \
             request: {{ status: 1 }}\n    expect: [ {{ covers: [ELMA-STATUS-01], result: refused }} ]\n  \
             - {{ name: again, request: {{ status: 2 }}, expect: [ {{ covers: [ELMA-STATUS-01], status: 200 }} ] }}\n"
        )
    };
    let target = "target: 1\nelma: { base: \"http://127.0.0.1:9\", \
                  principals: { owner: { token: a-token-of-this-test } } }\n";
    for (name, expected) in [("stranger", vec![]), ("strangr", vec!["unknown-principal"])] {
        let program = Orchspec::new(&format!("suites-elma-{name}"))
            .file("suite/scenarios/look.yaml", text(name))
            .file("target.yaml", target);
        let ended = program.call(&["lint", "--suite", "suite", "target.yaml"]);
        assert_eq!((ended.code, told(&ended)), (0, expected), "{ended}");
    }
}

/// Told at the cell that decides it, also where fragments hand it on.
#[test]
fn a_cell_of_another_type_is_told_where_it_stands() {
    let outer = "title: a job is started by way of another fragment
inputs: { seconds: { type: any }, retries: { type: any, default: some } }
outputs: { job: url }
steps:
  - name: begin
    use: start
    with: { seconds: \"${{ input.seconds }}\", retries: \"${{ input.retries }}\" }
    outputs: { job: job }
";
    let inner = FRAGMENT
        .replace("{ type: integer } }", "{ type: integer }, retries: { type: integer, default: 1 } }");
    let program = suite("cells")
        .file("suite/scenarios/jobs/there.yaml", SCENARIO.replace("use: start", "use: outer"))
        .file("suite/scenarios/jobs/direct.yaml", SCENARIO.replace("rows.csv", "direct.cases.yaml"))
        .file("suite/scenarios/jobs/rows.csv", "case,seconds\nshort,1\nlong,\"30\"\nlonger,soon\n")
        .file("suite/scenarios/jobs/direct.cases.yaml", "short: { seconds: 1 }\nlong: { seconds: 3s }\n")
        .file("suite/fragments/outer.yaml", outer)
        .file("suite/fragments/start.yaml", inner);
    let ended = program.call(&["lint", "--suite", "suite"]);
    assert_eq!(ended.code, 2, "{ended}");
    assert_shows!("lint_cells", ended);
}

/// Whoever has only begun a suite is told of mistakes in what is there.
#[test]
fn a_suite_without_scenarios_is_looked_through() {
    let program = Orchspec::new("suites-begun")
        .file("suite/requirements/http.yaml", REGISTRY.replace("level: SHOULD", "level: SHULD"))
        .file("suite/fragments/start.yaml", FRAGMENT.replace("type: integer", "type: intger"));
    for command in ["lint", "run"] {
        let ended = program.call(&[command, "--suite", "suite"]);
        assert_eq!(ended.code, 2, "{ended}");
        assert_shows!("suite_without_scenarios", ended);
    }
}

#[test]
fn inputs_and_outputs_of_a_fragment_that_has_none() {
    let fragment = "title: a job is started\nsteps:\n  - { name: post, request: { post: /jobs }, \
                    expect: [ { covers: [JOB-START-01], status: 202 } ], capture: { job: location } }\n";
    let ended =
        suite("neither").file("suite/fragments/start.yaml", fragment).call(&["lint", "--suite", "suite"]);
    assert_eq!(ended.code, 2, "{ended}");
    assert_shows!("lint_neither_inputs_nor_outputs", ended);
}

/// A name that something captured has a value at other places than this.
#[test]
fn names_that_were_captured_elsewhere() {
    let scenario = "title: Names come and go
profile: http
steps:
  - name: rounds
    repeat: { times: 2 }
    steps: [ { name: post, request: { post: /jobs }, capture: { job: location } } ]
  - { name: behind the rounds, request: { get: \"${{ job }}\" } }
  - name: at once
    parallel:
      one: [ { name: first, request: { get: /a }, capture: { left: /a } } ]
      two: [ { name: second, request: { get: \"${{ left }}\" }, capture: { code: status } } ]
  - { name: behind both, request: { get: \"${{ left }}\" } }
  - name: either way
    either:
      - { when: { code: 200 }, steps: [ { name: this way, request: { get: /a }, capture: { kept: /a } } ] }
      - { when: { code: 404 }, steps: [ { name: that way, request: { get: \"${{ kept }}\" } } ] }
  - { name: fragment, use: start, with: { seconds: 1 }, outputs: { status_uri: job } }
  - { name: behind it, request: { get: \"${{ status_uri }}/${{ began }}\" }, \
      expect: [ { covers: [JOB-GET-01], status: 200 } ] }
";
    let fragment = FRAGMENT.replace("{ job: location }", "{ job: location, began: header.date }");
    let ended = suite("elsewhere")
        .file("suite/scenarios/jobs/there.yaml", scenario)
        .file("suite/fragments/start.yaml", fragment)
        .call(&["lint", "--suite", "suite"]);
    assert_eq!((ended.code, told(&ended)), (2, vec!["unbound-name"; 4]), "{ended}");
    assert_shows!("lint_names_elsewhere", ended);
}

/// As in a scenario: the schemas of the program are of its own protocols.
#[test]
fn a_fragment_that_nobody_uses_sees_no_schema_of_the_program() {
    let fragment = "title: nobody uses it\nsteps:\n  - { name: look, request: { get: /jobs }, \
                    expect: [ { covers: [JOB-GET-01], body: { schema: elma/task } } ] }\n";
    let program = suite("strange-schema").file("suite/fragments/look.yaml", fragment);
    let ended = program.call(&["lint", "--suite", "suite"]);
    assert_eq!((ended.code, told(&ended)), (2, vec!["unknown-schema"]), "{ended}");
}

/// The kill matrix is one of the mock.
#[test]
fn a_suite_that_the_mock_does_not_speak_has_no_mutants() {
    let ended = suite("mutants").call(&["mutants", "--suite", "suite"]);
    assert_eq!(ended.code, 2, "{ended}");
    assert_shows!("mutants_of_another_protocol", ended);
}

/// A suite for the embedded mock, with a requirement that none of its scenarios looks at.
fn with_a_gap(name: &str) -> Orchspec {
    let read =
        |path: &str| std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let scenario = read("scenarios/uipath/async/completes-with-redirect.yaml");
    let registry = read("requirements/uipath.yaml");
    let ids = regex::Regex::new("UIP-[A-Z]+-[0-9]+").unwrap();
    let cited: BTreeSet<&str> = ids.find_iter(&scenario).map(|id| id.as_str()).collect();
    let gaps = [("UIP-GAP-01", "MUST"), ("UIP-GAP-02", "SHOULD")];
    let rows = cited.into_iter().map(|id| (id, "MUST")).chain(gaps);
    let rows =
        rows.map(|(id, level)| format!("  - {{ id: {id}, level: {level}, statement: So., clause: a }}\n"));
    let (head, _) = registry.split_once("requirements:\n").unwrap();
    let registry = format!("{head}requirements:\n{}", rows.collect::<String>());
    let program = Orchspec::new(name).file("suite/requirements/uipath.yaml", registry);
    program.file("suite/scenarios/uipath/ends.yaml", scenario)
}

/// A requirement that nobody judges is named, and the full gate does not take it for one that holds.
#[test]
fn what_no_scenario_judges_is_told_and_closes_the_full_gate() {
    let program = with_a_gap("suites-gap");
    let run = |more: &[&str]| program.call(&[&["run", "--suite", "suite"], more].concat());
    let told = "; MUSTs that no scenario judges: UIP-GAP-01\n";
    let by_default = run(&[]);
    assert!(by_default.code == 0 && by_default.stdout.contains(told), "{by_default}");
    let full = run(&["--gate", "full", "--report", "json=full.json"]);
    let gate = "gate undecided: no scenario judges 1 MUST: UIP-GAP-01\n";
    assert!(full.code == 3 && full.stdout.contains(told) && full.stdout.ends_with(gate), "{full}");
    let verified = program.call(&["report", "verify", "full.json"]);
    assert_eq!(verified.code, 0, "{verified}");
    // What was not asked for is not missed.
    for part in [&["uipath/**"][..], &["--shard", "1/2"]] {
        let ended = run(&[&["--gate", "full"], part].concat());
        assert!(ended.code == 0 && !ended.stdout.contains("UIP-GAP"), "{ended}");
    }
    let shards = ["1", "2"].map(|part| {
        let file = format!("{part}.json");
        run(&["--gate", "full", "--shard", &format!("{part}/2"), "--report", &format!("json={file}")]);
        file
    });
    let merged = program.call(&["report", "merge", &shards[0], &shards[1], "--output", "all.json"]);
    assert!(merged.code == 3 && merged.stderr.ends_with(gate), "{merged}");
}

/// Who has no registry of his own is not asked for what the built-in one has.
#[test]
fn the_registry_of_the_program_need_not_be_judged_as_a_whole() {
    let program = with_a_gap("suites-no-gap");
    std::fs::remove_dir_all(program.path("suite/requirements")).unwrap();
    let ended = program.call(&["run", "--suite", "suite", "--gate", "full"]);
    assert!(ended.code == 0 && !ended.stdout.contains("no scenario judges"), "{ended}");
}

/// Each of these would be read, and could not do what it says.
#[rstest]
#[case::registry_of_no_profile("requirements/http.yaml", "profile: http", "profile: foo")]
#[case::budget_of_nothing(
    "scenarios/jobs/there.yaml",
    "request: { get: \"${{ job }}\" }",
    "poll: { get: \"${{ job }}\" }\n    within: 0s\n    until: { covers: [JOB-GET-01], status: 303 }"
)]
#[case::names_of_no_header(
    "scenarios/jobs/there.yaml",
    "status: 200 } ]",
    "headers: { \"x y\": 1, \"Location:\": { is: present } } } ]\n    capture: { id: header.x y }"
)]
#[case::branches_that_fail(
    "scenarios/jobs/there.yaml",
    "request: { get: \"${{ job }}\" }",
    "poll: { get: \"${{ job }}\" }\n    within: 1s\n    until: { covers: [JOB-GET-01], status: 303 }\n    \
     pending: { status: 404 }\n    fail_when: { status: 404 }"
)]
#[case::text_that_is_no_number(
    "scenarios/jobs/there.yaml",
    "status: 200 } ]",
    "status: 200 } ]\n    capture: { wait: header.retry-after, code: status }\n  - name: again\n    either:\n      \
     - { when: { wait: [5, 10] }, steps: [ { name: a, wait: 5s } ] }\n      \
     - { when: { code: [\"200\", 2xx] }, steps: [ { name: b, wait: 5s } ] }"
)]
#[case::rows_without_names("scenarios/jobs/rows.csv", "short,1\nlong,30", "*,1\n\"\",30")]
fn what_cannot_work_is_refused(
    #[context] context: Context,
    #[case] path: &str,
    #[case] right: &str,
    #[case] wrong: &str,
) {
    let name = context.description.unwrap();
    let program = suite(name);
    let file = program.read(&format!("suite/{path}"));
    assert!(file.contains(right), "{file}");
    let ended = program
        .file(&format!("suite/{path}"), file.replacen(right, wrong, 1))
        .call(&["lint", "--suite", "suite"]);
    assert_eq!(ended.code, 2, "{ended}");
    assert_shows!(format!("impossible_{name}"), ended);
}

/// The way out is told where it is: a list of the program's own requirements would be none.
#[rstest]
#[case::with_a_registry("suite/requirements/http.yaml")]
#[case::without_a_registry("suite/nothing.yaml")]
fn an_unknown_requirement_is_told_with_those_that_there_are(
    #[context] context: Context,
    #[case] registry: &str,
) {
    let name = context.description.unwrap();
    let program = Orchspec::new(&format!("suites-covers-{name}"))
        .file("suite/scenarios/there.yaml", PLAIN.replace("status: 200", "covers: [QUEUE-07], status: 200"))
        .file(registry, REGISTRY);
    let ended = program.call(&["lint", "--suite", "suite"]);
    assert_eq!(ended.code, 2, "{ended}");
    assert_shows!(format!("unknown_requirement_{name}"), ended);
}

/// What is captured anew, or in one way only, may be of another kind than before.
#[test]
fn a_name_of_which_the_kind_is_not_known_is_compared_with_anything() {
    let scenario = "title: Kinds
profile: http
steps:
  - { name: first, request: { get: /a }, capture: { code: status, state: /state } }
  - name: anew
    request: { get: /b }
    capture: { state: status, code: { from: header.x-code, matches: \"(.*)\" } }
    expect: [ { covers: [JOB-GET-01], when: { state: done }, status: 200 }, { covers: [JOB-GET-01], when: { code: 200 }, status: 202 } ]
  - { name: behind, when: { state: 200, code: \"7\" }, request: { get: /c }, capture: { word: status } }
  - name: ways
    either:
      - { when: { state: 200 }, steps: [ { name: a, request: { get: /a }, capture: { word: body.text, one: status } } ] }
      - { when: { state: 404 }, steps: [ { name: b, request: { get: /b }, capture: { word: status, one: status } } ] }
  - { name: after the ways, when: { word: done }, request: { get: /c } }
  - name: carried
    poll: { get: \"/c/${{ one }}\" }
    carry: { one: /next }
    within: 5s
    until: { covers: [JOB-GET-01], when: { one: last }, status: 200 }
";
    let program = suite("kinds")
        .file("suite/scenarios/jobs/there.yaml", SCENARIO)
        .file("suite/scenarios/jobs/kinds.yaml", scenario);
    let ended = program.call(&["lint", "--suite", "suite"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{ended}");
    let program = program
        .file("suite/scenarios/jobs/kinds.yaml", scenario.replace("state: 200, code", "state: done, code"));
    assert_eq!(told(&program.call(&["lint", "--suite", "suite"])), ["never-equal"]);
}

/// Its name could not stand in a report, nor in a scenario that names it.
#[test]
fn a_file_whose_name_is_no_text_is_told() {
    let odd = OsStr::from_bytes(b"z\xff.yaml");
    let program = suite("odd-name").folder("loose");
    for (folder, arguments) in [
        ("suite/scenarios", &["lint", "--suite", "suite"][..]),
        ("suite", &["lint", "suite"]),
        ("loose", &["lint", "loose"]),
    ] {
        let path = program.path(folder).join(odd);
        fs::write(&path, TARGET).unwrap();
        let ended = program.call(arguments);
        fs::remove_file(path).unwrap();
        assert_eq!((ended.code, told(&ended)), (2, vec!["not-utf-8"]), "{ended}");
    }
    fs::write(program.path("loose").join(odd), TARGET).unwrap();
    assert_shows!("lint_odd_name", program.call(&["lint", "loose"]));
}

/// A suite is not too deep by accident: what helps is fewer levels, and not quotes.
#[test]
fn values_that_are_nested_too_deep() {
    let deep = format!("title: a\nprofile: http\nsteps: {}{}\n", "[".repeat(80), "]".repeat(80));
    let program = suite("deep").file("suite/scenarios/jobs/there.yaml", deep);
    assert_shows!("lint_too_deep", program.call(&["lint", "--suite", "suite"]));
}
