//! Reports of a run: that each has its place, that a result which cannot be written is noticed, and that lines come while
//! the run goes on.

use std::fs::File;
use std::process::{Command, Stdio};

use rstest::{Context, rstest};

use crate::orchspec::{Orchspec, Silence, assert_shows};

const CASE: &str = "elma/create/new-task-has-not-run";

/// The program where no file may grow, as on a full disk.
fn without_room(program: &Orchspec, arguments: &[&str]) -> Command {
    let script = r#"trap "" XFSZ; ulimit -f 0; exec "$0" "$@""#;
    let inner = program.command(arguments);
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(inner.get_program()).args(arguments);
    command.current_dir(program.path("")).env_clear();
    command
}

#[rstest]
#[case::shared_place(&["--report", "json=out.txt", "--report", "junit=./out.txt"])]
#[case::place_below_a_file(&["--report", "json=file/report.json"])]
#[case::place_is_a_folder(&["--report", "json=folder"])]
fn a_place_that_cannot_be_is_refused_before_anything_is_sent(
    #[context] context: Context,
    #[case] reports: &[&str],
) {
    let name = context.description.unwrap();
    let silence = Silence::listen();
    let target = format!("target: 1\nelma: {{ base: \"{}\" }}\n", silence.origin());
    let program = Orchspec::new(name).file("target.yaml", target).file("file", "").folder("folder");
    let ended = program.call(&[&["run", CASE, "--target", "target.yaml"], reports].concat());
    assert_shows!(name, ended);
    assert_eq!(ended.code, 2);
    assert!(silence.is_unbroken());
}

#[test]
fn a_folder_is_made_and_that_is_said() {
    let program = Orchspec::new("report_folder");
    let ended = program.call(&["run", CASE, "--report", "json=out/today/report.json"]);
    assert_eq!(ended.code, 0, "{ended}");
    assert!(ended.stderr.contains("made the folder out/today"), "{ended}");
    assert!(program.read("out/today/report.json").ends_with("}\n"));
}

#[rstest]
#[case::json("json")]
#[case::json_lines("jsonl")]
fn a_report_that_cannot_be_written_is_noticed(#[case] format: &str) {
    let program = Orchspec::new(&format!("report_full_{format}"));
    let report = format!("{format}=report");
    let output = without_room(&program, &["run", CASE, "--report", &report]).output().unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(4), "{stderr}");
    assert!(stderr.contains("error[unwritable-file]: cannot write `report`: file too large"), "{stderr}");
    assert!(stdout.contains("gate satisfied: "), "{stdout}");
}

/// Nothing of this is a violation of a case, and CI servers look at nothing but the cases.
#[rstest]
#[case::junit_of_a_warning(&["elma/cancel/*", "--defect", "ELMA-GEN-13/text-plain", "--fail-on", "warn"], 1)]
#[case::junit_of_a_changed_snapshot(&[CASE, "--defect", "ELMA-CREATE-16/priority-low"], 1)]
#[case::junit_of_a_stale_baseline(&[CASE, "--baseline", "baseline.yaml"], 1)]
#[case::junit_of_a_run_that_proves_nothing(&["elma/create/answers-before-the-run", "--defect", "ELMA-CREATE-24/waits-for-end"], 3)]
fn a_closed_gate_is_red_for_ci_servers(
    #[context] context: Context,
    #[case] arguments: &[&str],
    #[case] code: i32,
) {
    const KNOWN: &str = "baseline: 1\nentries: { \"elma/create/new-task-has-not-run#ELMA-CREATE-17\": \
                         { expect: fail, signature: any, reason: known } }\n";
    let name = context.description.unwrap();
    let program = Orchspec::new(name).file("baseline.yaml", KNOWN);
    program.call(&["run", CASE, "--snapshots", "record"]);
    let report = ["--report", "junit=junit.xml"];
    let ended = program.call(&[&["run"], arguments, &report].concat());
    assert_eq!(ended.code, code, "{ended}");
    let red = regex::Regex::new(r"(?s)<(?:failure|error) .*?(?:/>|>)").unwrap();
    let junit = program.read("junit.xml");
    let told: Vec<&str> = red.find_iter(&junit).map(|found| found.as_str()).collect();
    assert!(!told.is_empty(), "{junit}");
    assert_shows!(name, told.join("\n"));
}

/// Each of these replaces a file of which somebody still needs the old content.
#[rstest]
#[case::report("old.yaml", &["run", CASE, "--report", "json=old.yaml"])]
#[case::other_format("old.yaml", &["report", "junit", "stored.json", "--output", "old.yaml"])]
#[case::baseline("old.yaml", &["baseline", "write", "stored.json", "--output", "old.yaml"])]
#[case::baseline_where_nothing_can_be("/proc/baseline.yaml", &["baseline", "write", "stored.json", "--output", "/proc/baseline.yaml"])]
fn what_was_there_stays_whole_if_the_new_cannot_be_written(
    #[context] context: Context,
    #[case] place: &str,
    #[case] arguments: &[&str],
) {
    const OLD: &str = "baseline: 1\nentries: {}\n";
    let program = Orchspec::new(&format!("old_{}", context.description.unwrap())).file("old.yaml", OLD);
    let failing = ["elma/cancel/stranger-cancels-nothing", "--defect", "ELMA-CANCEL-03/stranger-may-cancel"];
    let ended = program.call(&[&["run", "--report", "json=stored.json"], failing.as_slice()].concat());
    assert_eq!(ended.code, 1, "{ended}");
    let files = || {
        let names = std::fs::read_dir(program.path("")).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    };
    let before = files();
    let output = without_room(&program, arguments).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{stderr}");
    assert!(stderr.contains(&format!("error[unwritable-file]: cannot write `{place}`: ")), "{stderr}");
    assert!(stderr.contains(" = help: "), "{stderr}");
    assert_eq!((program.read("old.yaml").as_str(), files()), (OLD, before));
}

#[test]
fn a_report_that_cannot_be_written_takes_no_other_with_it() {
    let program = Orchspec::new("report_reader_gone");
    let arguments = ["run", CASE, "--report", "json=-", "--report", "junit=report.xml"];
    let mut run = program.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(run.stdout.take());
    assert_eq!(run.wait_with_output().unwrap().status.code(), Some(4));
    assert!(program.read("report.xml").contains(CASE));
}

#[test]
fn a_pipe_is_written_to_and_stays_one() {
    let program = Orchspec::new("report_pipe");
    let pipe = program.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = {
        let pipe = pipe.clone();
        std::thread::spawn(move || std::fs::read_to_string(pipe).unwrap())
    };
    let ended = program.call(&["run", CASE, "--report", "junit=pipe"]);
    assert_eq!(ended.code, 0, "{ended}");
    assert!(reader.join().unwrap().contains(CASE));
    assert!(!std::fs::metadata(pipe).unwrap().is_file());
}

#[rstest]
#[case::run(&["run", CASE])]
#[case::list(&["list", "policies"])]
#[case::schema(&["schema"])]
fn a_result_that_cannot_be_shown_is_noticed(#[context] context: Context, #[case] arguments: &[&str]) {
    let program = Orchspec::new(&format!("output_full_{}", context.description.unwrap()));
    let file = File::create(program.path("output")).unwrap();
    let output = without_room(&program, arguments).stdout(file).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{stderr}");
    assert!(stderr.contains("cannot write standard output: file too large"), "{stderr}");
}

#[rstest]
#[case::text(&[], 0)]
#[case::report(&["--report", "json=-"], 4)]
#[case::live(&["--report", "jsonl=-"], 4)]
fn a_reader_that_goes_away_misses_a_report_but_not_a_text(
    #[context] context: Context,
    #[case] reports: &[&str],
    #[case] code: i32,
) {
    let program = Orchspec::new(&format!("reader_gone_{}", context.description.unwrap()));
    let mut command = program.command(&[&["run", CASE], reports].concat());
    let mut run = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(run.stdout.take());
    let output = run.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
}
