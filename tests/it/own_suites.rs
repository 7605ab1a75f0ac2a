//! The suites of `examples/` against the servers that they are for, and what is wrong with suites of one's own.

use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rstest::rstest;

use crate::orchspec::{Ended, Orchspec};
use crate::packages;

const SECRET: &str = "a-secret-of-this-test";

/// A server that others wrote, started by the script of an example; it and what it started end with it.
struct Server {
    process: Child,
    url: String,
    events: u16,
}

impl Server {
    fn start(example: &str, folder: &Path, variables: &[(&str, &str)]) -> Self {
        let [port, events] = [free_port(), free_port()];
        std::fs::create_dir_all(folder).unwrap();
        let mut command = Command::new(suite(example).join("serve"));
        command.arg(port.to_string()).arg(folder).env("ARIA2_SECRET", SECRET);
        command.env("EVENTS_PORT", events.to_string());
        command.envs(variables.iter().copied()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut server = Self {
            process: command.process_group(0).spawn().unwrap(),
            url: format!("http://127.0.0.1:{port}"),
            events,
        };
        server.wait_until_it_listens(port);
        server
    }

    /// The program, which finds it by this variable.
    fn known_to(&self, program: Orchspec, variable: &str) -> Orchspec {
        program.variable(variable, self.url.as_str()).variable("EVENTS_PORT", self.events.to_string())
    }

    fn wait_until_it_listens(&mut self, port: u16) {
        for _ in 0..600 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return;
            }
            assert!(self.process.try_wait().unwrap().is_none(), "the server ended at once");
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the server does not listen");
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

impl Drop for Server {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
        let _ = self.process.wait();
    }
}

fn suite(example: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example)
}

fn judge(program: &Orchspec, example: &str, more: &[&str]) -> Ended {
    let suite = suite(example);
    let target = suite.join("target.yaml");
    let arguments = ["run", "--suite", suite.to_str().unwrap(), "--target", target.to_str().unwrap()];
    program.call(&[&arguments, more].concat())
}

#[rstest]
#[case("upload", &["docker-registry"], "REGISTRY")]
#[case("json-rpc", &["aria2"], "ARIA2")]
#[case("blocking-read", &["webdis", "redis-server"], "WEBDIS")]
fn a_real_server_is_judged(#[case] example: &str, #[case] packages: &[&str], #[case] variable: &str) {
    if !packages::are_installed(packages) {
        return;
    }
    let program = Orchspec::new(&format!("example-{example}"));
    let server = Server::start(example, &program.path("server"), &[]);
    let program = server.known_to(program, variable).variable("ARIA2_SECRET", SECRET);
    let ended = judge(&program, example, &["--report", "json=report.json"]);
    assert_eq!(ended.code, 0, "{ended}");
    let linted = program.call(&["lint", "--suite", suite(example).to_str().unwrap()]);
    assert_eq!((linted.code, linted.stderr.as_str()), (0, ""), "{linted}");
}

/// Shards, snapshots and a baseline do for a suite of one's own what they do for the built-in one.
#[test]
fn what_runs_have_in_common_works_for_own_suites() {
    if !packages::are_installed(&["docker-registry"]) {
        return;
    }
    let program = Orchspec::new("example-in-parts");
    let off = [("REGISTRY_STORAGE_DELETE_ENABLED", "false")];
    let server = Server::start("upload", &program.path("server"), &off);
    let program = server.known_to(program, "REGISTRY");
    let codes: Vec<i32> = [("1/2", "1.json"), ("2/2", "2.json")]
        .map(|(shard, file)| {
            judge(&program, "upload", &["--shard", shard, "--report", &format!("json={file}")]).code
        })
        .into();
    assert!(codes.contains(&1), "{codes:?}");
    let merge = ["report", "merge", "1.json", "2.json", "--output", "all.json"];
    let merged = program.call(&merge);
    assert_eq!(merged.code, 1, "{merged}");
    let reason = ["baseline", "write", "all.json", "--reason", "this server keeps everything"];
    let written = program.call(&reason);
    assert_eq!(written.code, 0, "{written}");
    let kept = ["--baseline", "baseline.yaml", "--snapshots-dir", "kept", "--snapshots", "record"];
    let recorded = judge(&program, "upload", &kept);
    assert_eq!(recorded.code, 0, "{recorded}");
    let verified = judge(&program, "upload", &kept[..4]);
    assert_eq!(verified.code, 0, "{verified}");
    assert!(recorded.stderr.contains("1 snapshot recorded"), "{recorded}");
}

/// A registry that keeps what it was told to delete is found out by the one requirement that says so.
#[test]
fn a_real_server_that_is_otherwise_is_found_out() {
    if !packages::are_installed(&["docker-registry"]) {
        return;
    }
    let program = Orchspec::new("example-without-delete");
    let off = [("REGISTRY_STORAGE_DELETE_ENABLED", "false")];
    let server = Server::start("upload", &program.path("server"), &off);
    let program = server.known_to(program, "REGISTRY");
    let ended = judge(&program, "upload", &[]);
    assert_eq!(ended.code, 1, "{ended}");
    assert!(ended.stdout.contains("OCI-DEL-01 (MUST)"), "{ended}");
    assert!(!ended.stdout.contains("OCI-PUSH-01 (MUST)"), "{ended}");
}
