//! What is made of answers that are none.

use rstest::rstest;

use super::script::*;
use crate::http::message::{Failure, Request, Url};

const COUNTED: &str = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
const LAST_CHUNK: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ";

const LONG: Failure = Failure::HeadTooLong { limit: 16 * 1024 };
const MANY: Failure = Failure::TooManyLines { limit: 256 };

fn cut(received: Option<u64>, promised: Option<u64>) -> Failure {
    Failure::Cut { received, promised, reset: false }
}

#[test]
fn nobody_there_is_refused() {
    let exchange = run(async { Server::default().client().send(get(), how()).await });
    assert_eq!(exchange.timing.total(), std::time::Duration::ZERO);
    assert_eq!(failure(exchange), Failure::Refused);
}

#[rstest]
#[case::nothing(String::new(), Failure::Closed)]
#[case::only_informational("HTTP/1.1 100 Continue\r\n\r\n".to_owned(), Failure::Closed)]
#[case::half_a_head("HTTP/1.1 200 OK\r\nContent-Le".to_owned(), cut(None, None))]
#[case::no_body(COUNTED.to_owned(), cut(Some(0), Some(10)))]
#[case::half_a_body(format!("{COUNTED}1234"), cut(Some(4), Some(10)))]
#[case::half_a_chunk(format!("{CHUNKED}8\r\nabc"), cut(Some(3), None))]
#[case::no_last_chunk(format!("{CHUNKED}3\r\nabc\r\n"), cut(Some(3), None))]
fn a_close_too_early(#[case] answer: String, #[case] expected: Failure) {
    assert_eq!(failure(after_get([say(answer)])), expected);
}

#[rstest]
#[case("SSH-2.0-Server\r\n", "it does not begin with HTTP/1.1 or HTTP/1.0")]
#[case("HTTP/2.0 200 OK\r\n\r\n", "it does not begin with HTTP/1.1 or HTTP/1.0")]
#[case("HTTP/1.1 OK\r\n\r\n", "its first line has no status code of three digits")]
#[case("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "a line of its head is not a name, a colon and a value")]
#[case("HTTP/1.1 200 OK\r\nX : 1\r\n\r\n", "a line of its head is not a name, a colon and a value")]
#[case("HTTP/1.1 200 OK\r\nX: 1\r\n folded\r\n\r\n", "a line of its head is not a name, a colon and a value")]
#[case(
    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "its Content-Length is no number, or there are several"
)]
#[case(
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "the length of a chunk of its body cannot be read"
)]
fn what_is_not_http(#[case] answer: &str, #[case] reason: &str) {
    let first_bytes = answer.chars().take(64).collect();
    let expected = Failure::Malformed { reason: reason.to_owned(), first_bytes };
    assert_eq!(failure(after_get([say(answer), Act::Hold])), expected);
}

/// HTTP has no limit for either: whoever reads no further cannot tell whose fault it is.
#[rstest]
#[case::in_one_line(
    "HTTP/1.1 200 OK\r\nX: ",
    b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    LONG
)]
#[case::in_many_lines("HTTP/1.1 200 OK\r\n", b"X-Yet-Another: line\r\n", MANY)]
#[case::in_many_heads("", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", LONG)]
#[case::in_many_lines_of_another("HTTP/1.1 103 Early Hints\r\n", b"Link: </x>\r\n", MANY)]
#[case::in_one_line_of_the_trailer(LAST_CHUNK, b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", LONG)]
#[case::in_many_lines_of_the_trailer(LAST_CHUNK, b"X-Yet-Another: line\r\n", MANY)]
fn a_head_without_end(#[case] start: &str, #[case] more: &'static [u8], #[case] expected: Failure) {
    let failure = failure(after_get([say(start), Act::Repeat(more)]));
    assert!(failure.is_own());
    assert_eq!(failure, expected);
}

#[rstest]
#[case::announced("HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n", b"x")]
#[case::chunked(CHUNKED, b"5\r\n12345\r\n")]
#[case::until_the_end("HTTP/1.1 200 OK\r\n\r\n", b"12345")]
fn a_body_without_end(#[case] head: &str, #[case] more: &'static [u8]) {
    let expected = Failure::BodyTooLarge { limit: limits().body };
    assert_eq!(failure(after_get([say(head), Act::Repeat(more)])), expected);
}

#[test]
fn a_failed_connection_is_not_used_again() {
    let server = Server::new([vec![Act::Read, say("garbage"), Act::Hold], vec![Act::Read, say(COUNTED)]]);
    run(async {
        let client = server.client();
        client.send(get(), how()).await;
        assert!(!client.send(get(), how()).await.reused);
    });
}

#[test]
fn an_early_answer_is_read_although_the_request_was_not() {
    let early = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 8\r\n\r\ntoo much";
    let server = Server::new([vec![say(early)]]);
    let long = Request { body: Some(vec![b'x'; 1 << 20].into()), ..post("") };
    let response = response(run(async { server.client().send(long, how()).await }));
    assert_eq!((response.status, &response.body[..]), (413, &b"too much"[..]));
}

#[test]
fn an_https_url_in_memory_needs_no_tls() {
    let server = Server::new([vec![Act::Read, say("HTTP/1.1 204 \r\n\r\n")]]);
    let mut request = get();
    request.url = Url::parse("https://server:81/").unwrap();
    assert_eq!(response(run(async { server.client().send(request, how()).await })).status, 204);
}
