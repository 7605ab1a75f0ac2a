//! The proxy itself: what the server and the client get to see.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::process::Stdio;
use std::time::Duration;

use super::upstream::{self, Asked, answer};
use super::{Recording, TARGET, curl};
use crate::orchspec::Orchspec;
use crate::stranger::Stranger;

fn program(name: &str, base: impl Into<String>) -> Orchspec {
    Orchspec::new(&format!("record-{name}")).variable("BASE", base).file("target.yaml", TARGET)
}

/// Says what it was asked, with a link to itself.
fn mirror(asked: &Asked, own: &str) -> String {
    let body = format!("{} to {} of {}\n{}\n{own}/next", asked.what, asked.header("host"), own, asked.body);
    let headers = ["Content-Type: text/plain", "Connection: X-Hop", "X-Hop: 1", "X-End: 2"];
    let location = format!("Location: {own}/next?a=b");
    answer("201 Created", &[&headers[..], &[&location]].concat(), &body)
}

#[test]
fn the_server_is_asked_as_itself_and_the_client_stays() {
    let own = upstream::start(mirror);
    let program = program("mirror", format!("{own}/base"));
    let recording = Recording::start(&program, &[]);
    let here = recording.url.trim_end_matches("/base").to_owned();
    let sent = format!("see {here}/base/x");
    let seen = curl(&[
        "--include",
        "--header",
        "Content-Type: text/plain",
        "--data",
        &sent,
        &format!("{}/y?z=1", recording.url),
    ]);
    let host = own.trim_start_matches("http://");
    for part in [
        "HTTP/1.1 201 Created",
        &format!("location: {here}/next?a=b"),
        "x-end: 2",
        &format!("POST /base/y?z=1 to {host} of {here}"),
        &format!("see {here}/base/x"),
        &format!("{here}/next"),
    ] {
        assert!(seen.contains(part), "no {part:?} in {seen}");
    }
    assert!(!seen.contains("x-hop"), "{seen}");
    recording.end("-INT");
}

#[test]
fn a_held_answer_and_a_502_pass_as_they_are() {
    let own = upstream::start(|asked, _| {
        std::thread::sleep(Duration::from_millis(700));
        let status = if asked.what.ends_with("/gateway") { "502 Bad Gateway" } else { "200 OK" };
        answer(status, &[], "done")
    });
    let recording = Recording::start(&program("held", own), &[]);
    let code = |path: &str| curl(&["--write-out", " %{http_code}", &format!("{}{path}", recording.url)]);
    assert_eq!((code("/gateway").as_str(), code("/held").as_str()), ("done 502", "done 200"));
    recording.end("-INT");
}

#[test]
fn a_target_behind_tls_is_reached_with_its_settings() {
    let stranger = Stranger::listen();
    let target = format!("{TARGET}tls: {{ ca: issuer.pem }}\n");
    let program =
        program("tls", &stranger.base).file("issuer.pem", &stranger.issuer).file("target.yaml", target);
    let recording = Recording::start(&program, &[]);
    assert_eq!(curl(&["--write-out", "%{http_code}", &format!("{}/t/quick", recording.url)]), "404");
    recording.end("-INT");
}

#[test]
fn a_client_that_hangs_up_is_told_of() {
    let own = upstream::start(|_, _| {
        std::thread::sleep(Duration::from_secs(5));
        answer("200 OK", &[], "late")
    });
    let program = program("hung-up", own);
    let recording = Recording::start(&program, &[]);
    curl(&["--max-time", "0.3", &format!("{}/t/quick", recording.url)]);
    let ended = recording.end("-TERM");
    assert!(ended.stderr.contains("left out: nobody waited for the answer to GET /t/quick"), "{ended}");
    assert_eq!(ended.code, 3, "{ended}");
}

#[test]
fn a_body_that_breaks_off_is_not_called_too_long() {
    let program = program("broken-body", upstream::start(mirror));
    let recording = Recording::start(&program, &[]);
    let place = recording.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(place).unwrap();
    stream.write_all(b"POST /t/quick HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf").unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut seen = String::new();
    stream.read_to_string(&mut seen).unwrap();
    let ended = recording.end("-TERM");
    assert!(ended.stderr.contains("left out: the client broke off the body of POST /t/quick"), "{ended}");
    assert!(!ended.stderr.contains("limits.body"), "{ended}");
    assert_eq!(ended.code, 3, "{ended}");
}

#[test]
fn every_protocol_has_a_door_of_its_own() {
    let own = upstream::start(mirror);
    let elma = format!("{TARGET}elma:\n  base: {{ env: BASE }}\n");
    let program = program("doors", own).file("target.yaml", elma);
    let mut recording = program.command(&["record", "--target", "target.yaml"]);
    let mut process = recording.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(process.stdout.take().unwrap()), &mut line)
        .unwrap();
    process.kill().unwrap();
    process.wait().unwrap();
    let urls: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_ne!(urls["elma"], urls["uipath"]);
    assert!(urls["elma"].as_str().unwrap().starts_with("http://127.0.0.1:"), "{line}");
}
