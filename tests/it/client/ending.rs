//! However a client ends or does not: it is ended with all that it started, and what it did is judged.

use std::io::Read as _;
use std::process::Command;

use rstest::rstest;
use serde_json::Value;

use super::judged::{program, root, rules};
use crate::orchspec::{Ended, Orchspec};

/// The program with one situation, in which clients have as much time as anybody may need, or little.
fn limited(name: &str, time: &str) -> Orchspec {
    let situation = std::fs::read_to_string(root("situations/uipath/async-polling.yaml")).unwrap();
    let limits = format!("limits: {{ time: {time}, requests: 20 }}\n");
    program(name).file("mine/uipath/polling.yaml", situation + &limits)
}

/// How a client in bash is judged, with the report.
fn judged(program: &Orchspec, script: &str) -> (Ended, Value) {
    let ended = program.call(&[
        "client",
        "run",
        "--situations-dir",
        "mine",
        "--report",
        "json=report.json",
        "--",
        "bash",
        "-c",
        script,
    ]);
    let report = serde_json::from_str(&program.read("report.json")).unwrap();
    (ended, report)
}

const RIGHT: &str = "clients/client.py";

#[rstest]
#[case::prints_for_ever("yes", "it wrote more than 4 MiB to standard output")]
#[case::never_ends("sleep 1000", "it had not ended after 2s")]
#[case::ignores_the_signal("trap '' TERM; while :; do sleep 1; done", "it had not ended after 2s")]
#[case::asks_for_ever("while :; do curl -s \"$ORCHSPEC_URL\"; done", "it sent more than 20 requests")]
#[case::is_killed("kill -KILL $$", "the client was killed (signal: 9 (SIGKILL))")]
#[case::fails_with_words("echo no idea >&2; exit 7", "the client ended with status 7, and wrote \"no idea\"")]
fn it_is_told_how_a_client_ended(#[case] script: &str, #[case] words: &str) {
    if script.contains("curl") && !crate::packages::are_there(&["curl"]) {
        return;
    }
    let name = format!("client_ends_{}", words.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_"));
    let time = if words.ends_with("2s") { "2s" } else { "1m" };
    let (ended, _) = judged(&limited(&format!("{name}_{}", script.len()), time), script);
    assert!(ended.stdout.contains(words), "{ended}");
    assert_ne!(ended.code, 0, "{ended}");
}

#[test]
fn the_result_of_a_client_that_leaves_somebody_behind_is_read() {
    let program = limited("client_leaves_somebody", "1m");
    let mark = program.path("mark").display().to_string();
    let script = format!("(exec -a {mark} sleep 1000) & python3 {} && exit 0", root(RIGHT));
    let (ended, report) = judged(&program, &script);
    assert_eq!((ended.code, rules(&report, &["fail", "warn", "inconclusive"])), (0, Vec::new()), "{ended}");
    assert!(!lives(&mark), "what a client started lives on");
}

#[test]
fn remarks_of_any_length_are_no_reason_to_stop() {
    let script = format!("yes remark | head -c 9000000 >&2; exec python3 {}", root(RIGHT));
    let (ended, _) = judged(&limited("client_remarks", "1m"), &script);
    assert_eq!(ended.code, 0, "{ended}");
}

#[rstest]
#[case("INT")]
#[case("TERM")]
fn an_interrupted_run_ends_its_clients_and_writes_its_reports(#[case] signal: &str) {
    let program = program(&format!("client_interrupted_{signal}"));
    let mark = program.path("mark").display().to_string();
    let script = format!("echo ready >&2; touch {mark}; exec -a {mark} sleep 1000");
    let situations = ["--situation", "elma/run", "--situation", "elma/run-echo", "--concurrency", "1"];
    let reports = ["--report", "json=report.json", "--report", "html=report.html"];
    let command = ["--", "bash", "-c", script.as_str()];
    let run = program.start(&[&["client", "run"], &situations[..], &reports[..], &command[..]].concat());
    while !program.path("mark").exists() {
        std::thread::yield_now();
    }
    let sent = Command::new("kill").args([format!("-{signal}"), run.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let ended = Orchspec::wait(run);
    assert_eq!(ended.code, 130, "{ended}");
    assert!(
        ended.stdout.contains("incomplete: ") && ended.stdout.contains("the run was interrupted"),
        "{ended}"
    );
    let report: Value = serde_json::from_str(&program.read("report.json")).unwrap();
    assert_eq!(report["gate"]["exit_code"], 130);
    assert!(program.read("report.html").contains("interrupted"));
    assert!(!lives(&mark), "the client lives on");
}

/// Whether a process of this name is there.
fn lives(name: &str) -> bool {
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    let mut lines = processes.filter_map(|process| {
        let mut line = Vec::new();
        std::fs::File::open(process.path().join("cmdline")).ok()?.read_to_end(&mut line).ok()?;
        Some(line)
    });
    lines.any(|line| line.starts_with(name.as_bytes()))
}
