//! Answers that are legal and hard to read, over real sockets: what is read is judged, and what is not is nobody's fault.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use rstest::{Context, rstest};

use crate::orchspec::{Ended, Orchspec};

/// The letters of a body stand for its bytes.
#[rstest]
#[case::latin("text/plain; charset=iso-8859-1", "Gr\u{fc}\u{df}e", "text: Grüße", 0, "")]
#[case::cyrillic("text/plain; charset=windows-1251", "\u{c4}\u{e0}", "text: Да", 0, "")]
#[case::wide("text/plain; charset=utf-16", "\u{ff}\u{fe}o\0k\0", "text: ok", 0, "")]
#[case::xml("text/xml", "<?xml version='1.0' encoding='latin1'?>\u{fc}", "text: { matches: 'ü$' }", 0, "")]
#[case::json("application/json; charset=latin1", "\"\u{c3}\u{bc}\"", "equals: ü", 0, "")]
#[case::escapes(
    "text/plain",
    "\u{fc}",
    "text: '\\xfc'",
    1,
    "where U+FFFD stands for bytes that are no UTF-8, first fc"
)]
#[case::not_as_named(
    "text/plain; charset=us-ascii",
    "\u{fc}",
    "text: ü",
    1,
    "where U+FFFD stands for bytes that are no UTF-8, first fc"
)]
#[case::foreign(
    "text/plain; charset=ibm037",
    "\u{fc}",
    "text: ü",
    3,
    "the body is in the charset \"ibm037\", which orchspec does not read"
)]
#[case::deep(
    "application/json",
    "DEEP",
    "is: list",
    3,
    "the body is JSON that is nested deeper than 127 levels"
)]
#[case::deep_as_text("application/json", "DEEP", "text: { matches: '^\\[{128}\\]{128}$' }", 0, "")]
fn a_body_is_judged_as_far_as_it_is_read(
    #[context] context: Context,
    #[case] content_type: &str,
    #[case] body: &str,
    #[case] expected: &str,
    #[case] code: i32,
    #[case] says: &str,
) {
    let deep = format!("{}{}", "[".repeat(128), "]".repeat(128));
    let answer = answer(&format!("Content-Type: {content_type}\r\n"), &body.replace("DEEP", &deep));
    let ended = judge(context.description.unwrap(), answer, expected);
    assert_eq!(ended.code, code, "{ended}");
    assert!(ended.stdout.contains(says), "{ended}");
}

#[rstest]
#[case::many_lines(250, 0, "")]
#[case::too_many_lines(
    300,
    3,
    "the answer has more than 256 header or trailer lines, which is as many as orchspec reads"
)]
fn a_head_is_judged_as_far_as_it_is_read(
    #[context] context: Context,
    #[case] number: usize,
    #[case] code: i32,
    #[case] says: &str,
) {
    let lines: String = (0..number).map(|number| format!("X-{number}: {number}\r\n")).collect();
    let ended = judge(context.description.unwrap(), answer(&lines, "ok"), "text: ok");
    assert_eq!(ended.code, code, "{ended}");
    assert!(ended.stdout.contains(says), "{ended}");
}

fn answer(lines: &str, body: &str) -> Vec<u8> {
    let body: Vec<u8> = body.chars().map(|letter| u8::try_from(letter).unwrap()).collect();
    let head =
        format!("HTTP/1.1 200 OK\r\n{lines}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    [head.into_bytes(), body].concat()
}

const SCENARIO: &str = "\
title: An answer is read
profile: http
steps:
  - { name: reads, request: { get: /it }, expect: [ { body: { EXPECTED } } ] }
  - { name: finds nothing, control: true, request: { get: /nothing }, expect: [ { status: 404 } ] }
";

/// What the program makes of the answer.
fn judge(name: &str, answer: Vec<u8>, expected: &str) -> Ended {
    let base = listen(answer);
    let program = Orchspec::new(&format!("unread-{name}"))
        .file("target.yaml", format!("target: 1\nhttp: {{ base: \"{base}\" }}\n"))
        .file("suite/scenarios/read.yaml", SCENARIO.replace("EXPECTED", expected));
    program.call(&["run", "--suite", "suite", "--target", "target.yaml"])
}

/// Gives this answer to `/it` and to everything else that there is nothing, until the process ends.
fn listen(answer: Vec<u8>) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for socket in listener.incoming().flatten() {
            say(socket, &answer);
        }
    });
    base
}

/// A request is a head in one piece, since none of these has a body.
fn say(mut socket: TcpStream, answer: &[u8]) {
    let mut request = [0; 4096];
    let length = socket.read(&mut request).unwrap_or_default();
    let is_it = request[..length].starts_with(b"GET /it ");
    let nothing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let _ = socket.write_all(if is_it { answer } else { nothing });
}
