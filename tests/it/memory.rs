//! However much a server sends, the program holds little of it; and while it sends slowly, the log says so.

use std::process::Stdio;

use rstest::rstest;

use crate::judged::program;
use crate::orchspec::Orchspec;
use crate::server::{Server, target_file};

/// How many cases run at a time, and the longest body each of them takes.
const CONCURRENCY: u64 = 4;
const BODY: u64 = 1 << 20;

/// What an allocator may keep for later, and what a busy machine may add.
const SLACK: u64 = 16 << 20;

const MODEST: [&str; 14] = [
    "run",
    "elma/create/*",
    "elma/general/*",
    "--concurrency",
    "4",
    "--set",
    "timing.prompt=200ms",
    "--set",
    "timing.lag=200ms",
    "--set",
    "timing.margin=200ms",
    "--set",
    "limits.body=1MiB",
    "--target",
];

#[rstest]
#[case("endless-body")]
#[case("endless-headers")]
#[case("dripping-body")]
fn an_endless_answer_is_not_kept(#[case] kind: &str) {
    let short = peak("404");
    let endless = peak(kind);
    let allowed = short + CONCURRENCY * BODY * 2 + SLACK;
    assert!(endless <= allowed, "{kind}: {endless} bytes where {short} do for a short answer");
}

/// The most memory that the program held while it judged a server of this kind, in bytes.
fn peak(kind: &str) -> u64 {
    let server = Server::start("null", &["--kind", kind]);
    let program = program(&format!("memory-{kind}-{}", std::process::id()), server.base());
    let target = target_file("elma");
    let mut measured = program.measured(&[&MODEST[..], &[&target, "--set", "hooks=none"]].concat());
    measured.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let ended = Orchspec::wait(measured.spawn().unwrap());
    let is_slow = kind == "dripping-body";
    // What is too long to be kept is no violation.
    assert_eq!(ended.code, if kind.starts_with("endless") { 3 } else { 1 }, "{ended}");
    assert_eq!(ended.stderr.contains(": no whole answer for "), is_slow, "{ended}");
    let told = ended.stderr.lines().find_map(|line| line.strip_prefix("PEAK ")).unwrap();
    told.parse().unwrap()
}
