//! Callers that mean harm, or do it by mistake: each is answered or dropped, and nobody else notices.

use std::io::Write as _;

use rstest::rstest;

use super::program::{OWNER, Reply, Standalone, connect};

const TRIGGER: &str = "POST /acme/prod/orchestrator_/t/short";

#[rstest]
#[case::no_http("\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n", 400)]
#[case::no_version("GET /\r\n\r\n", 400)]
#[case::a_header_without_a_colon("GET / HTTP/1.1\r\nHost a\r\n\r\n", 400)]
#[case::two_lengths("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400)]
#[case::a_length_that_is_none("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400)]
#[case::a_chunk_that_is_none("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400)]
fn what_is_no_request_is_refused(#[case] bytes: &str, #[case] status: u16) {
    let mock = Standalone::start("harm_malformed", &[]);
    let mut stream = connect(&mock.origin());
    stream.write_all(bytes.as_bytes()).unwrap();
    assert_eq!(Reply::read(stream).status, status);
    assert_eq!(mock.protocol(TRIGGER, OWNER, "{}").status, 202);
}

#[test]
fn a_request_that_is_too_large_is_refused() {
    let mock = Standalone::start("harm_large", &[]);
    let mut stream = connect(&mock.origin());
    let long = "a".repeat(200 << 10);
    // The other side may have hung up before all of it was sent.
    let _ = stream.write_all(format!("GET /{long} HTTP/1.1\r\n").as_bytes());
    assert!([0, 414, 431].contains(&Reply::read(stream).status));
    let many: String = (0..200).map(|number| format!("X-{number}: a\r\n")).collect();
    assert_eq!(mock.protocol("GET /", &many, "").status, 431);
    let mut stream = connect(&mock.origin());
    let length = 17 << 20;
    let head = format!("{TRIGGER} HTTP/1.1\r\nHost: a\r\n{OWNER}Content-Length: {length}\r\n\r\n");
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&vec![b' '; length]);
    assert!([0, 413].contains(&Reply::read(stream).status));
    assert_eq!(mock.protocol(TRIGGER, OWNER, "{}").status, 202);
}

#[test]
fn callers_who_never_finish_keep_nobody_else_waiting() {
    let mock = Standalone::start("harm_slow", &[]);
    let begin = |bytes: &str| {
        let mut stream = connect(&mock.origin());
        stream.write_all(bytes.as_bytes()).unwrap();
        stream
    };
    let heads: Vec<_> = (0..100).map(|_| begin("POST /acme/prod/orchestrator_/t/short HT")).collect();
    let bodies: Vec<_> = (0..100)
        .map(|_| begin(&format!("{TRIGGER} HTTP/1.1\r\nHost: a\r\n{OWNER}Content-Length: 9\r\n\r\n{{")))
        .collect();
    assert_eq!(mock.protocol(TRIGGER, OWNER, "{}").status, 202);
    assert_eq!(mock.steer("GET /count", "")["jobs"], 1);
    drop((heads, bodies));
    assert_eq!(mock.protocol(TRIGGER, OWNER, "{}").status, 202);
}

#[rstest]
#[case("../secret.txt")]
#[case("..%2fsecret.txt")]
#[case("/etc/passwd")]
#[case("12.txt/../../secret.txt")]
fn a_file_name_that_is_a_path_leads_nowhere(#[case] name: &str) {
    let mock = Standalone::start("harm_path", &["--clock", "auto"]);
    let system = r#""auth_tkn":"5d5ec66f-357d-4c2d-bbc1-2012278d2361""#;
    let create = format!(r#"{{{system},"task":{{"process":"c39f99de-cb8f-4661-a206-000000000006"}}}}"#);
    let id = serde_json::from_str::<serde_json::Value>(
        &mock.protocol("POST /v1/orchestra/task/create", "", &create).body,
    )
    .unwrap()["task"]["id"]
        .clone();
    mock.steer("POST /jobs/1/complete", "");
    let download = |name: &str| {
        let body = format!(r#"{{{system},"taskid":{id},"filename":"{name}"}}"#);
        mock.protocol("POST /v1/repository/task/download", "", &body).body
    };
    assert_eq!(download("12.txt"), "twelve\r\nlines\n");
    let refused: serde_json::Value = serde_json::from_str(&download(name)).unwrap();
    assert_eq!(refused["status"], 404);
}

/// Whoever listens and does not read has his events made only once he takes them: nobody waits for him.
#[test]
fn a_listener_who_does_not_read_keeps_nobody_waiting() {
    let mock = Standalone::start("harm_listener", &["--journal-size", "100"]);
    let listener = super::program::begin(&mock.control(), "GET /events?since=0", "", "");
    let body = format!(r#"{{"text":"{}"}}"#, "a".repeat(8 << 10));
    for _ in 0..500 {
        assert_eq!(mock.protocol(TRIGGER, OWNER, &body).status, 202);
    }
    assert_eq!(mock.steer("GET /count", "")["exchanges"], 500);
    drop(listener);
    assert_eq!(mock.steer("GET /ready", "")["ready"], true);
}
