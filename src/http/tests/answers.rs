//! What is made of answers that can be read.

use rstest::rstest;

use super::script::*;
use crate::http::message::Oddity;

#[test]
fn an_answer_is_kept_as_it_came() {
    let came = "HTTP/1.1 200 Fine\r\nX-Two: 2\r\nx-ONE: 1\r\nx-two: 3\r\nContent-Length: 4\r\n\r\nbody";
    let response = response(after_get([say(came)]));
    let lines: Vec<_> = response.headers.iter().map(|(name, _)| name).collect();
    assert_eq!(lines, ["X-Two", "x-ONE", "x-two", "Content-Length"]);
    assert_eq!((response.status, &response.body[..]), (200, &b"body"[..]));
    assert_eq!(response.oddities, []);
}

#[rstest]
#[case::chunked("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: 1\r\n\r\n")]
#[case::counted("Content-Length: 5\r\n\r\nabcde")]
#[case::until_the_end("\r\nabcde")]
fn every_framing_is_understood(#[case] rest: &str) {
    let answer = response(after_get([say(format!("HTTP/1.1 200 OK\r\n{rest}"))]));
    assert_eq!((&answer.body[..], &answer.oddities[..]), (&b"abcde"[..], &[][..]));
}

#[test]
fn a_body_in_many_pieces_is_joined() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n";
    let pause = || Act::Pause(std::time::Duration::from_millis(1));
    let exchange = after_get([say(head), pause(), say("ab"), pause(), say("cd"), pause(), say("ef")]);
    assert_eq!(&response(exchange).body[..], b"abcdef");
}

#[rstest]
#[case(1)]
#[case(101)]
#[case(255)]
fn many_header_lines_are_read(#[case] number: usize) {
    let lines: String = (0..number).map(|number| format!("X-{number}: {number}\r\n")).collect();
    let answer = response(after_get([say(format!("HTTP/1.1 200 OK\r\n{lines}Content-Length: 0\r\n\r\n"))]));
    assert_eq!(answer.headers.iter().count(), number + 1);
}

#[rstest]
#[case("HEAD", "200 OK\r\nContent-Length: 99")]
#[case("GET", "204 No Content")]
#[case("GET", "304 Not Modified\r\nContent-Length: 99")]
fn some_answers_have_no_body(#[case] method: &str, #[case] head: &str) {
    let script = vec![Act::Read, say(format!("HTTP/1.1 {head}\r\n\r\n")), Act::Hold];
    let server = Server::new([script]);
    let request = request(method, "http://server:81/");
    let response = response(run(async { server.client().send(request, how()).await }));
    assert_eq!((response.body.len(), response.oddities.len()), (0, 0));
}

#[test]
fn informational_answers_are_skipped() {
    let wait = || Act::Pause(std::time::Duration::from_secs(2));
    let exchange = after_get([
        say("HTTP/1.1 100 Continue\r\n\r\n"),
        wait(),
        say("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
        wait(),
        say("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"),
    ]);
    assert_eq!(exchange.timing.held(), std::time::Duration::from_secs(4));
    let response = response(exchange);
    assert_eq!((response.status, response.headers.all("link").count()), (201, 0));
}

#[rstest]
#[case::counted("200 OK\r\nContent-Length: 2\r\n\r\nokmore", Oddity::BytesAfterBody)]
#[case::closing("200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nokmore", Oddity::BytesAfterBody)]
#[case::no_content("204 No Content\r\n\r\nmore", Oddity::BytesAfterBody)]
#[case::not_modified("304 Not Modified\r\n\r\nmore", Oddity::BytesAfterBody)]
#[case::chunked("200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nmore", Oddity::BytesAfterBody)]
#[case::both(
    "200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    Oddity::LengthAndChunked
)]
#[case::twice("200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok", Oddity::RepeatedLength)]
fn odd_framing_is_noticed(#[case] answer: &str, #[case] expected: Oddity) {
    let answer = response(after_get([say(format!("HTTP/1.1 {answer}")), Act::Hold]));
    assert_eq!(answer.oddities, [expected]);
}

#[test]
fn redirects_are_not_followed() {
    let answer = "HTTP/1.1 303 See Other\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(response(after_get([say(answer)])).status, 303);
}
