//! Snapshots that no scenario takes any more: they are named, listed, and deleted only when that is certain.

use rstest::rstest;

use super::CASE;
use crate::orchspec::{Orchspec, assert_shows};

const GONE: &str = "---\nsource: scenarios/elma/gone.yaml\n---\nstatus: 200\n";
const OF_A_TEST: &str = "---\nsource: tests/it/a.rs\nexpression: a\n---\nstatus: 200\n";

/// A folder with one that is gone, a proposal of one that is gone, and one of a Rust project's own tests.
fn program(name: &str) -> Orchspec {
    Orchspec::new(&format!("unreferenced_{name}"))
        .file("snapshots/embedded/elma/gone/answer.snap", GONE)
        .file("snapshots/embedded/elma/gone/later.snap.new", GONE)
        .file("snapshots/embedded/rust__test.snap", OF_A_TEST)
}

#[test]
fn it_is_named_when_all_has_run() {
    let program = program("named");
    let said = "unreferenced snapshot elma/gone/answer";
    let whole = program.call(&["run"]);
    assert!(whole.stdout.contains(said), "{whole}");
    assert!(!whole.stdout.contains("rust__test"), "{whole}");
    assert!(!whole.stdout.contains("gate violated"), "{whole}");
    let part = program.call(&["run", CASE]);
    assert!(!part.stdout.contains(said), "{part}");
}

#[test]
fn it_is_listed_with_its_file() {
    let program = program("listed");
    assert_shows!("snapshot_list", program.call(&["snapshot", "list"]));
    let one = program.call(&["snapshot", "list", "gone/a*"]);
    assert_eq!(one.stdout, "", "{one}");
    let one = program.call(&["snapshot", "list", "*gone/a*"]);
    assert_eq!(one.stdout.lines().count(), 1, "{one}");
}

#[test]
fn a_recording_of_the_whole_suite_deletes_it() {
    let program = program("deleted");
    let ended = program.call(&["run", "--snapshots", "record", "--delete-unreferenced"]);
    assert_eq!(ended.code, 0, "{ended}");
    assert!(ended.stderr.contains("2 unreferenced snapshots deleted below snapshots/embedded"), "{ended}");
    assert!(!program.path("snapshots/embedded/elma/gone").exists());
    assert!(program.path("snapshots/embedded/rust__test.snap").exists());
    assert!(program.path("snapshots/embedded/elma").exists());
}

#[rstest]
#[case::of_a_part("delete_part", &["run", CASE, "--snapshots", "record", "--delete-unreferenced"])]
#[case::of_a_shard("delete_shard", &["run", "--shard", "1/2", "--snapshots", "record", "--delete-unreferenced"])]
#[case::without_recording("delete_unrecorded", &["run", "--delete-unreferenced"])]
fn nothing_is_deleted_on_a_guess(#[case] name: &str, #[case] arguments: &[&str]) {
    let program = program(name);
    let ended = program.call(arguments);
    assert_eq!(ended.code, 2, "{ended}");
    assert_shows!(name, ended);
    assert!(program.path("snapshots/embedded/elma/gone/answer.snap").exists());
}
