//! The servers of `tests/fixtures/servers`, started for one test; knows nothing of the program that judges them.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Command, Stdio};

/// Where the servers and their target files are.
pub(crate) const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/servers");

/// A server that ends with the value.
pub(crate) struct Server {
    process: Child,
    output: BufReader<ChildStdout>,
    base: String,
}

impl Server {
    /// Starts `elma`, `uipath`, `ways` or `null`, and waits until it listens.
    pub(crate) fn start(name: &str, options: &[&str]) -> Self {
        let mut process =
            command(name, options).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let base = line.strip_prefix("READY ").unwrap_or_else(|| panic!("{name} {options:?}: {line}"));
        let base = base.trim().to_owned();
        Self { process, output, base }
    }

    /// Its base URL.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Ends it, and gives what it printed besides.
    pub(crate) fn last_words(mut self) -> String {
        drop(self.process.stdin.take());
        let mut words = String::new();
        self.output.read_to_string(&mut words).unwrap();
        words
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The target file of `elma`, `uipath` or `ways`.
pub(crate) fn target_file(name: &str) -> String {
    format!("{FOLDER}/{name}.target.yaml")
}

/// The defects that a server offers: the requirement in front of the slash must notice each.
pub(crate) fn defects(name: &str) -> Vec<String> {
    let output = command(name, &["--list-defects"]).stdin(Stdio::null()).output().unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    table.lines().filter_map(|row| Some(row.split('`').nth(1)?.to_owned())).collect()
}

/// What nonsense the null server can do: it says so when it is asked for something else.
pub(crate) fn kinds_of_nonsense() -> Vec<String> {
    let output = command("null", &[]).stdin(Stdio::null()).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    let (_, kinds) = message.trim().split_once("--kind is one of ").unwrap();
    kinds.split(", ").map(str::to_owned).collect()
}

fn command(name: &str, options: &[&str]) -> Command {
    let (program, ending) =
        if ["elma", "ways"].contains(&name) { ("python3", "py") } else { ("node", "mjs") };
    let mut command = Command::new(program);
    command.arg(format!("{FOLDER}/{name}.{ending}")).args(options);
    command
}
