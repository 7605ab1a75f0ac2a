//! Many callers at once, over sockets: nobody is refused, forgotten or answered too early.

use std::collections::BTreeMap;
use std::net::TcpStream;
use std::process::{Command, Stdio};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::program::{OWNER, Reply, Standalone, begin};
use super::{HELD, WAIT};
use crate::orchspec::Orchspec;

/// So many calls that wait for their jobs; returns once all of them do.
fn park(mock: &Standalone, count: usize) -> Vec<TcpStream> {
    let waiting = (0..count).map(|_| begin(&mock.origin(), HELD, OWNER, WAIT)).collect();
    let parked = mock.steer("POST /wait", &format!(r#"{{"parked":{count},"within":"60s"}}"#));
    assert_eq!(mock.steer("GET /count", "")["parked"], count, "{parked}");
    waiting
}

/// How many calls there were of each answer.
fn answers(waiting: Vec<TcpStream>) -> BTreeMap<u16, usize> {
    let mut answers = BTreeMap::new();
    for call in waiting {
        *answers.entry(Reply::read(call).status).or_default() += 1;
    }
    answers
}

#[test]
fn two_thousand_callers_are_answered_once_their_jobs_end() {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).unwrap();
    let mock = Standalone::start("many_callers", &[]);
    let waiting = park(&mock, 2_000);
    mock.steer("POST /hooks", r#"{"op":"fail","job":"held"}"#);
    assert_eq!(answers(waiting), BTreeMap::from([(200, 2_000)]));
    assert_eq!(mock.steer("GET /count", "")["parked"], 0);
}

#[test]
fn more_callers_wait_than_a_shell_gives_descriptors() {
    let folder = Orchspec::new("many_descriptors");
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -S -n 150; exec \"$0\" mock", env!("CARGO_BIN_EXE_orchspec")]);
    let process = shell.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
    let mock = Standalone::that_runs(folder, process);
    let waiting = park(&mock, 200);
    mock.steer("POST /hooks", r#"{"op":"fail","job":"held"}"#);
    assert_eq!(answers(waiting), BTreeMap::from([(200, 200)]));
}
