//! Folders that cannot be written, files that are damaged, names that are none: each is told by name, and nothing is lost.

use std::fs::{self, File};

use rstest::rstest;

use super::{CASE, NAME};
use crate::orchspec::{Orchspec, assert_shows};

fn stored() -> String {
    format!("snapshots/embedded/{NAME}.snap")
}

fn recorded(name: &str) -> Orchspec {
    let program = Orchspec::new(&format!("snapshots_{name}"));
    assert_eq!(program.call(&["run", CASE, "--snapshots", "record"]).code, 0);
    program
}

#[rstest]
#[case::a_file("snapshots_in_a_file", "taken", "record")]
#[case::a_file_to_compare_with("snapshots_of_a_file", "taken", "verify")]
#[case::below_a_file("snapshots_below_a_file", "taken/below", "record")]
#[case::where_nothing_can_be("snapshots_in_proc", "/proc/snapshots", "record")]
fn a_folder_that_is_none_is_refused_before_anything_is_sent(
    #[case] name: &str,
    #[case] folder: &str,
    #[case] mode: &str,
) {
    let program = Orchspec::new(name).file("taken", "a file");
    let ended = program.call(&["run", CASE, "--snapshots", mode, "--snapshots-dir", folder]);
    assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{ended}");
    assert_shows!(name, ended);
    assert_eq!(program.read("taken"), "a file");
}

#[rstest]
#[case("taken", "it is no folder")]
#[case("taken/below", "a part of its path is no folder")]
fn what_hides_the_folder_is_not_taken_for_a_first_run(#[case] folder: &str, #[case] reason: &str) {
    let program = Orchspec::new(&format!("snapshots_hidden_{}", folder.len())).file("taken", "a file");
    let ended = program.call(&["run", CASE, "--snapshots-dir", folder]);
    assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{ended}");
    assert!(ended.stderr.contains(&format!("cannot read `{folder}`: {reason}")), "{ended}");
}

/// The place of a proposal is taken by a folder: what changed is told all the same.
#[test]
fn a_proposal_that_cannot_be_written_hides_no_change() {
    let program = recorded("unproposed").folder(&format!("snapshots/embedded/{NAME}.snap.new/taken"));
    let ended = program.call(&["run", CASE, "--defect", super::DEFECT]);
    assert_eq!(ended.code, 1, "{ended}");
    assert!(ended.stderr.contains("warning[unwritable-file]: cannot write"), "{ended}");
    assert!(ended.stdout.contains(&format!("changed snapshot {NAME}")), "{ended}");
}

#[rstest]
#[case::empty("empty", b"")]
#[case::of_two_branches("conflict", b"<<<<<<< HEAD\n---\nsource: a.yaml\n---\nstatus: 200\n")]
#[case::cut("cut", b"---\nsource: a.yaml\n")]
#[case::binary("binary", b"\x89PNG\r\n\x1a\n")]
fn a_damaged_file_is_named_and_can_be_recorded_again(#[case] name: &str, #[case] content: &[u8]) {
    let program = recorded(name).file(&stored(), content);
    let ended = program.call(&["run", CASE]);
    assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{ended}");
    assert!(ended.stderr.contains("error[damaged-snapshot]: `snapshots/embedded/elma/create/"), "{ended}");
    assert_eq!(program.call(&["snapshot", "list"]).code, 2);
    assert_eq!(program.call(&["run", CASE, "--snapshots", "record"]).code, 0);
    assert_eq!(program.call(&["run", CASE]).code, 0);
}

#[test]
fn a_huge_file_is_not_read() {
    let program = recorded("huge");
    File::create(program.path(&stored())).unwrap().set_len(1 << 40).unwrap();
    let ended = program.call(&["run", CASE]);
    assert_eq!(ended.code, 2, "{ended}");
    assert!(ended.stderr.contains("it is far larger than any snapshot"), "{ended}");
}

#[test]
fn a_damaged_proposal_can_be_forgotten_but_not_accepted() {
    let proposed = format!("snapshots/embedded/{NAME}.snap.new");
    let program = recorded("proposal").file(&proposed, "half");
    for command in ["list", "review", "accept"] {
        let ended = program.call(&["snapshot", command]);
        assert!(ended.code == 2 && ended.stderr.contains("[damaged-snapshot]"), "{command}\n{ended}");
    }
    assert_eq!(program.call(&["snapshot", "reject"]).code, 0);
    assert!(!program.path(&proposed).exists());
}

/// What insta writes besides, and what version control makes of the ends of lines.
#[rstest]
#[case(
    "metadata",
    "expression: \"created\"\n",
    "expression: created\ndescription: \"a\"\ninfo:\n  a: [1]\nassertion_line: 7\n"
)]
#[case("ends", "\n", "\r\n")]
fn a_file_that_went_through_other_hands_is_the_same(
    #[case] name: &str,
    #[case] from: &str,
    #[case] to: &str,
) {
    let program = recorded(name);
    let changed = program.read(&stored()).replace(from, to);
    fs::write(program.path(&stored()), &changed).unwrap();
    let ended = program.call(&["run", CASE]);
    assert_eq!(ended.code, 0, "{ended}");
    assert_eq!(program.read(&stored()), changed);
}

/// Two branches of one scenario.
const SCENARIO: &str = r"
title: Three answers are kept
profile: elma
cases: CASES
steps:
  - name: one
    request: { status: 1 }
    expect: [ { covers: [ELMA-STATUS-01], result: refused } ]
    snapshot: FIRST
  - name: two
    control: true
    request: { status: 2 }
    expect: [ { result: success } ]
    snapshot: two
";

#[rstest]
#[case::a_path("../one", "{ a: {} }", "`../one` cannot name a snapshot")]
#[case::a_device("NUL", "{ a: {} }", "`NUL` cannot name a snapshot")]
#[case::the_same("two", "{ a: {} }", "another step has a snapshot called `two`")]
#[case::the_same_without_capitals("Two", "{ a: {} }", "another step has a snapshot called `Two`")]
#[case::an_odd_case("one", "{ \"a:b\": {} }", "`elma/a@a:b` cannot be a folder")]
#[case::a_case_that_leads_away("one", "{ \"/../b\": {} }", "`elma/a@/../b` cannot be a folder")]
#[case::cases_without_capitals(
    "one",
    "{ a: {}, A: {} }",
    "`elma/a@A` and another case would keep their snapshots in one folder"
)]
fn a_name_that_is_no_file_name_is_a_mistake(#[case] first: &str, #[case] cases: &str, #[case] message: &str) {
    let own: String = [first, cases].concat().chars().filter(char::is_ascii_alphanumeric).collect();
    let program = Orchspec::new(&format!("snapshots_name_{own}"))
        .file("suite/scenarios/elma/a.yaml", SCENARIO.replace("FIRST", first).replace("CASES", cases));
    let ended = program.call(&["lint", "--suite", "suite"]);
    assert_eq!(ended.code, 2, "{ended}");
    assert!(ended.stderr.contains(message), "{ended}");
}
