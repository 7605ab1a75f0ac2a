//! A client that is written to an empty folder works there as it is.

use std::path::{Path, PathBuf};
use std::process::Command;

use rstest::rstest;

use super::judged::{judge, root, rules};
use crate::orchspec::Orchspec;

#[rstest]
#[case("node", "client.mjs")]
#[case("python", "client.py")]
#[case("bash", "client.sh")]
#[case("rust", "client.rs")]
fn a_right_client_is_written_once(#[case] language: &str, #[case] file: &str) {
    let program = Orchspec::new(&format!("client_init_{language}"));
    assert_eq!(program.call(&["client", "init", language]).code, 0);
    let example = std::fs::read_to_string(root(&format!("clients/{file}"))).unwrap();
    assert_eq!(program.read(file), example);
    let again = program.call(&["client", "init", "--lang", language]);
    assert!(again.code == 2 && again.stderr.contains("is there already"), "{again}");
}

#[test]
fn a_project_that_is_there_is_left_alone() {
    let program = Orchspec::new("client_init_project").file("Cargo.toml", "[package]\nname = \"mine\"\n");
    let ended = program.call(&["client", "init", "rust", "--output", "src/main.rs"]);
    assert_eq!(
        (ended.code, program.read("src/Cargo.toml").contains("path = \"main.rs\"")),
        (0, true),
        "{ended}"
    );
    assert!(ended.stderr.contains("wrote src/main.rs in the new folder src\n"), "{ended}");
    let ended = program.call(&["client", "init", "rust"]);
    assert!(
        ended.stderr.contains("Cargo.toml is there already; the client needs in it:\nbytes = "),
        "{ended}"
    );
    assert_eq!(program.read("Cargo.toml"), "[package]\nname = \"mine\"\n");
}

/// As its reader would: in an empty folder, with nothing but what was written. Where crates come from is settled by the
/// lock file of this repository, so that nothing is fetched.
#[test]
fn the_client_in_rust_can_be_built_and_is_right() {
    let program = Orchspec::new("client_init_built");
    assert_eq!(program.call(&["client", "init", "--lang", "rust"]).code, 0);
    std::fs::copy(root("Cargo.lock"), program.path("Cargo.lock")).unwrap();
    let built = build(&program.path("Cargo.toml"));
    let (ended, report) = judge("client_rust", &[], &[&built.display().to_string()]);
    assert_eq!((ended.code, rules(&report, &["pass"]).len()), (0, orchspec::rule::RULES.len()), "{ended}");
}

fn build(manifest: &Path) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("client_target");
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--quiet", "--offline", "--manifest-path"])
        .arg(manifest)
        .arg("--target-dir")
        .arg(&target);
    assert!(cargo.status().unwrap().success());
    target.join("debug/client")
}
