//! A server that follows a script, and a client that talks to it on a clock that stands still.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::Instant;

use crate::http::client::{Client, How, Limits, Network};
use crate::http::memory;
use crate::http::message::{Answer, Exchange, Failure, Headers, Request, Response, Url};

/// What the server does next on a connection; at the end it closes.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// Reads one request.
    Read,
    /// Writes bytes.
    Say(Vec<u8>),
    /// Writes the same bytes until nobody listens any more.
    Repeat(&'static [u8]),
    /// Does nothing for a while.
    Pause(Duration),
    /// Keeps the connection until the client closes it.
    Hold,
    /// Lets go of the connection without a word, even where a protocol wants a farewell.
    Drop,
}

pub(super) fn say(bytes: impl AsRef<[u8]>) -> Act {
    Act::Say(bytes.as_ref().to_vec())
}

/// Answers every connection with the next script; without one it refuses.
#[derive(Clone, Default)]
pub(super) struct Server {
    scripts: Arc<Mutex<VecDeque<Vec<Act>>>>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(super) fn new<const N: usize>(scripts: [Vec<Act>; N]) -> Self {
        Self { scripts: Arc::new(Mutex::new(scripts.into())), heard: Arc::default() }
    }

    /// The requests that came, over all connections.
    pub(super) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// How many connections are still to come.
    pub(super) fn left(&self) -> usize {
        self.scripts.lock().unwrap().len()
    }

    pub(super) fn client(&self) -> Client {
        Client::new(Network::Memory(Arc::new(self.clone())), limits())
    }
}

impl memory::Network for Server {
    fn connect(&self, authority: &str) -> Result<DuplexStream, Failure> {
        assert_eq!(authority, "server:81");
        let script = self.scripts.lock().unwrap().pop_front().ok_or(Failure::Refused)?;
        let (ours, theirs) = duplex(64 * 1024);
        tokio::spawn(follow(script, theirs, Arc::clone(&self.heard)));
        Ok(ours)
    }
}

/// Plays a script on any stream.
pub(super) async fn follow<S: AsyncRead + AsyncWrite + Unpin>(
    script: Vec<Act>,
    mut stream: S,
    heard: Arc<Mutex<Vec<String>>>,
) {
    for act in script {
        let done = match act {
            Act::Read => read(&mut stream).await.map(|text| heard.lock().unwrap().push(text)),
            Act::Say(bytes) => stream.write_all(&bytes).await.ok(),
            Act::Repeat(bytes) => {
                while stream.write_all(bytes).await.is_ok() {}
                None
            }
            Act::Pause(duration) => {
                tokio::time::sleep(duration).await;
                Some(())
            }
            Act::Hold => stream.read_u8().await.map(|_| ()).ok(),
            Act::Drop => None,
        };
        if done.is_none() {
            return;
        }
    }
    let _ = stream.shutdown().await;
}

/// Reads a head and as much of a body as it announces.
async fn read<S: AsyncRead + Unpin>(stream: &mut S) -> Option<String> {
    let mut text = String::new();
    while !text.ends_with("\r\n\r\n") {
        text.push(char::from(stream.read_u8().await.ok()?));
    }
    let length = text.split_once("content-length: ").and_then(|(_, rest)| rest.lines().next());
    for _ in 0..length.map_or(0, |length| length.parse().unwrap()) {
        text.push(char::from(stream.read_u8().await.ok()?));
    }
    Some(text)
}

/// Runs on a clock that stands still, without any I/O driver.
pub(super) fn run<F: Future>(future: F) -> F::Output {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().start_paused(true).build().unwrap().block_on(future)
}

pub(super) fn limits() -> Limits {
    Limits { connect: Duration::from_secs(5), body: 100_000, head: 16 * 1024 }
}

pub(super) fn how() -> How {
    How {
        epoch: Instant::now(),
        first_byte: Duration::from_secs(10),
        total: Duration::from_secs(30),
        may_create: false,
        cut_after: None,
        fresh: false,
    }
}

pub(super) fn request(method: &str, url: &str) -> Request {
    let url = Url::parse(url).unwrap();
    Request { method: method.to_owned(), url, headers: Headers::default(), body: None }
}

pub(super) fn get() -> Request {
    request("GET", "http://server:81/path?query=1")
}

pub(super) fn post(body: &'static str) -> Request {
    Request { body: Some(Bytes::from_static(body.as_bytes())), ..request("POST", "http://server:81/path") }
}

pub(super) fn response(exchange: Exchange) -> Response {
    match exchange.answer {
        Answer::Response(response) => response,
        Answer::None(failure) => panic!("{failure:?}"),
    }
}

pub(super) fn failure(exchange: Exchange) -> Failure {
    match exchange.answer {
        Answer::None(failure) => failure,
        Answer::Response(response) => panic!("{response:?}"),
    }
}

/// What comes of one `GET` to a server that reads it and then follows the script.
pub(super) fn after_get<const N: usize>(acts: [Act; N]) -> Exchange {
    let script = [Act::Read].into_iter().chain(acts).collect();
    run(async { Server::new([script]).client().send(get(), how()).await })
}
