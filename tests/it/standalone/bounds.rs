//! The bounds of a mock, set on the command line and in a file: beyond them callers are told so.

use serde_json::json;

use super::program::{OWNER, Standalone, begin, call};
use super::{HELD, WAIT};
use crate::orchspec::Orchspec;

const SHORT: &str = "POST /acme/prod/orchestrator_/t/short";

#[test]
fn only_so_many_calls_wait() {
    let mock = Standalone::start("bounds_parked", &["--limit", "parked=2"]);
    let waiting = [(); 2].map(|()| begin(&mock.origin(), HELD, OWNER, WAIT));
    mock.steer("POST /wait", r#"{"parked":2}"#);
    let refused = mock.protocol(HELD, OWNER, WAIT);
    assert_eq!((refused.status, refused.head.contains("retry-after: 1")), (503, true), "{refused:?}");
    mock.steer("POST /jobs/1/complete", "");
    mock.steer("POST /wait", r#"{"exchanges":3}"#);
    assert_eq!(mock.protocol(SHORT, OWNER, "{}").status, 202);
    drop(waiting);
}

#[test]
fn jobs_that_ended_make_room_and_others_do_not() {
    let mock = Standalone::start("bounds_kept", &["--limit", "kept=100KiB", "--clock", "virtual"]);
    let large = format!(r#"{{"a":"{}"}}"#, "a".repeat(20 << 10));
    for number in 1..=20 {
        assert_eq!(mock.protocol(SHORT, OWNER, &large).status, 202);
        mock.steer(&format!("POST /jobs/{number}/complete"), "");
    }
    let jobs = mock.steer("GET /count", "")["jobs"].as_u64();
    assert!(jobs < Some(10), "{jobs:?}");
    let held = "POST /acme/prod/orchestrator_/t/held";
    let refused = (0..20).map(|_| mock.protocol(held, OWNER, &large).status).find(|status| *status != 202);
    assert_eq!(refused, Some(503));
}

#[test]
fn a_file_sets_limits_and_the_command_line_more() {
    let file = "mock: 1\nlimits: { sessions: 3, body: 1KiB, patience: 5s }\n";
    let folder = Orchspec::new("bounds_file").file("mock.yaml", file);
    let mock = Standalone::start_in(folder, &["--config", "mock.yaml", "--limit", "sessions=2"]);
    let create = |name| call(&mock.control(), "POST /sessions", "", &json!({ "name": name }).to_string());
    assert_eq!(create("one").status, 201);
    let refused = create("two");
    let message = r#"{"error":"there are 2 sessions already; delete one first"}"#;
    assert_eq!((refused.status, refused.body.as_str()), (429, message));
    let large = format!(r#"{{"a":"{}"}}"#, "a".repeat(1 << 10));
    assert_eq!(mock.protocol(SHORT, OWNER, &large).status, 413);
    assert_eq!(mock.protocol(SHORT, OWNER, "{}").status, 202);
}

#[test]
fn a_full_journal_forgets_the_oldest_and_says_so() {
    let mock = Standalone::start("bounds_journal", &["--limit", "journal=9"]);
    for _ in 0..10 {
        assert_eq!(mock.protocol(SHORT, OWNER, "{}").status, 202);
    }
    let page = mock.steer("GET /journal?since=0", "");
    assert_eq!((page["entries"].as_array().map(Vec::len), &page["truncated"]), (Some(9), &json!(true)));
    assert!(mock.steer("GET /count", "")["dropped"].as_u64() >= Some(20));
}

/// Whoever listens and does not read has his events made only once he takes them: nobody waits for him.
#[test]
fn a_listener_who_does_not_read_keeps_nobody_waiting() {
    let mock = Standalone::start("bounds_listener", &["--journal-size", "100"]);
    let listener = begin(&mock.control(), "GET /events?since=0", "", "");
    let body = format!(r#"{{"text":"{}"}}"#, "a".repeat(8 << 10));
    for _ in 0..500 {
        assert_eq!(mock.protocol(SHORT, OWNER, &body).status, 202);
    }
    assert_eq!(mock.steer("GET /count", "")["exchanges"], 500);
    drop(listener);
    assert_eq!(mock.steer("GET /ready", "")["ready"], true);
}
