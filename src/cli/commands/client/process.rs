//! The client's own process: bounded in time and output, stopped when it asks too often.

use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::rule::course::{End, Report};

/// How a client ended, with what it wrote beside its result.
pub(super) struct Ended {
    pub(super) end: End,
    pub(super) remarks: String,
}

/// What of a client's output is read.
const READ: u64 = 1 << 20;

/// Runs a client until it ends, its time is over or `overrun` says that it must be stopped.
pub(super) async fn run(
    command: &[String],
    environment: Vec<(&'static str, String)>,
    time: Duration,
    overrun: impl Future<Output = ()>,
) -> io::Result<Ended> {
    let mut child = start(command, environment)?;
    let output = tokio::spawn(read(child.stdout.take()));
    let remarks = tokio::spawn(read(child.stderr.take()));
    let status = tokio::select! {
        biased;
        ended = timeout(time, child.wait()) => ended.ok().transpose()?,
        () = overrun => None,
    };
    if status.is_none() {
        child.kill().await?;
    }
    let end = End { report: report(status), output: drained(output).await };
    Ok(Ended { end, remarks: drained(remarks).await })
}

/// What was written; a program that the client has left behind may hold the stream open, and is not waited for.
async fn drained(reading: JoinHandle<String>) -> String {
    const LAST_WORDS: Duration = Duration::from_secs(1);
    timeout(LAST_WORDS, reading).await.ok().and_then(Result::ok).unwrap_or_default()
}

fn start(command: &[String], environment: Vec<(&'static str, String)>) -> io::Result<Child> {
    let (program, arguments) = command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    Command::new(program)
        .args(arguments)
        .envs(environment)
        // The mock is on this machine; a proxy is not on the way.
        .envs([("NO_PROXY", "127.0.0.1"), ("no_proxy", "127.0.0.1")])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
}

async fn read(stream: Option<impl AsyncRead + Unpin + Send>) -> String {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        // What was read until a stream broke off is all that there is.
        let _ = stream.take(READ).read_to_end(&mut bytes).await;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn report(status: Option<ExitStatus>) -> Report {
    match status {
        None => Report::Stopped,
        Some(status) if status.success() => Report::Success,
        Some(_) => Report::Failure,
    }
}
