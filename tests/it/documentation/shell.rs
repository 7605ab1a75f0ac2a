//! Blocks that show calls without their output: each call is made in the page's folder, and ends as the block says.
//!
//! A reader has a server, and files from elsewhere; [`Reader`] has them, too. `exit=1` behind the fence is the exit code
//! of the last call; every other one is 0.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::ROOT;
use super::block::Block;
use super::reader::Reader;

/// Programs whose calls are only read, and why.
const ONLY_READ: [(&str, &str); 2] = [
    ("cargo", "builds and tests this very program"),
    ("curl", "asks for jobs of a mock that somebody uses: tests/it/standalone/control.rs makes such calls"),
];

/// Makes the calls of a block.
pub(super) fn follow(reader: &mut Reader, block: &Block, place: &str) {
    can_be_read(&block.text, place);
    let calls: Vec<&str> = block.text.lines().map(without_comment).filter(|call| !call.is_empty()).collect();
    for (at, call) in calls.iter().enumerate() {
        let expected = if at + 1 == calls.len() { block.exit } else { 0 };
        let place = format!("{place}: {call}");
        match call.split(' ').next().unwrap_or_default() {
            "orchspec" => reader.make(call, expected, &place),
            "kill" => reader.end_mock(expected, &place),
            other => {
                assert!(ONLY_READ.iter().any(|(name, _)| *name == other), "{place}: nobody knows `{other}`");
            }
        }
    }
}

fn can_be_read(text: &str, place: &str) {
    let mut shell = Command::new("sh").arg("-n").stdin(Stdio::piped()).spawn().unwrap();
    shell.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    assert!(shell.wait().unwrap().success(), "{place}: the shell cannot read this");
}

fn without_comment(line: &str) -> &str {
    line.split(" #").next().unwrap().trim()
}

/// What the lines of a block say stands in a test that is compiled and run.
pub(super) fn stands_in_a_test(text: &str, place: &str) {
    let tests = std::fs::read_to_string(format!("{ROOT}/tests/it/verdicts.rs")).unwrap();
    let statements = text.lines().map(|line| line.split(" //").next().unwrap().trim());
    for statement in statements.filter(|statement| !statement.is_empty() && !statement.starts_with("//")) {
        let call = statement.trim_end_matches(';');
        assert!(tests.contains(call), "{place}: tests/it/verdicts.rs does not try `{call}`");
    }
}
