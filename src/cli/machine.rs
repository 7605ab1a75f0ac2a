//! The machine that the program runs on: the one implementation of [`System`].

use std::io;
use std::path::Path;
use std::process::Stdio;

use jiff::Timestamp;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::process::{self, Command};

use crate::system::{Child, Process, System, SystemFuture};

/// The real environment, files, processes and wall clock.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Machine;

impl Machine {
    /// A number that no two runs share.
    pub(crate) fn seed(self) -> u64 {
        let clock = self.now().as_nanosecond().unsigned_abs();
        u64::try_from(clock & u128::from(u64::MAX)).unwrap_or_default()
    }

    /// Starts a program that shares the terminal of this one; it is killed when this is dropped.
    pub(crate) fn accompany(
        command: &[String],
        variables: &[(String, String)],
    ) -> io::Result<process::Child> {
        let (program, arguments) = command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
        let variables = variables.iter().map(|(name, value)| (name, value));
        Command::new(program).args(arguments).envs(variables).kill_on_drop(true).spawn()
    }

    /// Lets this program have as many files and sockets open at once as the system lets any program have, whatever
    /// the shell gave it; how many those are, if they are bounded.
    pub(crate) fn open_files() -> Option<usize> {
        /// What macOS gives at the most, also where it calls the limit unlimited.
        const OPEN_MAX: u64 = 10_240;
        let limit = getrlimit(Resource::Nofile);
        let larger = [limit.maximum, Some(OPEN_MAX)].into_iter().filter(|most| is_more(*most, limit.current));
        let mut raised = larger.map(|current| Rlimit { current, ..limit });
        let raised = raised.find(|raised| setrlimit(Resource::Nofile, *raised).is_ok());
        raised.unwrap_or(limit).current.and_then(|files| usize::try_from(files).ok())
    }

    /// Whether this is an automatic build, where nobody watches and nothing new may be taken for granted.
    pub(crate) fn is_ci(self) -> bool {
        self.variable("CI").is_some_and(|value| !value.is_empty() && value != "false")
    }

    /// Whether what is printed is the log of a job of GitHub Actions.
    pub(crate) fn is_github(self) -> bool {
        self.variable("GITHUB_ACTIONS").is_some_and(|value| value == "true")
    }
}

/// Whether one limit lets a program have more than another; none is the largest.
fn is_more(one: Option<u64>, other: Option<u64>) -> bool {
    other.is_some_and(|other| one.is_none_or(|one| one > other))
}

impl System for Machine {
    #[expect(clippy::disallowed_methods, reason = "this is where the environment comes from")]
    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn spawn<'a>(
        &'a self,
        command: &'a [String],
        directory: &'a Path,
    ) -> SystemFuture<'a, io::Result<Child>> {
        Box::pin(async move { start(command, directory) })
    }
}

fn start(command: &[String], directory: &Path) -> io::Result<Child> {
    let (program, arguments) = command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(if directory.as_os_str().is_empty() { Path::new(".") } else { directory })
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let input = child.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let output = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    Ok(Child { input: Box::new(input), output: Box::new(output), process: Box::new(Started(child)) })
}

/// A program that was started.
struct Started(process::Child);

impl Process for Started {
    fn ended(&mut self) -> SystemFuture<'_, io::Result<String>> {
        Box::pin(async { self.0.wait().await.map(|status| status.to_string()) })
    }
}
