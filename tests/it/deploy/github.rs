//! The workflow and the composite action of GitHub, a job for each shard of the matrix, and the job that merges.

use serde_json::Value;

use super::assert_merged;
use super::file::{documents, path, run_lines, text};
use crate::orchspec::Orchspec;
use crate::validators::validators;

const WORKFLOW: &str = "github/workflow.yml";
const ACTION: &str = "github/action.yml";

/// What stands for an expression: `${{ matrix.shard }}`.
type Values<'a> = [(&'a str, &'a str)];

/// A text with its expressions replaced; one that nobody gave a value is a mistake of the file.
fn evaluated(text: &str, values: &Values<'_>) -> String {
    let replaced = values
        .iter()
        .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("${{{{ {name} }}}}"), value));
    assert!(!replaced.contains("${{"), "{replaced}");
    replaced
}

/// The step of this name in a list of steps.
fn step<'a>(steps: &'a Value, name: &str) -> &'a Value {
    steps.as_array().unwrap().iter().find(|step| step["name"] == name).unwrap()
}

/// What the step that uses the action gives it, and the defaults of the rest.
fn inputs(action: &Value, with: &Value, values: &Values<'_>) -> Vec<(String, String)> {
    let declared = action["inputs"].as_object().unwrap();
    assert!(with.as_object().unwrap().keys().all(|key| declared.contains_key(key)), "{with}");
    let input = |(name, input): (&String, &Value)| {
        let given = with[name].as_str().map(|text| evaluated(text, values));
        (format!("inputs.{name}"), given.unwrap_or_else(|| text(input, "/default").to_owned()))
    };
    declared.iter().map(input).collect()
}

/// Runs the one step of the action with these inputs.
fn run_action(program: &Orchspec, action: &Value, inputs: &[(String, String)]) -> (i32, String) {
    let step = step(&action["runs"]["steps"], "Judge the server");
    let values: Vec<(&str, &str)> =
        inputs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let env = step["env"].as_object().unwrap().iter();
    let env: Vec<(String, String)> =
        env.map(|(name, value)| (name.clone(), evaluated(value.as_str().unwrap(), &values))).collect();
    let env: Vec<(&str, &str)> = env.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let lines = text(step, "/run");
    assert!(
        !lines.contains("${{"),
        "an expression in a script is a way in for whoever names a branch: {lines}"
    );
    run_lines(program, lines, &env)
}

#[test]
fn the_files_are_valid_by_the_schemas_of_github() {
    let Some(validators) = validators() else { return };
    validators.check_schema(&["--builtin-schema", "vendor.github-workflows"], &path(WORKFLOW));
    validators.check_schema(&["--builtin-schema", "vendor.github-actions"], &path(ACTION));
}

#[test]
fn its_jobs_judge_every_case_once_and_merge_into_the_report_of_one_run() {
    let program = Orchspec::new("deploy_github");
    let (workflow, action) = (&documents(WORKFLOW)[0], &documents(ACTION)[0]);
    let judge = &workflow["jobs"]["judge"];
    for shard in judge["strategy"]["matrix"]["shard"].as_array().unwrap() {
        let shard = shard.to_string();
        let values = [("matrix.shard", shard.as_str()), ("env.ORCHSPEC_TARGET", "")];
        let inputs = inputs(action, &step(&judge["steps"], "Judge")["with"], &values);
        let (code, printed) = run_action(&program, action, &inputs);
        assert_eq!(code, 0, "{printed}");
        assert!(program.read(&format!("shard-{shard}.xml")).contains("<testsuites "), "{printed}");
    }
    let summary = program.path("summary.md").display().to_string();
    for name in ["Merge the shards", "Summarize"] {
        let lines = text(step(&workflow["jobs"]["merge"]["steps"], name), "/run");
        let (code, printed) = run_lines(&program, lines, &[("GITHUB_STEP_SUMMARY", &summary)]);
        assert_eq!(code, 0, "{printed}");
    }
    assert!(program.read("summary.md").starts_with("## orchspec embedded: satisfied\n"));
    program.call(&["run", "--wait", "60s", "--report", "json=whole.json"]);
    assert_merged(&program, "report.json", "whole.json");
}

#[test]
fn the_words_of_an_input_are_never_a_script() {
    let program = Orchspec::new("deploy_github_words");
    let action = &documents(ACTION)[0];
    let with = serde_json::json!({
        "args": "elma/create/new-task-has-not-run; touch taken",
        "reports": "json=$(touch taken).json\njunit=a b.xml",
    });
    let inputs = inputs(action, &with, &[]);
    let (code, printed) = run_action(&program, action, &inputs);
    assert_eq!(code, 2, "{printed}");
    assert!(!program.path("taken").exists(), "{printed}");
}
