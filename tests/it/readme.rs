//! What the README shows is what the program prints.

use crate::orchspec::Orchspec;

const README: &str = include_str!("../../README.md");

/// A call of the program and the lines that the README shows of its output.
struct Shown {
    arguments: Vec<&'static str>,
    lines: Vec<&'static str>,
}

fn shown() -> Vec<Shown> {
    let blocks =
        README.split("```console\n$ orchspec ").skip(1).filter_map(|rest| rest.split("\n```").next());
    blocks
        .map(|block| {
            let mut lines = block.lines();
            let arguments = lines.next().unwrap().split(' ').collect();
            Shown { arguments, lines: lines.collect() }
        })
        .collect()
}

/// How long a call took is the machine's affair; every other number is the suite's.
fn without_its_time(line: &str) -> String {
    let time = regex::Regex::new(r"\bin [0-9.]+ (ms|s)\b").unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    time.replace(&words.join(" "), "in [time]").into_owned()
}

#[test]
fn every_output_in_the_readme_is_real() {
    let program = Orchspec::new("readme");
    for Shown { arguments, lines } in shown() {
        let ended = program.call_as_is(&arguments);
        let printed = format!("{}{}", ended.stderr, ended.stdout);
        let mut rest = printed.lines().map(without_its_time);
        for line in lines.into_iter().filter(|line| *line != "…" && !line.is_empty()) {
            let line = without_its_time(line);
            assert!(
                rest.any(|printed| printed == line),
                "{arguments:?} does not print, or not here: {line}\n{printed}"
            );
        }
    }
}

#[test]
fn the_readme_shows_every_kind_of_output() {
    let calls: Vec<&str> = shown().iter().map(|shown| shown.arguments[0]).collect();
    assert_eq!(calls, ["run", "client", "run", "explain", "mutants"]);
}
