//! A run in a job of GitHub Actions: its summary, and the commands in its log.

use std::fs;

use crate::formats::{program, run};
use crate::orchspec::{Ended, Orchspec};

const BEFORE: &str = "# another step\n";

/// The program in a job that has written to its summary before.
fn in_a_job(name: &str, before: &str) -> Orchspec {
    let program = program(name).file("summary.md", before).variable("GITHUB_ACTIONS", "true");
    let summary = program.path("summary.md").display().to_string();
    program.variable("GITHUB_STEP_SUMMARY", summary)
}

/// The lines of a log that GitHub takes for commands: none between `::stop-commands::WORD` and `::WORD::`.
fn obeyed(log: &str) -> Vec<&str> {
    let mut resume: Option<String> = None;
    let mut obeyed = Vec::new();
    for line in log.lines().map(str::trim) {
        if let Some(word) = &resume {
            resume = if line == word { None } else { resume };
        } else if let Some(word) = line.strip_prefix("::stop-commands::") {
            resume = Some(format!("::{word}::"));
        } else if line.starts_with("::") || line.contains("##[") {
            obeyed.push(line);
        }
    }
    obeyed
}

/// The kinds of the annotations in a log, in order.
fn kinds(log: &str) -> Vec<&str> {
    obeyed(log).iter().filter_map(|line| line.strip_prefix("::")?.split(' ').next()).collect()
}

#[test]
fn a_log_is_annotated_and_a_server_cannot_command_it() {
    let program = in_a_job("github_log", BEFORE);
    let Ended { stdout, stderr, .. } = run(&program, &[]);
    let kinds = kinds(&stdout);
    assert!(stdout.contains(" ::error::taken"), "{stdout}");
    assert!(kinds.contains(&"error") && kinds.contains(&"warning"), "{kinds:?}");
    assert!(kinds.iter().all(|kind| ["error", "warning", "notice"].contains(kind)), "{kinds:?}");
    assert_eq!(obeyed(&stderr), Vec::<&str>::new());
}

#[test]
fn where_standard_output_is_a_report_nothing_else_is_there() {
    let program = in_a_job("github_report", BEFORE);
    let Ended { stdout, stderr, .. } = run(&program, &["--report", "json=-"]);
    assert!(serde_json::from_str::<serde_json::Value>(&stdout).is_ok(), "{stdout}");
    assert!(kinds(&stderr).contains(&"error"), "{stderr}");
}

#[test]
fn annotations_that_are_asked_for_are_given_once() {
    let program = in_a_job("github_asked", BEFORE);
    let Ended { stdout, stderr, .. } = run(&program, &["--report", "github=-"]);
    assert!(stdout.starts_with("::error "), "{stdout}");
    assert_eq!(obeyed(&stderr), Vec::<&str>::new());
}

#[test]
fn the_summary_of_a_job_goes_on_below_what_was_there() {
    let program = in_a_job("github_summary", BEFORE);
    run(&program, &["--report", "markdown=page.md"]);
    assert_eq!(program.read("summary.md"), format!("{BEFORE}{}", program.read("page.md")));
}

#[test]
fn a_summary_without_room_is_left_as_it_is_and_that_is_said() {
    let full = "x".repeat(1024 * 1024);
    let program = in_a_job("github_full", &full);
    let ended = run(&program, &[]);
    assert!(ended.stderr.contains("warning[unwritable-file]: cannot write"), "{ended}");
    assert_eq!(program.read("summary.md"), full);
}

#[test]
fn elsewhere_nothing_is_annotated_or_summarized() {
    let program = program("github_elsewhere");
    let Ended { stdout, .. } = run(&program, &[]);
    assert!(!stdout.contains("::stop-commands::"), "{stdout}");
    assert!(fs::read_dir(program.path("")).unwrap().flatten().all(|entry| entry.file_name() != "summary.md"));
}

#[test]
fn a_server_that_is_not_there_is_told_where_people_look() {
    let program = in_a_job("github_closed", "");
    let base = "elma.base=http://127.0.0.1:9";
    let ended = program.call_as_is(&["run", "elma/*", "--target", "target.yaml", "--set", base]);
    assert_eq!(ended.code, 4, "{ended}");
    assert!(kinds(&ended.stdout).contains(&"error"), "{ended}");
    assert!(program.read("summary.md").contains("127.0.0.1:9"), "{}", program.read("summary.md"));
}
