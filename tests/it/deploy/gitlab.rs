//! GitLab's job, as often as it says in `parallel`, and the job that merges.

use serde_json::Value;

use super::assert_merged;
use super::file::{documents, path, run_lines};
use crate::orchspec::Orchspec;
use crate::validators::validators;

const FILE: &str = "gitlab/orchspec.gitlab-ci.yml";

fn script(job: &Value, key: &str) -> String {
    let lines = job[key].as_array().unwrap().iter();
    lines.map(|line| format!("{}\n", line.as_str().unwrap())).collect()
}

#[test]
fn the_file_is_valid_by_the_schema_of_gitlab() {
    let Some(validators) = validators() else { return };
    let schema = ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"];
    validators.check_schema(&schema, &path(FILE));
}

#[test]
fn its_jobs_judge_every_case_once_and_merge_into_the_report_of_one_run() {
    let program = Orchspec::new("deploy_gitlab");
    let file = &documents(FILE)[0];
    let job = &file["orchspec"];
    let total = job["parallel"].as_i64().unwrap();
    for index in 1..=total {
        let variables = [
            ("ORCHSPEC_ARGS", "elma/status/* --concurrency 2"),
            ("CI_NODE_INDEX", &index.to_string()),
            ("CI_NODE_TOTAL", &total.to_string()),
        ];
        let (code, printed) = run_lines(&program, &script(job, "script"), &variables);
        assert_eq!(code, 0, "{printed}");
        assert!(program.read(&format!("shard-{index}.xml")).contains("<testsuites "), "{printed}");
    }
    let merge = &file["orchspec:merge"];
    let (code, printed) =
        run_lines(&program, &(script(merge, "script") + &script(merge, "after_script")), &[]);
    assert_eq!(code, 0, "{printed}");
    assert!(program.read("report.html").contains("orchspec embedded"), "{printed}");
    program.call(&["run", "elma/status/*", "--concurrency", "2", "--report", "json=whole.json"]);
    assert_merged(&program, "report.json", "whole.json");
}
