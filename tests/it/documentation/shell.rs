//! Blocks that show calls without their output: the shell can read them, and the program takes the arguments.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::ROOT;
use crate::orchspec::Orchspec;

/// Other programs that are called.
const OTHERS: [&str; 6] = ["cargo", "curl", "kill", "wait", "rm", "kubectl"];

/// Looks at every line of a block.
pub(super) fn check(program: &Orchspec, text: &str, place: &str) {
    let mut shell = Command::new("sh").arg("-n").stdin(Stdio::piped()).spawn().unwrap();
    shell.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    assert!(shell.wait().unwrap().success(), "{place}: the shell cannot read this");
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let Some(arguments) = line.strip_prefix("orchspec ") else {
            let first = line.split([' ', ';']).next().unwrap();
            assert!(OTHERS.contains(&first), "{place}: nobody knows `{first}`");
            continue;
        };
        accepts(program, arguments, place);
    }
}

/// With `--help` behind them nothing is done, but whatever stands before it must be right.
fn accepts(program: &Orchspec, arguments: &str, place: &str) {
    let words = format!("for word in {}; do printf '%s\\n' \"$word\"; done", call(arguments));
    let said = Command::new("sh").args(["-c", &words]).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let mut words: Vec<&str> = said.lines().take_while(|word| *word != "--").collect();
    words.push("--help");
    let ended = program.call_as_is(&words);
    assert_eq!(ended.code, 0, "{place}: {words:?}\n{ended}");
}

/// The arguments without the comment behind them, and without what the shell does then.
fn call(line: &str) -> &str {
    let line = line.split(" #").next().unwrap();
    line.split(" & ").next().unwrap().trim()
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
