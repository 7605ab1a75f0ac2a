//! Blocks that show calls and what they print: each line that is shown is printed, in this order; `…` stands for others.

use regex::Regex;

use super::block::Block;
use crate::orchspec::Orchspec;

/// Makes the calls of a block.
pub(super) fn follow(program: &Orchspec, block: &Block, place: &str) {
    let text = format!("\n{}", block.text);
    let calls: Vec<&str> = text.split("\n$ orchspec ").skip(1).collect();
    assert!(
        !calls.is_empty() && block.text.starts_with("$ orchspec "),
        "{place}: a block begins with a call"
    );
    for (at, call) in calls.iter().enumerate() {
        let expected = if at + 1 == calls.len() { block.exit } else { 0 };
        make(program, call, expected, place);
    }
}

fn make(program: &Orchspec, call: &str, expected: i32, place: &str) {
    let mut lines = call.lines();
    let arguments: Vec<&str> = lines.next().unwrap().split(' ').map(|word| word.trim_matches('\'')).collect();
    let ended = program.call_as_is(&arguments);
    assert_eq!(ended.code, expected, "{place}: {arguments:?}\n{ended}");
    let printed = format!("{}{}", ended.stderr, ended.stdout);
    let mut rest = printed.lines().map(without_its_time);
    for line in lines.filter(|line| *line != "…" && !line.is_empty()).map(without_its_time) {
        assert!(
            rest.any(|printed| printed == line),
            "{place}: {arguments:?} does not print, or not here: {line}\n{printed}"
        );
    }
}

/// How long a call took is the machine's affair; every other number is the suite's.
fn without_its_time(line: &str) -> String {
    let time = Regex::new(r"\bin [0-9.]+ (ms|s)\b").unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    time.replace(&words.join(" "), "in [time]").into_owned()
}
