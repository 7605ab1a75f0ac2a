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

/// Numbers change with every scenario that is added; what is said about them does not.
fn without_numbers(line: &str) -> String {
    let digits = regex::Regex::new(r"[0-9]+(\.[0-9]+)?").unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    digits.replace_all(&words.join(" "), "#").into_owned()
}

#[test]
fn every_output_in_the_readme_is_real() {
    let program = Orchspec::new("readme");
    for Shown { arguments, lines } in shown() {
        let ended = program.call_as_is(&arguments);
        let printed = format!("{}{}", ended.stderr, ended.stdout);
        let mut printed = printed.lines().map(without_numbers);
        for line in lines.into_iter().filter(|line| *line != "…" && !line.is_empty()) {
            let line = without_numbers(line);
            assert!(
                printed.any(|printed| printed == line),
                "{arguments:?} does not print, or not here: {line}"
            );
        }
    }
}

#[test]
fn the_readme_shows_every_kind_of_output() {
    let calls: Vec<&str> = shown().iter().map(|shown| shown.arguments[0]).collect();
    assert_eq!(calls, ["run", "run", "explain", "mutants"]);
}
