//! The commands beside `run`: help, files that they write, text that they print.

use rstest::{Context, rstest};

use crate::orchspec::{Orchspec, assert_shows};

#[rstest]
#[case::help(&[])]
#[case::help_run(&["run"])]
#[case::help_lint(&["lint"])]
#[case::help_list(&["list"])]
#[case::help_explain(&["explain"])]
#[case::help_plan(&["plan"])]
#[case::help_target(&["target"])]
#[case::help_target_init(&["target", "init"])]
#[case::help_target_check(&["target", "check"])]
#[case::help_client(&["client"])]
#[case::help_client_run(&["client", "run"])]
#[case::help_client_init(&["client", "init"])]
#[case::help_schema(&["schema"])]
#[case::help_suite(&["suite"])]
#[case::help_suite_export(&["suite", "export"])]
#[case::help_snapshot(&["snapshot"])]
#[case::help_snapshot_list(&["snapshot", "list"])]
#[case::help_snapshot_review(&["snapshot", "review"])]
#[case::help_snapshot_accept(&["snapshot", "accept"])]
#[case::help_mock(&["mock"])]
#[case::help_baseline(&["baseline"])]
#[case::help_baseline_write(&["baseline", "write"])]
#[case::help_mutants(&["mutants"])]
#[case::help_record(&["record"])]
#[case::help_completions(&["completions"])]
#[case::help_man(&["man"])]
fn help_is_short(#[context] context: Context, #[case] command: &[&str]) {
    let name = context.description.unwrap();
    let ended = Orchspec::new(name).call(&[command, &["--help"]].concat());
    assert_shows!(name, ended);
    assert_eq!(ended.code, 0);
}

#[test]
fn a_target_file_is_written_once() {
    let program = Orchspec::new("target_init");
    assert_eq!(program.call(&["target", "init"]).code, 0);
    let written = program.read("target.yaml");
    let again = program.call(&["target", "init"]);
    assert_shows!("target_init_again", again);
    assert_eq!(again.code, 2);
    assert_eq!(program.read("target.yaml"), written);
}

#[test]
fn a_target_file_is_written_to_standard_output() {
    let program = Orchspec::new("target_init_output");
    let ended = program.call_as_is(&["target", "init", "-"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    assert!(!program.path("-").exists());
    assert_eq!(program.call(&["target", "init", "target.yaml"]).code, 0);
    assert_eq!(program.read("target.yaml"), ended.stdout);
}

#[test]
fn an_exported_suite_is_the_built_in_one() {
    let program = Orchspec::new("suite_export");
    assert_eq!(program.call(&["suite", "export", "copy"]).code, 0);
    let listed = |arguments: &[&str]| program.call(arguments).stdout;
    assert_eq!(listed(&["list", "scenarios", "--suite", "copy"]), listed(&["list", "scenarios"]));
    assert_eq!(program.call(&["suite", "export", "copy"]).code, 2);
}

#[rstest]
#[case::scenario("scenario")]
#[case::fragment("fragment")]
#[case::target("target")]
#[case::requirements("requirements")]
#[case::baseline("baseline")]
#[case::mock("mock")]
#[case::faults("faults")]
#[case::verdicts("verdicts")]
#[case::situation("situation")]
#[case::report("report")]
#[case::mutants("mutants")]
fn the_committed_schema_is_the_one_that_is_printed(#[case] name: &str) {
    let printed = Orchspec::new(&format!("schema_{name}")).call_as_is(&["schema", name]).stdout;
    let path = format!("{}/schemas/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let committed = std::fs::read_to_string(path).unwrap();
    assert!(printed == committed, "write it again with: cargo run -- schema {name} > schemas/{name}.json");
}

#[rstest]
#[case::scenarios("scenario", "scenarios")]
#[case::own_scenarios("scenario", "examples/upload/scenarios")]
#[case::own_fragments("fragment", "examples/upload/fragments")]
#[case::targets("target", "targets")]
#[case::registries("requirements", "requirements")]
#[case::fault_plans("faults", "faults")]
fn every_built_in_file_satisfies_the_editors_schema(#[case] name: &str, #[case] folder: &str) {
    let root = env!("CARGO_MANIFEST_DIR");
    let schema = std::fs::read_to_string(format!("{root}/schemas/{name}.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    for (path, file) in yaml_files(&std::path::Path::new(root).join(folder)) {
        let mistakes: Vec<String> =
            validator.iter_errors(&file).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(mistakes.is_empty(), "{path}: {mistakes:#?}");
    }
}

/// Every YAML file below a folder, as JSON.
fn yaml_files(folder: &std::path::Path) -> Vec<(String, serde_json::Value)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(yaml_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            let text = std::fs::read_to_string(&path).unwrap();
            let mut sources = orchspec::source::SourceMap::default();
            let source = sources.add("", text.as_str());
            let node = orchspec::yaml::parse(source, &text, &mut Vec::new()).unwrap();
            found.push((path.display().to_string(), node.to_json()));
        }
    }
    found
}

#[rstest]
#[case::explain_requirement("UIP-ASYNC-11")]
#[case::explain_policy("redirect_codes")]
#[case::explain_matcher("at_least")]
#[case::explain_defect("UIP-ASYNC-11/302-instead-of-303")]
#[case::explain_rule("CV-RETRY-1")]
#[case::explain_scenario("uipath/async/completes-with-redirect")]
#[case::explain_diagnostic("unknown-key")]
#[case::explain_nothing("UIP-ASYNC-111")]
fn a_name_is_explained(#[context] context: Context, #[case] id: &str) {
    let name = context.description.unwrap();
    assert_shows!(name, Orchspec::new(name).call(&["explain", id]));
}

#[test]
fn every_obligation_that_can_be_judged_has_scenarios_checks_and_defects() {
    let listed = Orchspec::new("list_requirements").call(&["list", "requirements", "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed.stdout).unwrap();
    let binds_servers = |own: &&serde_json::Value| own["who"].as_array().unwrap().contains(&"S".into());
    let is_must = |own: &&serde_json::Value| own["level"].as_str().unwrap().starts_with("MUST");
    let is_bare = |own: &&serde_json::Value| {
        ["scenarios", "checks", "defects"].iter().any(|key| own[*key].as_array().unwrap().is_empty())
    };
    let musts = listed.as_array().unwrap().iter().filter(binds_servers).filter(is_must);
    let bare: Vec<&str> = musts
        .filter(|own| own["untested"].is_null())
        .filter(is_bare)
        .map(|own| own["id"].as_str().unwrap())
        .collect();
    assert_eq!(bare, [""; 0]);
}

#[rstest]
#[case::scenarios("scenarios", "uipath/async/completes-with-redirect")]
#[case::policies("policies", "redirect_codes")]
#[case::matchers("matchers", "at_least")]
#[case::defects("defects", "UIP-ASYNC-12/no-location")]
#[case::rules("rules", "CV-RETRY-1")]
fn every_list_is_text_and_json(#[case] what: &str, #[case] member: &str) {
    let program = Orchspec::new(&format!("list_{what}"));
    let text = program.call(&["list", what]).stdout;
    let json = program.call(&["list", what, "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json.as_array().unwrap().len(), text.lines().count());
    let is_called = |own: &serde_json::Value| own["id"] == member || own["name"] == member;
    assert!(json.as_array().unwrap().iter().any(is_called) && text.contains(member), "{text}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let program = Orchspec::new("completions");
    let script = program.call(&["completions", "bash"]);
    assert!(script.stdout.contains("complete -F"), "{script}");
    assert!(program.call(&["man"]).stdout.contains(".SH SYNOPSIS"));
}

#[test]
fn a_suite_without_registries_lists_what_it_can_cite() {
    let scenario = "title: It is there\nprofile: http\nsteps:\n  - { name: look, request: { get: / }, \
                    expect: [ { status: 200, body: { is: object } } ] }\n";
    let program = Orchspec::new("list_own_requirements").file("suite/scenarios/there.yaml", scenario);
    let listed = program.call(&["list", "requirements", "--suite", "suite"]);
    assert!(listed.stdout.contains("there: look") && !listed.stdout.contains("ELMA-"), "{listed}");
}
