//! The program that was started, and callers that know nothing but bytes.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command};
use std::time::Duration;

use serde_json::Value;

use crate::orchspec::Orchspec;

/// The header line of somebody who may start jobs and look at them.
pub(super) const OWNER: &str = "Authorization: Bearer embedded-owner-token\r\n";

/// A mock that runs until this is dropped.
pub(super) struct Standalone {
    pub(super) folder: Orchspec,
    /// What it said of itself.
    pub(super) line: Value,
    process: Child,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

impl Standalone {
    pub(super) fn start(name: &str, options: &[&str]) -> Self {
        Self::start_in(Orchspec::new(name), options)
    }

    pub(super) fn start_in(folder: Orchspec, options: &[&str]) -> Self {
        let process = folder.start(&[&["mock"], options].concat());
        Self::that_runs(folder, process)
    }

    /// A mock that somebody else has started.
    pub(super) fn that_runs(folder: Orchspec, mut process: Child) -> Self {
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let line = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        Self { folder, line, process }
    }

    pub(super) fn origin(&self) -> String {
        self.line["elma"]["url"].as_str().unwrap_or_default().replace("http://", "")
    }

    pub(super) fn control(&self) -> String {
        self.line["control"].as_str().unwrap().replace("http://", "")
    }

    pub(super) fn foreign(&self) -> String {
        self.line["foreign"].as_str().unwrap().replace("http://", "")
    }

    /// One call to the protocols.
    pub(super) fn protocol(&self, line: &str, headers: &str, body: &str) -> Reply {
        call(&self.origin(), line, headers, body)
    }

    /// One call to the control API; it must succeed.
    pub(super) fn steer(&self, line: &str, body: &str) -> Value {
        let reply = call(&self.control(), line, "", body);
        assert!((200..300).contains(&reply.status), "{line}: {reply:?}");
        serde_json::from_str(&reply.body).unwrap()
    }

    /// Starts a job, waits for it through every redirect, and counts them.
    pub(super) fn follow(&self, trigger: &str) -> (Reply, usize) {
        let invoke = format!("POST /acme/prod/orchestrator_/t/{trigger}");
        let mut reply = self.protocol(&invoke, OWNER, r#"{"$callMode":"LongPolling"}"#);
        let mut hops = 0;
        while reply.status == 303 && hops < 100 {
            reply = self.protocol(&format!("GET {}", reply.path()), OWNER, "");
            hops += 1;
        }
        (reply, hops)
    }

    /// What is in a file that the program writes when it is ready to.
    pub(super) fn until_written(&self, path: &str) -> String {
        for _ in 0..500 {
            if self.folder.path(path).exists() {
                return self.folder.read(path);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{path} was not written");
    }

    /// Asks it to end, and gives its exit code and what it said beside its result.
    pub(super) fn end_and_hear(mut self) -> (i32, String) {
        let code = self.ask_to_end();
        let mut told = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        (code, told)
    }

    /// Asks it to end, and gives its exit code and its folder.
    pub(super) fn end(mut self) -> (i32, Orchspec) {
        let code = self.ask_to_end();
        (code, std::mem::replace(&mut self.folder, Orchspec::nowhere()))
    }

    fn ask_to_end(&mut self) -> i32 {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.process.wait().unwrap().code().unwrap()
    }
}

impl Drop for Standalone {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One call on a connection of its own.
pub(crate) fn call(authority: &str, line: &str, headers: &str, body: &str) -> Reply {
    Reply::read(begin(authority, line, headers, body))
}

/// A call that is not waited for.
pub(super) fn begin(authority: &str, line: &str, headers: &str, body: &str) -> TcpStream {
    let mut stream = connect(authority);
    let length = body.len();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

pub(super) fn connect(authority: &str) -> TcpStream {
    let stream = TcpStream::connect(authority).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    stream
}

impl Reply {
    /// Reads until the other side closes; status 0 if it said nothing.
    pub(super) fn read(mut stream: TcpStream) -> Self {
        let mut bytes = Vec::new();
        // Whoever is cut off has read what there was.
        let _ = stream.read_to_end(&mut bytes);
        Self::of(&bytes)
    }

    /// Reads what comes first of an answer that has no end: its head and one line.
    pub(super) fn read_beginning(stream: TcpStream) -> Self {
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        let mut text: String =
            lines.by_ref().take_while(|line| !line.is_empty()).map(|line| line + "\r\n").collect();
        text += "\r\n";
        text += &lines.next().unwrap();
        Self::of(text.as_bytes())
    }

    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default();
        Self { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    /// Path and query of the `Location`.
    pub(super) fn path(&self) -> String {
        let location = self.head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
        let location =
            location.strip_prefix("http://").map_or(location, |rest| &rest[rest.find('/').unwrap()..]);
        location.to_owned()
    }
}
