//! The limit of what is possible with hyper: its client alone, in as few lines as do the same requests.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// How long a flow waits between two polls.
pub(crate) const POLL: Duration = Duration::from_millis(10);

/// Asks for the document again and again over one connection.
pub(crate) fn sequential(origin: &str, count: u32) {
    run(async {
        let mut sender = connect(origin).await;
        for _ in 0..count {
            let (head, body) = ask(&mut sender, Method::GET, "/document").await;
            assert!(head.status() == 200 && !body.is_empty());
        }
    });
}

/// Lets this many jobs be done at the same time, each over a connection of its own.
pub(crate) fn flows(origin: &str, count: u32) {
    run(async {
        let flows: Vec<_> = (0..count).map(|_| tokio::spawn(flow(origin.to_owned()))).collect();
        for flow in flows {
            flow.await.unwrap();
        }
    });
}

async fn flow(origin: String) {
    let mut sender = connect(&origin).await;
    let (accepted, _) = ask(&mut sender, Method::POST, "/t/flow").await;
    let status = location(&accepted);
    let output = loop {
        let (answer, _) = ask(&mut sender, Method::GET, &status).await;
        if answer.status() == 303 {
            break location(&answer);
        }
        tokio::time::sleep(POLL).await;
    };
    let (answer, body) = ask(&mut sender, Method::GET, &output).await;
    assert!(answer.status() == 200 && !body.is_empty());
}

fn run(future: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future);
}

async fn connect(origin: &str) -> SendRequest<Empty<Bytes>> {
    let stream = TcpStream::connect(origin.trim_start_matches("http://")).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let (sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    sender
}

async fn ask(sender: &mut SendRequest<Empty<Bytes>>, method: Method, path: &str) -> (Response<()>, Bytes) {
    let request = Request::builder().method(method).uri(path).header("host", "localhost");
    let (head, body) = sender.send_request(request.body(Empty::new()).unwrap()).await.unwrap().into_parts();
    (Response::from_parts(head, ()), body.collect().await.unwrap().to_bytes())
}

fn location(answer: &Response<()>) -> String {
    answer.headers()["location"].to_str().unwrap().to_owned()
}
