//! The files are insta's: its own reader and, where it is installed, `cargo insta` read every one that the program writes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{files_below, recorded};
use crate::orchspec::Orchspec;

/// The variable that names another `cargo-insta` than the one on the path.
const CARGO_INSTA: &str = "ORCHSPEC_TEST_CARGO_INSTA";

/// A folder in which every snapshot of the suite is stored, and some are proposed: changed ones and a new one.
fn written(name: &str) -> Orchspec {
    let program = Orchspec::new(name);
    assert_eq!(program.call(&["run", "--snapshots", "record"]).code, 0);
    fs::remove_file(program.path("snapshots/embedded/elma/create/unknown-process-is-refused/refusal.snap"))
        .unwrap();
    let defects = ["--defect", "ELMA-CREATE-16/priority-low", "--mock-policy", "location=relative"];
    assert_eq!(program.call(&[&["run"], &defects[..]].concat()).code, 1);
    program
}

fn ending<'f>(files: &'f [PathBuf], ending: &str) -> Vec<&'f PathBuf> {
    files.iter().filter(|file| file.to_str().unwrap().ends_with(ending)).collect()
}

#[test]
fn its_reader_reads_what_is_stored_and_what_is_proposed() {
    let program = written("insta_reader");
    let mut files = files_below(&program.path("snapshots"));
    assert!(ending(&files, ".snap").len() > 30 && ending(&files, ".snap.new").len() > 3);
    files.extend(files_below(&recorded()));
    for file in files {
        let read = insta::Snapshot::from_file(&file).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        let content = text.splitn(3, "---\n").nth(2).unwrap().trim_end();
        let insta::internals::SnapshotContents::Text(contents) = read.contents() else {
            panic!("{}", file.display())
        };
        assert_eq!(contents.to_string().trim_end(), content, "{}", file.display());
        assert!(read.metadata().source().unwrap().starts_with("scenarios/"), "{}", file.display());
    }
}

#[test]
fn cargo_insta_lists_and_accepts_what_is_proposed() {
    let Some(cargo_insta) = cargo_insta() else {
        println!("left out: cargo-insta is not installed, and {CARGO_INSTA} does not name one");
        return;
    };
    let package = "[package]\nname = \"tried\"\nedition = \"2024\"\n[workspace]\n";
    let program = written("insta_program").file("Cargo.toml", package).file("src/lib.rs", "");
    let proposed = ending(&files_below(&program.path("snapshots")), ".snap.new").len();
    let call = |arguments: &[&str]| {
        let mut command = Command::new(&cargo_insta);
        let output =
            command.args(arguments).env_remove("CARGO").current_dir(program.path("")).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let pending = call(&["pending-snapshots", "--include-ignored", "--as-json"]);
    assert_eq!(pending.lines().filter(|line| line.contains(".snap")).count(), proposed, "{pending}");
    call(&["accept", "--include-ignored"]);
    assert_eq!(program.call(&["snapshot", "list"]).stdout, "");
    let defects = ["--defect", "ELMA-CREATE-16/priority-low", "--mock-policy", "location=relative"];
    let again = program.call(&[&["run"], &defects[..]].concat());
    assert!(!again.stdout.contains("changed snapshot") && !again.stdout.contains("new snapshot"), "{again}");
}

fn cargo_insta() -> Option<PathBuf> {
    let named = std::env::var_os(CARGO_INSTA).map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = std::env::split_paths(&path).map(|folder| folder.join("cargo-insta"));
    named.or_else(|| places.find(|place| Path::is_file(place)))
}
