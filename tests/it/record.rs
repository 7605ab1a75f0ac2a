//! `record` between real clients and real servers: what it writes, what it never writes, and what it says when it cannot.

mod flows;
mod proxy;
mod refusals;
mod secrets;
mod upstream;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command};

use serde_json::Value;

use crate::orchspec::{Ended, Orchspec};

/// A target with one trigger; `BASE` says where it is.
const TARGET: &str = "target: 1
identity: { organization: Acme, product: Orchestrator }
uipath:
  base: { env: BASE }
  principals: { owner: { bearer: secret-of-the-owner+1 } }
  hold: { at_least: 1s, at_most: 2s }
  jobs:
    quick: { path: /t/quick, verb: POST, mode: AsyncRequestReply, kind: echo, runs: { at_least: 0s, at_most: 1s } }
";

/// A recording that goes on until it is ended.
struct Recording {
    process: Child,
    /// Where the client of the first protocol is to go.
    url: String,
}

impl Recording {
    /// Starts the program and waits for its address.
    fn start(program: &Orchspec, arguments: &[&str]) -> Self {
        let mut process = program.start(&[&["record", "--target", "target.yaml"], arguments].concat());
        let mut line = String::new();
        // Nothing else comes on standard output.
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let urls: Value = serde_json::from_str(&line).unwrap();
        let first = urls.as_object().unwrap().values().next().unwrap();
        Self { url: first.as_str().unwrap().to_owned(), process }
    }

    /// Sends a signal and waits for the end.
    fn end(self, signal: &str) -> Ended {
        let sent = Command::new("kill").args([signal, &self.process.id().to_string()]).status().unwrap();
        assert!(sent.success());
        Orchspec::wait(self.process)
    }
}

/// Sends a request with curl, and gives what it prints.
fn curl(arguments: &[&str]) -> String {
    let output = Command::new("curl").args(["--silent", "--show-error"]).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}
