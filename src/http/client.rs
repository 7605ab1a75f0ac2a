//! The HTTP/1.1 client: one request, one exchange; it follows nothing, repairs nothing and hides nothing.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::connection::Connection;
use super::connector::{self, Connector};
use super::deadline::Deadlines;
use super::exchange;
use super::memory;
use super::message::{Answer, Exchange, Failure, Request, Response, Timing};
use super::outgoing;
use super::pool::Pool;
use super::proxy::{Proxies, Proxy};
pub use super::tls::{TlsSettings, Unusable};
use super::tunnel;

/// How long a connection may have been idle and still carry a request that may create something.
const FRESH_ENOUGH: Duration = Duration::from_secs(1);

/// A client with its own connections; clones share them.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    connector: Connector,
    pool: Pool,
    limits: Limits,
}

/// What the client goes over.
#[derive(Clone)]
pub enum Network {
    /// Sockets, with TLS where the URL says `https`, and through proxies where some are named.
    Tcp(TlsSettings, Arc<Proxies>),
    /// Sockets without TLS, at other addresses than the URLs say.
    Detour(Arc<BTreeMap<String, SocketAddr>>),
    /// Streams inside this process, whatever the scheme.
    Memory(Arc<dyn memory::Network>),
}

/// What the client puts up with.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long connecting may take, name look-up and TLS handshake included.
    pub connect: Duration,
    /// The longest body, in bytes.
    pub body: u64,
    /// The longest head, in bytes.
    pub head: usize,
}

/// How one request is to be sent.
#[derive(Debug, Clone, Copy)]
pub struct How {
    /// The start of the test case: timings count from here.
    pub epoch: Instant,
    /// How long the answer may take to begin.
    pub first_byte: Duration,
    /// How long the whole exchange may take, connecting aside.
    pub total: Duration,
    /// Whether sending it twice might create two of something: then it is never sent twice, nor over a
    /// connection that was idle so long that the server may be closing it.
    pub may_create: bool,
    /// When the harness itself cuts the connection, if it is to.
    pub cut_after: Option<Duration>,
    /// Whether to open a new connection even where an idle one would do.
    pub fresh: bool,
}

impl Client {
    /// A client without connections; the first request opens one.
    pub fn new(network: Network, limits: Limits) -> Self {
        let connector = Connector::new(network, limits);
        Self(Arc::new(Shared { connector, pool: Pool::default(), limits }))
    }

    /// Sends a request and waits for its end. It never fails: a failure is an answer of kind none.
    ///
    /// A pooled connection that turns out to be closed before any byte of an answer is replaced by a new one,
    /// once and visibly, unless the request may create something: then it is lost, and what may create something goes
    /// over new connections from now on, since this server closes used ones without a word (RFC 9112 §9.5). Where
    /// it closed before any byte of the request was written nothing is lost or sent twice, whatever the request is.
    pub async fn send(&self, request: Request, how: How) -> Exchange {
        let first = self.attempt(&request, &how, how.fresh).await;
        let resent = first.found == Found::Silent && !how.may_create;
        let lost = first.found == Found::Silent && how.may_create;
        if lost {
            self.0.pool.distrust(request.url.origin());
        }
        let again = resent || first.found == Found::Closed;
        let last = if again { self.attempt(&request, &how, true).await } else { first };
        Exchange { request, answer: last.answer, timing: last.timing, reused: last.reused, resent, lost }
    }

    async fn attempt(&self, request: &Request, how: &How, fresh: bool) -> Attempt {
        let forwarder = self.0.connector.forwarder(&request.url);
        let outgoing = match outgoing::write(request, forwarder) {
            Ok(outgoing) => outgoing,
            Err(failure) => return Attempt::unsent(failure, how.epoch),
        };
        let (mut connection, reused) = match self.connection(request, how, fresh).await {
            Ok(found) => found,
            Err(failure) => return Attempt::unsent(failure, how.epoch),
        };
        let sent = Instant::now();
        let deadlines = Deadlines::new(sent, how);
        let answer = exchange::perform(&mut connection, outgoing, &deadlines, self.0.limits.body).await;
        let answer = answer.and_then(|response| passed_on(response, forwarder));
        let timing = timing(how.epoch, sent, connection.first_byte());
        let found = if reused { Found::of(&connection, &answer) } else { Found::Open };
        Attempt { answer: self.settle(request, connection, answer), timing, reused, found }
    }

    /// A connection to the request's origin, and whether it was used before.
    async fn connection(
        &self,
        request: &Request,
        how: &How,
        fresh: bool,
    ) -> Result<(Connection, bool), Failure> {
        let origin = request.url.origin();
        let idle = if how.may_create { FRESH_ENOUGH } else { Duration::MAX };
        let fresh = fresh || (how.may_create && self.0.pool.is_distrusted(&origin));
        let pooled = if fresh { None } else { self.0.pool.take(&origin, idle) };
        if let Some(connection) = pooled {
            return Ok((connection, true));
        }
        self.0.pool.make_room(&origin);
        Ok((self.0.connector.open(&request.url).await?, false))
    }

    /// Keeps the connection if it can carry another request, and says what else it held.
    fn settle(&self, request: &Request, connection: Connection, answer: Result<Response, Failure>) -> Answer {
        match answer {
            Err(failure) => Answer::None(failure),
            Ok(mut response) => {
                match connection.settle() {
                    Ok(idle) => self.0.pool.put(request.url.origin(), idle),
                    Err(oddity) => response.oddities.extend(oddity),
                }
                Answer::Response(response)
            }
        }
    }
}

/// One sending of a request.
struct Attempt {
    answer: Answer,
    timing: Timing,
    reused: bool,
    found: Found,
}

/// How a connection was found that had been used before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    /// Open, as far as one knows, or opened just now.
    Open,
    /// Closed before anything of the request was written: the server has not seen it.
    Closed,
    /// It ended before any byte of an answer: nobody knows whether the request arrived.
    Silent,
}

impl Found {
    fn of(connection: &Connection, answer: &Result<Response, Failure>) -> Self {
        match answer {
            Err(_) if connection.has_ended_unasked() => Self::Closed,
            Err(Failure::Closed | Failure::Cut { .. }) if connection.is_unanswered() => Self::Silent,
            _ => Self::Open,
        }
    }
}

impl Attempt {
    fn unsent(failure: Failure, epoch: Instant) -> Self {
        let timing = timing(epoch, Instant::now(), None);
        Self { answer: Answer::None(failure), timing, reused: false, found: Found::Open }
    }
}

fn timing(epoch: Instant, sent: Instant, first_byte: Option<Instant>) -> Timing {
    let since = |instant: Instant| instant.saturating_duration_since(epoch);
    Timing { sent: since(sent), first_byte: first_byte.map(since), complete: since(Instant::now()) }
}

/// An answer of the server; a proxy that asks for credentials has passed nothing on (RFC 9110 §15.5.8).
fn passed_on(response: Response, forwarder: Option<&Proxy>) -> Result<Response, Failure> {
    match forwarder {
        Some(proxy) if response.status == 407 => {
            Err(connector::stopped(proxy, tunnel::credentials(proxy, &response.headers)))
        }
        _ => Ok(response),
    }
}
