//! Whether anybody is there who speaks HTTP, before the first case: a connection and any answer; how it behaves is for
//! scenarios.

use std::sync::Arc;
use std::time::Duration;

use crate::clock::Instant;
use crate::http::client::{Client, How, Limits, Network, TlsSettings};
use crate::http::message::{Answer, Failure, Headers, Request, Url};
use crate::outcome::{failure, phrase};
use crate::target::Target;

/// A base without an HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreachable {
    /// The base URL.
    pub base: String,
    /// Why there is none.
    pub cause: Cause,
}

/// Why a base gives no HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// Nobody is there, for this reason.
    Nobody(String),
    /// Somebody is there who speaks something else.
    Foreign {
        /// What it is, as the end of a sentence that begins with the base.
        words: String,
        /// The base under which it would be spoken with, if there is one.
        instead: Option<String>,
    },
    /// Somebody is there, and gives no proper answer for this reason: how a server behaves is judged by scenarios.
    Silent(String),
}

impl Unreachable {
    /// What was found there: `http://127.0.0.1:8080 cannot be reached: …`.
    pub fn describe(&self) -> String {
        let base = &self.base;
        match &self.cause {
            Cause::Nobody(reason) => format!("{base} cannot be reached: {reason}"),
            Cause::Foreign { words, .. } => format!("{base} {words}"),
            Cause::Silent(reason) => format!(
                "{base} takes the connection, and gives no HTTP answer: {reason}; is that the port of something else?"
            ),
        }
    }
}

/// Each look takes this long at the most.
const PATIENCE: Duration = Duration::from_secs(5);

/// The pause between looks.
const PAUSE: Duration = Duration::from_millis(250);

/// Bytes that are no HTTP may be a disturbance that a server of HTTP meets now and then; so many times in a row they are
/// what is spoken there.
const SURE: u32 = 5;

/// Looks at the base of every protocol, again and again until `wait` has passed; without `wait`, once.
///
/// The error is a base at which nobody is, or somebody who surely speaks no HTTP. A server that takes the connection and
/// gives no proper answer is there: those are given back.
pub fn preflight(
    target: &Target,
    network: &Network,
    wait: Option<Duration>,
) -> Result<Vec<Unreachable>, Unreachable> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let mut silent = Vec::new();
    for protocol in &target.protocols {
        let looked = match &runtime {
            Ok(runtime) => runtime.block_on(look(network, &protocol.base, wait)),
            Err(error) => {
                Some(Cause::Nobody(format!("no runtime can be started: {}", phrase::reason(error))))
            }
        };
        let found = looked.map(|cause| Unreachable { base: protocol.base.as_str().to_owned(), cause });
        match found {
            Some(found) if !matches!(found.cause, Cause::Silent(_)) => return Err(found),
            found => silent.extend(found),
        }
    }
    Ok(silent)
}

/// Nothing where there is an answer; otherwise why there is none.
async fn look(network: &Network, base: &Url, wait: Option<Duration>) -> Option<Cause> {
    let until = Instant::now() + wait.unwrap_or_default();
    let mut foreign = 0;
    loop {
        let failure = match ask(network, base).await {
            Answer::Response(_) => return None,
            Answer::None(failure) => failure,
        };
        let bytes = foreign_bytes(&failure);
        foreign = if bytes.is_some() { foreign + 1 } else { 0 };
        if Instant::now() >= until && (foreign == 0 || foreign >= SURE) {
            return Some(match bytes {
                Some(bytes) => other_than_http(base, bytes),
                None => without_bytes(network, base, &failure).await,
            });
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn ask(network: &Network, base: &Url) -> Answer {
    let limits = Limits { connect: PATIENCE, body: 1 << 20, head: 64 << 10 };
    Client::new(network.clone(), limits).send(request(base), how()).await.answer
}

/// What came, if that is not even the beginning of an answer of HTTP.
fn foreign_bytes(failure: &Failure) -> Option<&str> {
    let Failure::Malformed { first_bytes, .. } = failure else { return None };
    let mut pairs = first_bytes.bytes().zip(*b"HTTP/");
    pairs.any(|(came, expected)| came.to_ascii_uppercase() != expected).then_some(first_bytes)
}

/// What begins like this.
fn other_than_http(base: &Url, bytes: &str) -> Cause {
    match bytes.as_bytes() {
        // A record of the type alert (RFC 8446 §5.1).
        [0x15, 3, 0..=4, ..] => tls(base, "it answers plain HTTP with a TLS alert"),
        // A frame SETTINGS of the stream 0 (RFC 9113 §3.4).
        [0, 0, _, 4, ..] => foreign("does not speak HTTP/1.1, but HTTP/2 alone".to_owned()),
        _ => foreign(format!("does not speak HTTP: what it says begins with {}", quoted(bytes))),
    }
}

/// Why nothing came that could be looked at. Many a server of TLS hangs up where it reads plain HTTP.
async fn without_bytes(network: &Network, base: &Url, failure: &Failure) -> Cause {
    let reason = failure::describe(failure);
    if failure.is_environment() {
        return Cause::Nobody(reason);
    }
    let hung_up = matches!(failure, Failure::Closed | Failure::Cut { received: None, .. });
    if hung_up && takes_tls(network, base).await {
        return tls(base, "it closes the connection on plain HTTP, and takes TLS");
    }
    Cause::Silent(reason)
}

/// Whether TLS comes about with whoever listens there, trusted or not: the request that goes over it shows no secret.
async fn takes_tls(network: &Network, base: &Url) -> bool {
    let Network::Tcp(_, proxies) = network else { return false };
    let anybody = TlsSettings { insecure: true, ..TlsSettings::default() };
    let Ok(secure) = Url::parse(&secured(base)) else { return false };
    match ask(&Network::Tcp(anybody, Arc::clone(proxies)), &secure).await {
        Answer::Response(_) => true,
        Answer::None(failure) => !failure.is_environment(),
    }
}

fn tls(base: &Url, why: &str) -> Cause {
    Cause::Foreign { words: format!("speaks TLS: {why}"), instead: Some(secured(base)) }
}

fn foreign(words: String) -> Cause {
    Cause::Foreign { words, instead: None }
}

/// The same host, port and path under `https:`.
fn secured(base: &Url) -> String {
    let origin = base.origin();
    format!("https://{}:{}{}", origin.host, origin.port, base.path())
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn request(base: &Url) -> Request {
    Request { method: "GET".to_owned(), url: base.clone(), headers: Headers::default(), body: None }
}

fn how() -> How {
    How {
        epoch: Instant::now(),
        first_byte: PATIENCE,
        total: PATIENCE,
        may_create: false,
        cut_after: None,
        fresh: true,
    }
}
