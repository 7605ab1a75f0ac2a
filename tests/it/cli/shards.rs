//! `--shard`: that the parts of a run are disjoint and complete, that each says which part it is and who said so, and that
//! none closes its gate for what another one shows.

use std::collections::BTreeSet;

use rstest::{Context, rstest};
use serde_json::Value;

use crate::orchspec::{Orchspec, assert_shows};

const CASE: &str = "elma/create/new-task-has-not-run";

/// The cases of a report, each with everything that was judged in it.
fn cases(report: &Value) -> Vec<(String, Value)> {
    let cases = report["cases"].as_array().unwrap();
    cases.iter().map(|case| (case["id"].as_str().unwrap().to_owned(), case.clone())).collect()
}

fn report(program: &Orchspec, arguments: &[&str]) -> Value {
    let ended = program.call_as_is(&[&["run", "--report", "json=-"], arguments].concat());
    assert_eq!(ended.code, 0, "{ended}");
    serde_json::from_str(&ended.stdout).unwrap()
}

#[test]
fn the_parts_of_the_whole_suite_are_disjoint_and_complete() {
    let program = Orchspec::new("shards_union");
    let whole = report(&program, &[]);
    let parts = ["1/3", "2/3", "3/3"].map(|shard| report(&program, &["--shard", shard]));
    for (part, shard) in parts.iter().zip(["1/3", "2/3", "3/3"]) {
        let selection = (&part["selection"]["shard"], &part["selection"]["complete"]);
        assert_eq!(selection, (&shard.into(), &false.into()));
        assert_eq!(part["unreferenced_snapshots"], whole["unreferenced_snapshots"]);
    }
    let mut united: Vec<(String, Value)> = parts.iter().flat_map(cases).collect();
    united.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(united, cases(&whole));
}

#[test]
fn a_plan_shows_the_cases_that_the_run_has() {
    let program = Orchspec::new("shards_plan");
    let arguments = ["uipath/async/*", "--shard", "2/3"];
    let planned = program.call(&[&["plan"], arguments.as_slice()].concat()).stdout;
    let is_planned = |id: &str| planned.lines().any(|line| line.starts_with(&format!("{id}: ")));
    let whole: BTreeSet<String> =
        cases(&report(&program, &["uipath/async/*"])).into_iter().map(|(id, _)| id).collect();
    let planned: BTreeSet<String> = whole.into_iter().filter(|id| is_planned(id)).collect();
    let ran: BTreeSet<String> = cases(&report(&program, &arguments)).into_iter().map(|(id, _)| id).collect();
    assert_eq!(planned, ran);
}

#[rstest]
#[case::shard_of_gitlab(&[("CI_NODE_INDEX", "1"), ("CI_NODE_TOTAL", "2")], "auto")]
#[case::shard_of_kubernetes(&[("JOB_COMPLETION_INDEX", "1"), ("ORCHSPEC_SHARDS", "2")], "auto")]
#[case::shard_of_a_job_that_is_not_parallel(&[("CI_NODE_TOTAL", "1")], "auto")]
#[case::shard_without_a_case(&[], "2/2")]
#[case::shard_that_cannot_be(&[], "3/2")]
#[case::shard_beyond_its_engine(&[("CI_NODE_INDEX", "3"), ("CI_NODE_TOTAL", "2")], "auto")]
#[case::shard_of_half_an_engine(&[("JOB_COMPLETION_INDEX", "1")], "auto")]
#[case::shard_of_two_engines(&[("CI_NODE_TOTAL", "1"), ("ORCHSPEC_SHARDS", "2")], "auto")]
fn a_shard_says_which_it_is(
    #[context] context: Context,
    #[case] variables: &[(&str, &str)],
    #[case] shard: &str,
) {
    let name = context.description.unwrap();
    let program = variables
        .iter()
        .fold(Orchspec::new(name), |program, (variable, value)| program.variable(variable, *value));
    let ended = program.call(&["run", CASE, "--shard", shard]);
    let gate = ended.stdout.lines().last().and_then(|line| line.split(':').next()).unwrap_or_default();
    assert_shows!(name, format!("exit code: {}\n{}\n{gate}", ended.code, ended.stderr.trim_end()));
}

#[test]
fn what_failed_last_is_not_split() {
    let ended = Orchspec::new("shards_last_failed").call(&["run", "--last-failed", "--shard", "1/2"]);
    assert_shows!("shard_of_last_failed", ended);
    assert_eq!(ended.code, 2);
}

#[test]
fn the_limit_of_jobs_holds_for_all_shards_together() {
    let program = Orchspec::new("shards_jobs");
    let arguments = ["run", "elma/create/*", "--set", "limits.jobs=3", "--shard"];
    let told = ["1/9", "9/9"].map(|shard| program.call(&[arguments.as_slice(), &[shard]].concat()));
    for ended in &told {
        assert_eq!(ended.code, 2, "{ended}");
        assert!(ended.stderr.contains("error[too-many-jobs]"), "{ended}");
    }
    assert_eq!(told[0].stderr, told[1].stderr);
}
