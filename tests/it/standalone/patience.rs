//! How long a request may take to come in: from the end of the answer before it, and not while a call is answered.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;

use super::program::{OWNER, Reply, Standalone, begin, connect};
use super::{HELD, WAIT};

const PATIENCE: [&str; 4] = ["--limit", "patience=1s", "--hold", "3s"];

/// Whoever has had an answer has no more time for his next request than for his first one.
#[test]
fn a_second_request_that_never_ends_is_dropped() {
    let mock = Standalone::start("patience_second", &[&PATIENCE[..], &["--control", "/__mock"]].concat());
    let protocol = format!(
        "POST /acme/prod/orchestrator_/t/short HTTP/1.1\r\nHost: 127.0.0.1\r\n{OWNER}Content-Length: 2\r\n\r\n{{}}"
    );
    let control = "GET /__mock/count HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".to_owned();
    for whole in [protocol, control] {
        let mut stream = connect(&mock.origin());
        for round in 0..2 {
            stream.write_all(whole.as_bytes()).unwrap();
            assert!(answer(&mut stream).starts_with("HTTP/1.1 20"), "round {round} of {whole}");
        }
        stream.write_all(&whole.as_bytes()[..20]).unwrap();
        assert!(has_hung_up(&mut stream), "{whole}");
    }
}

/// A call that waits is no request that takes its time.
#[test]
fn a_call_that_waits_for_longer_is_answered() {
    let mock = Standalone::start("patience_held", &PATIENCE);
    let stream = begin(&mock.origin(), HELD, OWNER, WAIT);
    assert_eq!(Reply::read(stream).status, 303);
}

/// An answer without end is no request that takes its time either.
#[test]
fn who_listens_to_events_below_the_prefix_hears_them_for_longer() {
    let mock = Standalone::start("patience_events", &[&PATIENCE[..], &["--control", "/__mock"]].concat());
    let mut stream = connect(&mock.origin());
    stream.write_all(b"GET /__mock/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").unwrap();
    assert_eq!(mock.protocol(HELD, OWNER, WAIT).status, 303);
    assert_eq!(mock.protocol("POST /acme/prod/orchestrator_/t/short", OWNER, "{}").status, 202);
    let mut heard = String::new();
    while heard.matches("\"decided\"").count() < 2 {
        let mut bytes = [0; 4096];
        let read = stream.read(&mut bytes).unwrap();
        assert_ne!(read, 0, "{heard}");
        heard += &String::from_utf8_lossy(&bytes[..read]);
    }
}

/// Whether the other side ends the connection, within the minute that a read may take.
fn has_hung_up(stream: &mut TcpStream) -> bool {
    match stream.read(&mut [0; 64]) {
        Ok(read) => read == 0,
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    }
}

/// One answer: its head, and as much of a body as it announces.
fn answer(stream: &mut TcpStream) -> String {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        let mut byte = [0];
        assert_eq!(stream.read(&mut byte).unwrap(), 1, "{head}");
        head.push(char::from(byte[0]));
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).unwrap();
    head
}
