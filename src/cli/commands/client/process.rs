//! The client's own process: bounded in time, output and requests, and ended with everything that it started.

use std::fmt;
use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use super::tape::Tape;
use crate::clock::format_duration;
use crate::rule::course::{End, Report};

/// How a client ended, with what it wrote beside its result.
pub(super) struct Ended {
    pub(super) end: End,
    /// How, in words: `the client ended with exit status 1`.
    pub(super) how: String,
    pub(super) remarks: String,
    /// Why it was not left to end by itself.
    pub(super) stopped: Option<Stopped>,
}

/// Why a client was not left to end by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stopped {
    /// It took longer than this.
    Time(Duration),
    /// It wrote more than this many bytes.
    Output(usize),
    /// It sent more than this many requests.
    Requests(u64),
    /// The whole run is to end.
    Interrupted,
}

impl fmt::Display for Stopped {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(time) => write!(out, "it had not ended after {}", format_duration(*time)),
            Self::Output(most) => write!(out, "it wrote more than {} MiB to standard output", most >> 20),
            Self::Requests(most) => write!(out, "it sent more than {most} requests"),
            Self::Interrupted => out.write_str("the run was interrupted"),
        }
    }
}

/// How long a client may run, and what ends it before.
pub(super) struct Bounds<Overrun, Interrupted> {
    pub(super) time: Duration,
    /// So many requests may be sent; the future returns once there are more.
    pub(super) requests: (u64, Overrun),
    /// Returns once the whole run is to end.
    pub(super) interrupted: Interrupted,
}

/// So many bytes of a result are read.
const OUTPUT: usize = 4 << 20;
/// So many bytes of what a client writes beside its result are kept.
const REMARKS: usize = 16 << 10;

/// Runs a client until it ends, or must be stopped.
pub(super) async fn run<Overrun, Interrupted>(
    command: &[String],
    environment: Vec<(&'static str, String)>,
    bounds: Bounds<Overrun, Interrupted>,
) -> io::Result<Ended>
where
    Overrun: Future<Output = ()>,
    Interrupted: Future<Output = ()>,
{
    let mut child = start(command, environment)?;
    let group = Group::of(&child);
    let mut output = Tape::of_beginning(child.stdout.take(), OUTPUT);
    let remarks = Tape::of_end(child.stderr.take(), REMARKS);
    let stopped = tokio::select! {
        biased;
        _ = child.wait() => None,
        () = output.overflow() => Some(Stopped::Output(OUTPUT)),
        () = bounds.requests.1 => Some(Stopped::Requests(bounds.requests.0)),
        () = sleep(bounds.time) => Some(Stopped::Time(bounds.time)),
        () = bounds.interrupted => Some(Stopped::Interrupted),
    };
    if stopped.is_some() {
        group.end(&mut child).await?;
    }
    let status = child.wait().await?;
    // A program that the client has left behind may hold the streams open; it is not waited for, and ended, too.
    let (output, remarks) = tokio::join!(output.text(), remarks.text());
    group.signal(Signal::KILL);
    let end = End { report: report(status, stopped), output };
    Ok(Ended { end, how: how(status, stopped), remarks, stopped })
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
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
}

/// The client and all that it started, unless that went its own way. Who is ended with Ctrl-C on a terminal is this
/// program alone, which then ends the client.
#[derive(Clone, Copy)]
struct Group(Option<Pid>);

impl Group {
    fn of(child: &Child) -> Self {
        Self(child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?)))
    }

    /// Asks to end, and waits a little before it insists.
    async fn end(self, child: &mut Child) -> io::Result<()> {
        const PATIENCE: Duration = Duration::from_secs(1);
        self.signal(Signal::TERM);
        if timeout(PATIENCE, child.wait()).await.is_err() {
            self.signal(Signal::KILL);
            child.kill().await?;
        }
        Ok(())
    }

    fn signal(self, signal: Signal) {
        // Where nobody is left, there is nobody to end.
        self.0.map(|group| kill_process_group(group, signal).ok());
    }
}

fn report(status: ExitStatus, stopped: Option<Stopped>) -> Report {
    match stopped {
        Some(_) => Report::Stopped,
        None if status.success() => Report::Success,
        None => Report::Failure,
    }
}

fn how(status: ExitStatus, stopped: Option<Stopped>) -> String {
    match (stopped, status.code()) {
        (Some(stopped), _) => format!("the client was stopped: {stopped}"),
        (None, Some(code)) => format!("the client ended with status {code}"),
        (None, None) => format!("the client was killed ({status})"),
    }
}
