//! A mock that a page starts.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::orchspec::Orchspec;

/// No page takes longer, in seconds.
const LONGEST: u32 = 600;

/// A running mock; it ends with its page at the latest.
pub(super) struct Mock {
    process: Child,
    /// What it has still to print must not meet a closed pipe.
    _printed: BufReader<ChildStdout>,
}

impl Mock {
    /// Starts it, and waits until it says where it is.
    pub(super) fn start(program: &Orchspec, call: &str, place: &str) -> Self {
        let mut command = program.shell(&format!("exec {call}"), LONGEST);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let mut printed = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        printed.read_line(&mut line).unwrap();
        let told: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
        assert!(told.get("control").is_some(), "{place}: the mock does not say where it is: {line}");
        Self { process, _printed: printed }
    }

    /// Asks it to end, and waits for its exit code.
    pub(super) fn end(mut self) -> i32 {
        self.stop()
    }

    fn stop(&mut self) -> i32 {
        let _ = Command::new("kill").arg(self.process.id().to_string()).status();
        self.process.wait().ok().and_then(|status| status.code()).unwrap_or(-1)
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        if matches!(self.process.try_wait(), Ok(None)) {
            self.stop();
        }
    }
}
