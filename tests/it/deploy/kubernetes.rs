//! The Indexed Job of Kubernetes, a container for each index, and the job that merges.

use serde_json::Value;

use super::assert_merged;
use super::file::{documents, path, run_lines, text};
use crate::formats;
use crate::orchspec::Orchspec;
use crate::validators::validators;

const JOB: &str = "kubernetes/job.yaml";
const MERGE: &str = "kubernetes/merge.yaml";

fn of_kind(file: &str, kind: &str) -> Value {
    documents(file).into_iter().find(|document| document["kind"] == kind).unwrap()
}

fn container(file: &str) -> Value {
    of_kind(file, "Job").pointer("/spec/template/spec/containers/0").unwrap().clone()
}

/// The command of a container as a line for a shell, with the mounted folders as those of the test.
fn command(container: &Value, program: &Orchspec, variables: &[(&str, &str)]) -> String {
    let words = container["command"].as_array().unwrap().iter().map(|word| word.as_str().unwrap());
    let folder = program.path("");
    let replaced = words.map(|word| {
        let word = variables
            .iter()
            .fold(word.to_owned(), |word, (name, value)| word.replace(&format!("$({name})"), value));
        word.replace("/reports/", &format!("{}/", folder.display()))
            .replace("/etc/orchspec/", &format!("{}/", folder.display()))
    });
    replaced.map(|word| format!("'{word}' ")).collect()
}

#[test]
fn the_files_are_valid_by_the_schema_of_kubernetes() {
    let Some(validators) = validators() else { return };
    for file in [JOB, MERGE] {
        validators.python("kubernetes-validate", &["--strict", path(file).to_str().unwrap()]);
    }
}

#[test]
fn the_target_file_of_the_example_is_one() {
    let config = of_kind(JOB, "ConfigMap");
    let program =
        Orchspec::new("deploy_kubernetes_target").file("target.yaml", text(&config, "/data/target.yaml"));
    let ended = program.call(&["lint", "target.yaml"]);
    assert_eq!(ended.code, 0, "{ended}");
}

#[test]
fn what_it_runs_as_may_do_nothing_but_judge() {
    for file in [JOB, MERGE] {
        let job = of_kind(file, "Job");
        let pod = job.pointer("/spec/template/spec").unwrap();
        assert_eq!(
            (&pod["securityContext"]["runAsNonRoot"], &pod["automountServiceAccountToken"]),
            (&true.into(), &false.into())
        );
        let container = &pod["containers"][0]["securityContext"];
        assert_eq!(
            (&container["readOnlyRootFilesystem"], &container["allowPrivilegeEscalation"]),
            (&true.into(), &false.into())
        );
    }
}

#[test]
fn its_pods_judge_every_case_once_and_merge_into_the_report_of_one_run() {
    let program = formats::program("deploy_kubernetes");
    let (job, container, merge) = (of_kind(JOB, "Job"), container(JOB), container(MERGE));
    let number = job["spec"]["completions"].as_i64().unwrap();
    let shards =
        container["env"].as_array().unwrap().iter().find(|own| own["name"] == "ORCHSPEC_SHARDS").unwrap();
    assert_eq!(shards["value"], number.to_string());
    for index in 0..number {
        let index = index.to_string();
        let variables =
            [("JOB_COMPLETION_INDEX", index.as_str()), ("ORCHSPEC_SHARDS", text(shards, "/value"))];
        let (code, printed) = run_lines(&program, &command(&container, &program, &variables), &variables);
        assert_eq!(code, 1, "{printed}");
    }
    let (code, printed) = run_lines(&program, &command(&merge, &program, &[]), &[]);
    assert_eq!(code, 1, "{printed}");
    program.call(&["run", "--target", "target.yaml", "--wait", "60s", "--report", "json=whole.json"]);
    assert_merged(&program, "report.json", "whole.json");
}
