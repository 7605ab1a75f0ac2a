//! What goes on the wire.

use rstest::rstest;

use super::script::*;
use crate::http::message::{Failure, Request};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

fn written(request: Request) -> String {
    let server = Server::new([vec![Act::Read, say(OK)]]);
    response(run(server.client().send(request, run(async { how() }))));
    server.heard().concat()
}

#[rstest]
#[case("GET", "GET /a HTTP/1.1\r\nhost: server:81\r\n\r\n")]
#[case("HEAD", "HEAD /a HTTP/1.1\r\nhost: server:81\r\n\r\n")]
#[case("DELETE", "DELETE /a HTTP/1.1\r\nhost: server:81\r\n\r\n")]
#[case("POST", "POST /a HTTP/1.1\r\nhost: server:81\r\ncontent-length: 0\r\n\r\n")]
#[case("PUT", "PUT /a HTTP/1.1\r\nhost: server:81\r\ncontent-length: 0\r\n\r\n")]
#[case("BREW", "BREW /a HTTP/1.1\r\nhost: server:81\r\n\r\n")]
fn nothing_is_added_but_what_http_demands(#[case] method: &str, #[case] expected: &str) {
    assert_eq!(written(request(method, "http://server:81/a")), expected);
}

#[test]
fn a_body_goes_with_its_length() {
    let text = written(post("{\"a\":1}"));
    assert!(text.ends_with("content-length: 7\r\n\r\n{\"a\":1}"), "{text}");
}

#[test]
fn headers_go_out_in_order_and_repeated() {
    let mut request = get();
    request.headers.push("X-B", "1");
    request.headers.push("X-A", "2");
    request.headers.push("x-a", "3");
    let text = written(request);
    assert_eq!(text, "GET /path?query=1 HTTP/1.1\r\nx-b: 1\r\nx-a: 2\r\nx-a: 3\r\nhost: server:81\r\n\r\n");
}

#[test]
fn a_host_of_the_scenarios_own_stands() {
    let mut request = get();
    request.headers.push("Host", "elsewhere");
    assert_eq!(written(request), "GET /path?query=1 HTTP/1.1\r\nhost: elsewhere\r\n\r\n");
}

#[test]
fn the_fragment_stays_at_home() {
    let text = written(request("GET", "http://server:81/a#b"));
    assert!(text.starts_with("GET /a HTTP/1.1\r\n"), "{text}");
}

#[rstest]
#[case("GE T", "X", "v", "\"GE T\" is not a method")]
#[case("GET", "X Y", "v", "\"X Y\" is not a header name")]
#[case("GET", "X", "a\r\nb", "the value of header \"X\" holds a line break or control character")]
fn what_cannot_be_written_is_not_sent(
    #[case] method: &str,
    #[case] name: &str,
    #[case] value: &str,
    #[case] reason: &str,
) {
    let mut request = request(method, "http://server:81/");
    request.headers.push(name, value);
    let server = Server::default();
    let failure = failure(run(async { server.client().send(request, how()).await }));
    assert!(failure.is_environment());
    assert_eq!(failure, Failure::Unsendable { reason: reason.to_owned() });
}
