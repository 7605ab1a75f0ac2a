//! A file below `deploy/`, and its lines run by the shell that its engine uses.

use std::path::{Path, PathBuf};
use std::process::Command;

use orchspec::source::SourceMap;
use orchspec::yaml;
use serde_json::Value;

use crate::orchspec::Orchspec;

/// Where a file is.
pub(super) fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy").join(name)
}

/// The documents in a file.
pub(super) fn documents(name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(path(name)).unwrap();
    text.split("\n---\n").map(|document| read(name, document)).collect()
}

fn read(name: &str, text: &str) -> Value {
    let (mut sources, mut mistakes) = (SourceMap::default(), Vec::new());
    let node = yaml::parse(sources.add(name, text), text, &mut mistakes).unwrap();
    assert!(mistakes.is_empty(), "{mistakes:?}");
    node.to_json()
}

/// The text at a place of a document.
pub(super) fn text<'a>(document: &'a Value, pointer: &str) -> &'a str {
    document.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("nothing at {pointer}"))
}

/// Runs lines in the folder of a test, with the program on the path, and gives how that ended and what was printed.
pub(super) fn run_lines(program: &Orchspec, lines: &str, variables: &[(&str, &str)]) -> (i32, String) {
    let bin = Path::new(env!("CARGO_BIN_EXE_orchspec")).parent().unwrap();
    let mut shell = Command::new("bash");
    shell.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", lines]);
    shell.current_dir(program.path("")).env_clear().envs(variables.iter().copied());
    let output = shell.env("PATH", format!("{}:/usr/bin:/bin", bin.display())).output().unwrap();
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (output.status.code().unwrap(), printed)
}
