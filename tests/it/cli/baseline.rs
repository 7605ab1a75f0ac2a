//! Baselines: that what is known does not close the gate, that nothing else is excused, and that the file is proposed and
//! kept.

use rstest::{Context, rstest};
use serde_json::Value;

use crate::orchspec::{Ended, Orchspec, Silence, assert_shows};

const CASE: &str = "elma/cancel/stranger-cancels-nothing";
const MUST: &str = "elma/cancel/stranger-cancels-nothing#ELMA-CANCEL-03";
const DEFECT: &str = "ELMA-CANCEL-03/stranger-may-cancel";

/// A folder with a baseline of what the defect breaks, each entry with a reason.
fn known(name: &str) -> Orchspec {
    let program = Orchspec::new(name);
    let ended = program.call(&["run", CASE, "--defect", DEFECT, "--report", "json=report.json"]);
    assert_eq!(ended.code, 1, "{ended}");
    let ended = program.call(&["baseline", "write", "report.json", "--reason", "mended in 4.3"]);
    assert_eq!(ended.code, 0, "{ended}");
    program
}

fn run(program: &Orchspec, arguments: &[&str]) -> Ended {
    let all = ["run", CASE, "elma/cancel/unknown-task", "--baseline", "baseline.yaml"];
    program.call(&[all.as_slice(), arguments].concat())
}

/// The file with every occurrence of a text replaced.
fn changed(program: Orchspec, right: &str, wrong: &str) -> Orchspec {
    let text = program.read("baseline.yaml");
    assert!(text.contains(right), "{text}");
    program.file("baseline.yaml", text.replace(right, wrong))
}

#[test]
fn what_is_known_does_not_close_the_gate_and_is_no_news() {
    let program = known("baseline_known");
    let ended = run(&program, &["--defect", DEFECT, "--fail-fast", "--report", "json=known.json"]);
    assert_eq!(ended.code, 0, "{ended}");
    assert!(!ended.stdout.contains("FAIL"), "{ended}");
    assert!(ended.stdout.contains(" excused by baseline.yaml, no other is violated or undecided"), "{ended}");
    assert!(ended.stdout.contains("  mended in 4.3\n"), "{ended}");
    let report: Value = serde_json::from_str(&program.read("known.json")).unwrap();
    assert_eq!(report["totals"]["skip"], 0, "a known failure is no first one");
    let verdicts = report["requirements"].as_array().unwrap();
    let must = verdicts.iter().find(|row| row["id"] == "ELMA-CANCEL-03").unwrap();
    assert_eq!(must["verdict"], "fail");
    let shown = program.call_as_is(&["report", "text", "known.json"]);
    assert!(shown.stdout.contains("  mended in 4.3\n"), "{shown}");
}

#[rstest]
#[case::baseline_of_a_failure_that_is_gone(&[], "expects a failure that did not come, take it out: ")]
#[case::baseline_of_another_failure(
    &["--defect", "ELMA-CANCEL-03/refused-but-done"],
    "excuses another failure than the one that came, look at both: "
)]
fn what_is_not_as_the_file_says_closes_the_gate(
    #[context] context: Context,
    #[case] arguments: &[&str],
    #[case] because: &str,
) {
    let program = known(context.description.unwrap());
    let ended = run(&program, arguments);
    assert_eq!(ended.code, 1, "{ended}");
    assert!(ended.stdout.contains(&format!("baseline.yaml {because}")), "{ended}");
}

#[rstest]
#[case("2000-01-01", 1)]
#[case("2999-12-31", 0)]
fn an_entry_lasts_until_its_last_day(#[case] last: &str, #[case] code: i32) {
    let program = known(&format!("baseline_until_{last}"));
    let program =
        changed(program, "reason: \"mended in 4.3\"", &format!("reason: known\n    expires: {last}"));
    let ended = run(&program, &["--defect", DEFECT]);
    assert_eq!(ended.code, code, "{ended}");
    assert_eq!(ended.stdout.contains("because its last day is over"), code == 1, "{ended}");
}

#[test]
fn an_entry_about_a_case_that_is_not_selected_is_not_judged() {
    let program = known("baseline_unselected");
    let ended = program.call(&["run", "elma/create/new-task-has-not-run", "--baseline", "baseline.yaml"]);
    assert_eq!(ended.code, 0, "{ended}");
    assert!(!ended.stdout.contains("baseline.yaml"), "{ended}");
}

#[test]
fn an_entry_on_what_the_target_does_not_offer_is_stale() {
    let program = Orchspec::new("baseline_stale").file("baseline.yaml", STALE);
    let ended = program.call(&[
        "run",
        "uipath/general/call-mode-is-no-argument",
        "--set",
        "uipath.capabilities.call_mode=no",
        "--baseline",
        "baseline.yaml",
    ]);
    assert_eq!(ended.code, 1, "{ended}");
    assert!(ended.stdout.contains("expects a failure where nothing is judged any more"), "{ended}");
}

const STALE: &str = "baseline: 1
entries:
  uipath/general/call-mode-is-no-argument@get#UIP-GEN-13:
    expect: fail
    signature: gone
    reason: known
";

#[rstest]
#[case::baseline_without_reason("reason: \"mended in 4.3\"", "reason: \"\"", &[])]
#[case::baseline_of_an_error("expect: fail", "expect: error", &[])]
#[case::baseline_of_an_unknown_case(CASE, "elma/cancel/stranger-cancels-nothingg", &[])]
#[case::baseline_of_an_unknown_requirement("CANCEL-03", "CANCEL-33", &[])]
#[case::baseline_with_too_many_entries("", "", &["--max-baseline", "0"])]
fn what_no_run_could_judge_is_refused_before_anything_is_sent(
    #[context] context: Context,
    #[case] right: &str,
    #[case] wrong: &str,
    #[case] arguments: &[&str],
) {
    let name = context.description.unwrap();
    let silence = Silence::listen();
    let target = format!("target: 1\nelma: {{ base: \"{}\" }}\n", silence.origin());
    let program = changed(known(name), right, wrong).file("target.yaml", target);
    // Also where the case is not among those that run.
    let other = ["run", "elma/create/new-task-has-not-run", "--baseline", "baseline.yaml"];
    let ended = program.call(&[other.as_slice(), &["--target", "target.yaml"], arguments].concat());
    assert_shows!(name, ended);
    assert_eq!(ended.code, 2);
    assert!(silence.is_unbroken());
}

#[test]
fn a_proposal_waits_for_its_reasons_and_keeps_what_is_so() {
    let program = Orchspec::new("baseline_write");
    let report = |defect: &str| {
        let ended = program.call(&["run", CASE, "--defect", defect, "--report", "json=report.json"]);
        assert_eq!(ended.code, 1, "{ended}");
        program.call(&["baseline", "write", "report.json"])
    };
    let first = report(DEFECT);
    let proposed = program.read("baseline.yaml");
    assert_eq!(run(&program, &[]).code, 2, "empty reasons are refused");
    let explained = proposed.replace("reason: \"\"", "reason: known for long  # by all");
    std::fs::write(program.path("baseline.yaml"), &explained).unwrap();
    let again = report(DEFECT);
    assert_eq!(program.read("baseline.yaml"), explained, "what is so stays to the letter");
    let other = report("ELMA-CANCEL-03/refused-but-done");
    let renewed = program.read("baseline.yaml");
    program.call(&["run", CASE, "--report", "json=report.json"]);
    let gone = program.call(&["baseline", "write", "report.json"]);
    let empty = program.read("baseline.yaml");
    assert_shows!(
        "baseline_write",
        [first.to_string(), proposed, again.to_string(), other.to_string(), renewed, gone.to_string(), empty]
            .join("\n")
    );
}

#[test]
fn where_nothing_is_wrong_nothing_is_written() {
    let program = Orchspec::new("baseline_nothing");
    assert_eq!(program.call(&["run", CASE, "--report", "json=report.json"]).code, 0);
    let ended = program.call(&["baseline", "write", "report.json"]);
    assert_shows!("baseline_nothing", ended);
    assert!(!program.path("baseline.yaml").exists());
    let program = program.file("baseline.yaml", "# Ours.\nbaseline: 1\nentries: {}\n");
    assert_eq!(program.call(&["baseline", "write", "report.json"]).code, 0);
    assert_eq!(program.read("baseline.yaml"), "# Ours.\nbaseline: 1\nentries: {}\n");
}

#[test]
fn a_file_that_is_no_baseline_is_not_overwritten() {
    let program = known("baseline_other_file").file("target.yaml", "target: 1\n");
    let ended = program.call(&["baseline", "write", "report.json", "--output", "target.yaml"]);
    assert_shows!("baseline_other_file", ended);
    assert_eq!(program.read("target.yaml"), "target: 1\n");
}

#[test]
fn a_written_baseline_satisfies_lint_and_the_editors_schema() {
    let program = known("baseline_lint");
    assert!(program.read("baseline.yaml").contains(MUST));
    assert_eq!(program.call(&["lint", "baseline.yaml"]).stdout, "ok: 1 baseline file\n");
    let schema = program.call_as_is(&["schema", "baseline"]).stdout;
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let text = program.read("baseline.yaml");
    let source = orchspec::source::SourceMap::default().add("", text.as_str());
    let file = orchspec::yaml::parse(source, &text, &mut Vec::new()).unwrap().to_json();
    assert!(validator.is_valid(&file), "{file}");
}
