//! The client over real sockets.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::script::*;
use crate::http::client::{Client, How, Limits, Network, TlsSettings};
use crate::http::message::Failure;

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

fn client() -> Client {
    Client::new(Network::Tcp(TlsSettings::default(), Arc::default()), limits())
}

async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

async fn read_some(stream: &mut TcpStream) {
    stream.read_u8().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_requests_at_once_over_kept_connections() {
    let (listener, address) = listen().await;
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let script = [Act::Read, say(OK)].into_iter().cycle().take(200).collect();
            tokio::spawn(follow(script, stream, Arc::new(Mutex::default())));
        }
    });
    let client = client();
    let tasks: Vec<_> = (0..8).map(|_| tokio::spawn(twenty(client.clone(), address))).collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), 20);
    }
}

/// Sends requests one after the other, and counts the good answers.
async fn twenty(client: Client, address: SocketAddr) -> usize {
    let mut good = 0;
    for _ in 0..20 {
        let request = request("GET", &format!("http://{address}/"));
        good += usize::from(response(client.send(request, how()).await).body == "ok");
    }
    good
}

/// The server closes each connection at some moment after its answer: also at the one between the look whether it is
/// still open and the writing of the next request.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_request_waits_on_a_connection_that_has_ended() {
    let (listener, address) = listen().await;
    tokio::spawn(async move {
        for number in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            let moment = Act::Pause(Duration::from_millis(number % 3));
            let script = vec![Act::Read, say(OK), moment];
            tokio::spawn(follow(script, stream, Arc::new(Mutex::default())));
        }
    });
    let client = client();
    let tasks: Vec<_> = (0..16).map(|_| tokio::spawn(closed_under(client.clone(), address))).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

/// Sends requests of both kinds; each is answered, or was lost with its connection.
async fn closed_under(client: Client, address: SocketAddr) {
    for number in 0..200 {
        let request = request("POST", &format!("http://{address}/"));
        let exchange = client.send(request, How { may_create: number % 4 == 0, ..how() }).await;
        assert!(exchange.lost || response(exchange).status == 200);
    }
}

#[tokio::test]
async fn a_port_without_listener_is_refused() {
    let (listener, address) = listen().await;
    drop(listener);
    let exchange = client().send(request("GET", &format!("http://{address}/")), how()).await;
    assert_eq!(failure(exchange), Failure::Refused);
}

#[tokio::test]
async fn a_name_without_address_is_another_failure() {
    let too_long_for_a_name = format!("http://{}.invalid/", "a".repeat(64));
    let exchange = client().send(request("GET", &too_long_for_a_name), how()).await;
    let failure = failure(exchange);
    assert!(matches!(failure, Failure::Dns { .. }), "{failure:?}");
}

#[tokio::test]
async fn connecting_and_shaking_hands_have_a_deadline() {
    let (_listener, address) = listen().await;
    let after = Duration::from_millis(100);
    let client = Client::new(
        Network::Tcp(TlsSettings::default(), Arc::default()),
        Limits { connect: after, ..limits() },
    );
    let exchange = client.send(request("GET", &format!("https://{address}/")), how()).await;
    assert_eq!(failure(exchange), Failure::ConnectDeadline { after });
}

#[tokio::test]
async fn a_reset_is_told_from_a_close() {
    for (answer, received, promised) in [
        ("", None, None),
        ("HTTP/1.1 20", None, None),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", Some(3), Some(9)),
    ] {
        let (listener, address) = listen().await;
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            read_some(&mut stream).await;
            stream.write_all(answer.as_bytes()).await.unwrap();
            tokio::time::sleep(Duration::from_millis(50)).await;
            socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO)).unwrap();
        });
        let exchange = client().send(request("GET", &format!("http://{address}/")), how()).await;
        server.await.unwrap();
        assert_eq!(failure(exchange), Failure::Cut { received, promised, reset: true });
    }
}

#[tokio::test]
async fn an_address_in_brackets_is_reached() {
    let Ok(listener) = TcpListener::bind("[::1]:0").await else { return };
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        follow(vec![Act::Read, say(OK)], stream, Arc::default()).await;
    });
    assert_eq!(response(client().send(request("GET", &url), how()).await).status, 200);
}

#[tokio::test]
async fn a_pooled_connection_the_server_left_is_replaced() {
    let (listener, address) = listen().await;
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            follow(vec![Act::Read, say(OK)], stream, Arc::default()).await;
        }
    });
    let client = client();
    for may_create in [false, false, true] {
        let how = How { may_create, ..how() };
        let exchange = client.send(request("GET", &format!("http://{address}/")), how).await;
        assert_eq!(response(exchange).status, 200);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
