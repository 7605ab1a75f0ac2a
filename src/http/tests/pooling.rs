//! Which connection a request goes over, and when it is sent again.

use std::time::Duration;

use rstest::rstest;

use super::script::*;
use crate::http::client::How;
use crate::http::message::Failure;

fn ok() -> Act {
    say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
}

fn creating() -> How {
    How { may_create: true, ..how() }
}

#[test]
fn a_connection_is_used_again() {
    let server = Server::new([vec![Act::Read, ok(), Act::Read, ok(), Act::Hold]]);
    run(async {
        let client = server.client();
        assert!(!client.send(get(), how()).await.reused);
        let second = client.clone().send(post("x"), creating()).await;
        assert_eq!((second.reused, second.resent), (true, false));
        assert_eq!(response(second).status, 200);
    });
}

#[test]
fn a_fresh_connection_can_be_demanded() {
    let server = Server::new([vec![Act::Read, ok(), Act::Hold], vec![Act::Read, ok()]]);
    run(async {
        let client = server.client();
        client.send(get(), how()).await;
        assert!(!client.send(get(), How { fresh: true, ..how() }).await.reused);
    });
}

#[test]
fn a_request_that_may_create_avoids_old_connections() {
    let old = vec![Act::Read, ok(), Act::Read, ok(), Act::Read, ok(), Act::Hold];
    let server = Server::new([old, vec![Act::Read, ok()]]);
    run(async {
        let client = server.client();
        client.send(get(), how()).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert!(client.send(post("x"), creating()).await.reused);
        tokio::time::sleep(Duration::from_millis(1001)).await;
        assert!(!client.send(post("x"), creating()).await.reused);
        assert!(client.send(get(), how()).await.reused);
    });
}

#[test]
fn a_connection_known_to_be_closed_is_not_used() {
    let server = Server::new([vec![Act::Read, ok()], vec![Act::Read, ok()]]);
    run(async {
        let client = server.client();
        client.send(get(), how()).await;
        tokio::task::yield_now().await;
        let second = client.send(post("x"), creating()).await;
        assert_eq!((second.reused, second.resent), (false, false));
        assert_eq!(response(second).status, 200);
    });
}

#[test]
fn a_pooled_connection_that_closes_under_the_request_is_replaced_once() {
    let closing = vec![Act::Read, ok(), Act::Read];
    let server = Server::new([closing, vec![Act::Read, ok()]]);
    run(async {
        let client = server.client();
        client.send(get(), how()).await;
        let second = client.send(get(), how()).await;
        assert_eq!((second.reused, second.resent), (false, true));
        assert_eq!(response(second).status, 200);
    });
    assert_eq!(server.heard().len(), 3);
}

#[test]
fn what_may_create_is_never_sent_twice() {
    let server = Server::new([vec![Act::Read, ok(), Act::Read], vec![Act::Read, ok()]]);
    run(async {
        let client = server.client();
        client.send(get(), how()).await;
        let second = client.send(post("x"), creating()).await;
        assert_eq!((second.reused, second.resent, second.lost), (true, false, true));
        assert_eq!(failure(second), Failure::Closed);
    });
    assert_eq!((server.heard().len(), server.left()), (2, 1));
}

#[test]
fn a_server_that_lost_a_request_gets_what_may_create_over_new_connections() {
    let kept = || vec![Act::Read, ok(), Act::Read, ok(), Act::Hold];
    let server = Server::new([vec![Act::Read, ok(), Act::Read], kept(), kept()]);
    run(async {
        let client = server.client();
        client.send(get(), how()).await;
        assert!(client.send(post("x"), creating()).await.lost);
        let next = client.send(post("x"), creating()).await;
        assert_eq!((next.reused, next.lost), (false, false));
        assert!(client.send(get(), how()).await.reused);
        assert!(!client.send(post("x"), creating()).await.reused);
    });
}

#[rstest]
#[case("HTTP/1.1 2", Failure::Cut { received: None, promised: None, reset: false })]
#[case("HTTP/1.1 102 Processing\r\n\r\n", Failure::Closed)]
fn nothing_is_sent_again_once_an_answer_has_begun(#[case] beginning: &str, #[case] expected: Failure) {
    let server = Server::new([vec![Act::Read, ok(), Act::Read, say(beginning)], vec![Act::Read, ok()]]);
    run(async {
        let client = server.client();
        client.send(get(), how()).await;
        let second = client.send(get(), how()).await;
        assert!(!second.resent);
        assert_eq!(failure(second), expected);
    });
}

#[test]
fn a_close_on_a_fresh_connection_is_an_answer() {
    let server = Server::new([vec![Act::Read], vec![Act::Read, ok()]]);
    let exchange = run(async { server.client().send(get(), how()).await });
    assert!(!exchange.resent);
    assert_eq!(failure(exchange), Failure::Closed);
}

#[test]
fn a_connection_with_bytes_left_over_is_not_used_again() {
    let surplus = say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
    let server = Server::new([vec![Act::Read, surplus, Act::Hold], vec![Act::Read, ok()]]);
    run(async {
        let client = server.client();
        client.send(get(), how()).await;
        assert!(!client.send(get(), how()).await.reused);
    });
}

#[test]
fn an_answer_can_close_its_connection() {
    let closing = say("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    let server = Server::new([vec![Act::Read, closing, Act::Hold], vec![Act::Read, ok()]]);
    run(async {
        let client = server.client();
        client.send(get(), how()).await;
        assert!(!client.send(get(), how()).await.reused);
    });
}

#[test]
fn dropping_the_client_closes_its_connections() {
    run(async {
        let (ours, theirs) = tokio::io::duplex(1024);
        let script = vec![Act::Read, ok(), Act::Hold];
        let server = tokio::spawn(follow(script, theirs, std::sync::Arc::default()));
        let client = Single::client(ours);
        response(client.send(get(), how()).await);
        drop(client);
        server.await.unwrap();
    });
}

/// A network of one connection.
struct Single(std::sync::Mutex<Option<tokio::io::DuplexStream>>);

impl Single {
    fn client(stream: tokio::io::DuplexStream) -> crate::http::client::Client {
        let network = Self(std::sync::Mutex::new(Some(stream)));
        let network = crate::http::client::Network::Memory(std::sync::Arc::new(network));
        crate::http::client::Client::new(network, limits())
    }
}

impl crate::http::memory::Network for Single {
    fn connect(&self, _: &str) -> Result<tokio::io::DuplexStream, Failure> {
        self.0.lock().unwrap().take().ok_or(Failure::Refused)
    }
}
