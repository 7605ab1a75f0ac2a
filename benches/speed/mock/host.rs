//! A server under measurement, in a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::machine;
use super::request::{self, Answer};
use crate::figures::ORCHSPEC;

/// Where everything is served that is measured.
pub(super) const TRIGGERS: &str = "/acme/prod/orchestrator_/t/";

/// Jobs that end when they are told to: one to be polled, one to be waited for. Nobody is given up for making thousands
/// of connections before the first of them says anything.
const OFFERED: &str = r"mock: 1
built_in: none
limits: { patience: 10m }
uipath:
  principals: { owner: { bearer: a-token-of-the-owner } }
  triggers:
    polled: { mode: AsyncRequestReply, runs: manual, output: { ok: true } }
    waited: { mode: LongPolling, runs: manual, output: { ok: true } }
    forgotten: { mode: FireAndForget, runs: 1s, output: { ok: true } }
";

/// A server; it ends with the value.
pub(super) struct Host {
    process: Child,
    /// Address and port.
    pub(super) address: String,
    /// Where it is steered.
    control: String,
}

impl Host {
    /// The mock, with these arguments besides.
    pub(super) fn mock(arguments: &[&str]) -> Self {
        let mut process = start(mock_command().args(arguments));
        let said: Value = serde_json::from_str(&first_line(&mut process)).unwrap();
        let url = said["uipath"]["url"].as_str().unwrap().trim_start_matches("http://");
        let control = said["control"].as_str().unwrap().trim_start_matches("http://");
        let address = url.split('/').next().unwrap();
        Self { address: address.to_owned(), control: control.to_owned(), process }
    }

    /// A bare hyper server that gives this answer to everything.
    pub(super) fn twin(answer: &Answer) -> Self {
        let mut process = start(&mut twin_command(answer));
        let address = first_line(&mut process);
        Self { control: address.clone(), address, process }
    }

    pub(super) fn cpu(&self) -> Duration {
        machine::cpu(self.process.id())
    }

    /// In KiB.
    pub(super) fn resident(&self) -> f64 {
        machine::resident(self.process.id())
    }

    /// Returns once so many calls wait for a job; fails where that never comes to be.
    pub(super) fn await_held(&self, count: usize) {
        const LOOKS: usize = 12_000;
        let held = || {
            let answer = request::ask(&self.control, "GET", "/count", "");
            let count: Value = serde_json::from_str(&answer.body).unwrap();
            count["parked"].as_u64()
        };
        let pause = || std::thread::sleep(Duration::from_millis(10));
        let reached = (0..LOOKS).any(|_| {
            held() == Some(count as u64) || {
                pause();
                false
            }
        });
        assert!(reached, "{:?} calls of {count} wait after two minutes", held());
    }

    /// Ends every job that somebody waits for.
    pub(super) fn release(&self) {
        let answer = request::ask(&self.control, "POST", "/hooks", r#"{"op":"release","job":"waited"}"#);
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The mock as it is measured.
pub(super) fn mock_command() -> Command {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("speed-mock.yaml");
    std::fs::write(&file, OFFERED).unwrap();
    let mut command = unbounded(ORCHSPEC);
    command.args(["mock", "--foreign", "off", "--config"]).arg(file);
    command
}

/// The bare hyper server that gives this answer to everything.
pub(super) fn twin_command(answer: &Answer) -> Command {
    let mut command = unbounded(&std::env::current_exe().unwrap().display().to_string());
    let head = serde_json::to_string(&answer.head).unwrap();
    command.args(["serve", &answer.status.to_string(), &head, &answer.body]);
    command
}

/// A program that may open as many files as this machine lets it.
pub(super) fn unbounded(program: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", r#"ulimit -n "$(ulimit -Hn)"; exec "$0" "$@""#, program]);
    command
}

/// Starts a program that says something on standard output.
pub(super) fn start(command: &mut Command) -> Child {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// The first line that a program says.
pub(super) fn first_line(process: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    line.trim().to_owned()
}
