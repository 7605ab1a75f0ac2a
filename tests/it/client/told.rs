//! What a client's developer reads: what is wrong, where, and what to change; and what is wrong with a command line.

use rstest::{Context, rstest};

use super::judged::{fixture, program};
use crate::orchspec::assert_shows;

/// The text for a mutant, without what differs from run to run.
fn told(mutant: &str, more: &[&str]) -> String {
    let mutants = fixture("mutants.py");
    let command = ["--", "python3", mutants.as_str(), mutant];
    let program = program(&format!("client_told_{mutant}"));
    let ended = program.call(&[&["client", "run"], more, &command[..]].concat());
    let varying = [
        (r"(?m)^(    [ >]) +\+[0-9.a-z]+( ms| s)?  ", "$1  [moment]  "),
        (r"(answered \d+ in|answer after) (under )?[0-9.]+ (ms|s)", "$1 [time]"),
        (r"(actual    )[0-9.]+m?s\b", "$1[time]"),
        (r"[0-9a-f]{32}", "[ticket]"),
    ];
    let replace = |text: String, (pattern, with): (&str, &str)| {
        regex::Regex::new(pattern).unwrap().replace_all(&text, with).into_owned()
    };
    let text = varying.into_iter().fold(ended.stdout, replace);
    format!("exit code: {}\n{}", ended.code, text.replace(env!("CARGO_MANIFEST_DIR"), "[repository]"))
}

#[rstest]
#[case::client_told_of_a_must("polls-without-bearer", &["--situation", "uipath/async-polling", "--situation", "uipath/async-302"])]
#[case::client_told_of_a_recommendation("ignores-retry-after", &["--situation", "uipath/async-busy"])]
#[case::client_told_of_everything("drops-the-bearer-on-the-second-hop", &["--situation", "uipath/sync-502-on-a-hop", "--situation", "uipath/sync-failed-job", "--verbose", "--concurrency", "1"])]
fn a_wrong_client_is_told_what_to_change(
    #[context] context: Context,
    #[case] mutant: &str,
    #[case] more: &[&str],
) {
    assert_shows!(context.description.unwrap(), told(mutant, more));
}

#[rstest]
#[case::client_init_unknown(&["client", "init", "cobol"])]
#[case::client_init_nothing(&["client", "init"])]
#[case::client_run_nothing(&["client", "run"])]
#[case::client_run_nobody(&["client", "run", "--situation", "elma/run", "--", "./nobody"])]
#[case::client_run_no_situation(&["client", "run", "--situation", "elma/rum", "--", "true"])]
#[case::client_run_other_profile(&["client", "run", "--profile", "elma", "--situation", "uipath/*", "--", "true"])]
#[case::client_run_idle(&["client", "run", "--situation", "elma/run", "--", "true"])]
fn mistakes_are_told(#[context] context: Context, #[case] arguments: &[&str]) {
    let name = context.description.unwrap();
    assert_shows!(name, program(name).call(arguments));
}
