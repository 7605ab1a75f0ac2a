//! The pages that the program writes about its own suite, and that are committed beside it.

use rstest::rstest;
use similar::TextDiff;

use crate::orchspec::Orchspec;

#[rstest]
#[case("coverage", "scenarios/COVERAGE.md")]
#[case("lock", "scenarios/checks.lock")]
fn the_committed_page_is_the_one_that_is_printed(#[case] page: &str, #[case] path: &str) {
    let ended = Orchspec::new(&format!("page_{page}")).call_as_is(&["suite", page]);
    assert_eq!(ended.code, 0, "{ended}");
    let committed = std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let difference = TextDiff::from_lines(&committed, &ended.stdout);
    let difference = difference.unified_diff().context_radius(0).header("committed", "now").to_string();
    assert!(difference.is_empty(), "{difference}if that is meant: cargo run -- suite {page} > {path}");
}

const SCENARIO: &str = "copy/scenarios/uipath/async/completes-with-redirect.yaml";

/// The lines of the lock that differ once a text of one scenario was replaced.
fn moved(name: &str, from: &str, to: &str) -> Vec<String> {
    let program = Orchspec::new(name);
    assert_eq!(program.call(&["suite", "export", "copy"]).code, 0);
    let lock = || program.call_as_is(&["suite", "lock", "--suite", "copy"]).stdout;
    let before = lock();
    let text = program.read(SCENARIO);
    assert!(text.contains(from), "{text}");
    let program = &program;
    std::fs::write(program.path(SCENARIO), text.replacen(from, to, 1)).unwrap();
    let after = lock();
    let difference = TextDiff::from_lines(&before, &after);
    let difference = difference.unified_diff().context_radius(0).to_string();
    let lines = difference.lines().filter(|line| line.starts_with(['-', '+']));
    lines.filter_map(|line| Some(line.split(' ').next()?.to_owned())).collect()
}

#[test]
fn a_judgement_that_disappears_is_seen() {
    let id = "uipath/async/completes-with-redirect#UIP-ASYNC-04";
    let lines = moved("lock_gone", "UIP-ASYNC-04", "UIP-ASYNC-03");
    assert!(lines.contains(&format!("-{id}")) && !lines.contains(&format!("+{id}")), "{lines:?}");
}

#[test]
fn a_judgement_that_means_something_else_is_seen() {
    let id = "uipath/async/completes-with-redirect#UIP-ASYNC-02";
    let lines = moved("lock_changed", "status: 202", "status: 200");
    assert!(lines.contains(&format!("-{id}")) && lines.contains(&format!("+{id}")), "{lines:?}");
}
