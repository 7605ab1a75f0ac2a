//! Which connection a request goes over, and when it is sent again.

use std::sync::Arc;
use std::time::Duration;

use rstest::rstest;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::Instant;

use super::script::*;
use crate::http::client::{Client, How, Network};
use crate::http::connection::Connection;
use crate::http::deadline::Deadlines;
use crate::http::message::{Failure, Response};
use crate::http::{exchange, memory, outgoing};

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
    let kept = || vec![Act::Read, ok(), Act::Read, ok(), Act::Hold];
    let server = Server::new([kept(), kept()]);
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
        let server = tokio::spawn(follow(script, theirs, Arc::default()));
        let client = Single::client(ours);
        response(client.send(get(), how()).await);
        drop(client);
        server.await.unwrap();
    });
}

#[test]
fn a_new_connection_takes_the_place_of_one_that_waits() {
    let (closed, mut closings) = tokio::sync::mpsc::unbounded_channel();
    run(async {
        let client = Client::new(Network::Memory(Arc::new(Counted(closed))), limits());
        for _ in 0..5 {
            response(client.send(post("x"), How { fresh: true, ..creating() }).await);
        }
        for number in 0..4 {
            assert_eq!(closings.recv().await, Some(()), "connection {number}");
        }
        assert!(closings.try_recv().is_err());
    });
}

/// A network that answers every request, and tells of each connection that the client closed.
struct Counted(tokio::sync::mpsc::UnboundedSender<()>);

impl memory::Network for Counted {
    fn connect(&self, _: &str) -> Result<tokio::io::DuplexStream, Failure> {
        let (ours, theirs) = tokio::io::duplex(1024);
        let closed = self.0.clone();
        tokio::spawn(async move {
            follow(vec![Act::Read, ok(), Act::Hold], theirs, Arc::default()).await;
            closed.send(()).unwrap();
        });
        Ok(ours)
    }
}

#[rstest]
#[case::without_a_word("")]
#[case::with_a_farewell("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")]
fn a_close_before_anything_is_written_is_known_as_such(#[case] farewell: &'static str) {
    run(async {
        let (ours, mut theirs) = tokio::io::duplex(1024);
        let mut connection = Connection::begin(Box::new(ours), 16 * 1024).await.unwrap();
        let serve = async {
            theirs.read_u8().await.unwrap();
            theirs.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
        };
        let (first, ()) = tokio::join!(perform(&mut connection), serve);
        assert_eq!(first.unwrap().status, 204);
        assert!(connection.is_idle());
        theirs.write_all(farewell.as_bytes()).await.unwrap();
        drop(theirs);
        assert_ne!(perform(&mut connection).await.unwrap_err(), silence());
        assert!(connection.has_ended_unasked());
    });
}

async fn perform(connection: &mut Connection) -> Result<Response, Failure> {
    let outgoing = outgoing::write(&get(), None).unwrap();
    exchange::perform(connection, outgoing, &Deadlines::new(Instant::now(), &how()), 1024).await
}

fn silence() -> Failure {
    Failure::Silence { after: how().first_byte, begun: false }
}

/// A network of one connection.
struct Single(std::sync::Mutex<Option<tokio::io::DuplexStream>>);

impl Single {
    fn client(stream: tokio::io::DuplexStream) -> Client {
        let network = Self(std::sync::Mutex::new(Some(stream)));
        Client::new(Network::Memory(Arc::new(network)), limits())
    }
}

impl memory::Network for Single {
    fn connect(&self, _: &str) -> Result<tokio::io::DuplexStream, Failure> {
        self.0.lock().unwrap().take().ok_or(Failure::Refused)
    }
}
