//! The real program in a folder of its own: what it prints, with everything that differs from run to run replaced.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A folder that belongs to one test, and the program in it.
pub(crate) struct Orchspec {
    folder: PathBuf,
    variables: Vec<(String, String)>,
}

/// How a call of the program ended.
pub(crate) struct Ended {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Orchspec {
    /// A new empty folder; `name` is the test's own.
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self { folder, variables: Vec::new() }
    }

    /// The folder of nobody, where nothing is done.
    pub(crate) fn nowhere() -> Self {
        Self { folder: PathBuf::new(), variables: Vec::new() }
    }

    /// Sets an environment variable for the program.
    pub(crate) fn variable(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets an environment variable for the calls to come.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.variables.push((name.to_owned(), value.into()));
    }

    /// Writes a file.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(path, content);
        self
    }

    /// Writes a file before the calls to come.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Makes an empty folder.
    pub(crate) fn folder(self, path: &str) -> Self {
        fs::create_dir_all(self.folder.join(path)).unwrap();
        self
    }

    /// What is in a file that the program wrote.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap()
    }

    /// Where a file of the folder is.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Calls the program with these arguments; what differs from run to run is replaced in its output.
    pub(crate) fn call(&self, arguments: &[&str]) -> Ended {
        let Ended { code, stdout, stderr } = self.call_as_is(arguments);
        Ended { code, stdout: self.normalized(&stdout), stderr: self.normalized(&stderr) }
    }

    /// Calls the program with these arguments.
    pub(crate) fn call_as_is(&self, arguments: &[&str]) -> Ended {
        Self::wait(self.start(arguments))
    }

    /// Starts the program with these arguments.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        Self::spawn(self.command(arguments))
    }

    /// Starts a command whose output somebody will read.
    pub(crate) fn spawn(mut command: Command) -> Child {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Waits for the end of a program that was started.
    pub(crate) fn wait(program: Child) -> Ended {
        let output = program.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ended {
            code: output.status.code().unwrap(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The program with these arguments, ready to be started.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.here(Command::new(env!("CARGO_BIN_EXE_orchspec")), arguments)
    }

    /// The same under a watch that says in the end how much memory it held: `PEAK` and bytes, on standard error.
    pub(crate) fn measured(&self, arguments: &[&str]) -> Command {
        self.watched("peak.py", arguments)
    }

    /// The same, started by a program of the fixtures.
    pub(crate) fn watched(&self, fixture: &str, arguments: &[&str]) -> Command {
        let mut watch = Command::new("python3");
        let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
        watch.arg(format!("{fixtures}/{fixture}")).arg(env!("CARGO_BIN_EXE_orchspec"));
        self.here(watch, arguments)
    }

    /// A script of the shell, in which the program is found by its name; it is ended after so many seconds.
    #[expect(clippy::disallowed_methods, reason = "the programs of a script are where the tests find theirs")]
    pub(crate) fn shell(&self, script: &str, seconds: u32) -> Command {
        let mut bounded = Command::new("timeout");
        bounded.arg(seconds.to_string()).args(["sh", "-c"]);
        let mut shell = self.here(bounded, &[script]);
        let own = Path::new(env!("CARGO_BIN_EXE_orchspec")).parent().unwrap();
        let others = std::env::var("PATH").unwrap_or_default();
        shell.env("PATH", format!("{}:{others}", own.display()));
        shell
    }

    fn here(&self, mut command: Command, arguments: &[&str]) -> Command {
        command.args(arguments).current_dir(&self.folder).env_clear();
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    fn normalized(&self, text: &str) -> String {
        let text = text.replace(&self.folder.display().to_string(), "[folder]");
        let text = text.replace(env!("CARGO_MANIFEST_DIR"), "[repository]");
        let replace = |text: String, (pattern, with): &(&str, &str)| {
            regex::Regex::new(pattern).unwrap().replace_all(&text, *with).into_owned()
        };
        VARYING.iter().fold(text, replace)
    }
}

/// What differs from run to run.
const VARYING: [(&str, &str); 7] = [
    (r"127\.0\.0\.1:\d+", "127.0.0.1:[port]"),
    (r"\bin \d+(\.\d+)? ?(ms|s)\b", "in [time]"),
    // A word that nobody can know.
    (r"asked for `x[0-9a-f]{8}`", "asked for `[random]`"),
    // How many the suite has is no matter of a message.
    (r"(not judged +)\d+ cases", "$1[cases]"),
    (r"\d+ cases, \d+ run, (.*), at most \d+ jobs", "[cases], $1, at most [jobs]"),
    (r"orchspec \d+\.\d+\.\d+", "orchspec [version]"),
    (r"\b[0-9a-f]{64}\b", "[digest]"),
];

impl fmt::Display for Ended {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "exit code: {}", self.code)?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(out, "----- {name} -----\n{}", text.trim_end())?;
            }
        }
        Ok(())
    }
}

/// Somebody who listens and answers nothing, to see that nobody came.
pub(crate) struct Silence(TcpListener);

impl Silence {
    /// Listens on a free port.
    pub(crate) fn listen() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    /// Where it is.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.0.local_addr().unwrap())
    }

    /// Whether nobody connected.
    pub(crate) fn is_unbroken(&self) -> bool {
        matches!(self.0.accept(), Err(error) if error.kind() == ErrorKind::WouldBlock)
    }
}

/// Compares with a snapshot under `snapshots/tests/cli`.
macro_rules! assert_shows {
    ($name:expr, $text:expr) => {
        insta::with_settings!({
            snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/tests/cli"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!($name, $text.to_string());
        });
    };
}

pub(crate) use assert_shows;
