//! One connection: requests come in within bounds, find their session, and their answers go out.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};

use http_body_util::{BodyExt, Either, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderValue, SERVER};
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use super::delivery::{self, Delivery};
use super::frames::Frames;
use super::limits::Limits;
use super::message::{Answer, Request};
use super::passage::Remark;
use super::progress::Progress;
use super::session::{Listener, Session};
use super::wire::{Orders, Wire};
use crate::mock::control;
use crate::mock::journal::{Decided, Event, Journal, Mask, Opened, Origin};
use crate::mock::protocol::Operation;

/// What leads requests to their sessions.
pub(in crate::mock) trait Front: Send + Sync {
    /// The session that a request is for; what led there is taken off its path.
    fn session(&self, request: &mut Request) -> Option<Session>;

    /// What answers below the prefix of the control API, if that is served here.
    fn steering(&self) -> Option<&control::Steering> {
        None
    }
}

/// How one connection is served.
#[derive(Debug, Clone, Copy)]
pub(in crate::mock) struct Terms {
    pub(in crate::mock) listener: Listener,
    /// Nothing is written but answers as they are, and nobody watches.
    pub(in crate::mock) quiet: bool,
    /// The caller's bounds; nobody bounds a caller in this process.
    pub(in crate::mock) limits: Option<Limits>,
    pub(in crate::mock) scheme: &'static str,
}

/// Serves one connection until it closes; after `stop` only the call that is under way is answered.
pub(in crate::mock) async fn serve<I>(io: I, front: &dyn Front, terms: Terms, stop: impl Future<Output = ()>)
where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let line = Line::new(front, terms);
    let wire = Wire::new(io, line.orders.clone(), (!terms.quiet).then(|| line.progress.clone()));
    let service = service_fn(|request| line.respond(request));
    let mut connection = pin!(builder(terms.limits).serve_connection(TokioIo::new(wire), service));
    // A connection that ends badly ends all the same: the caller sees it, nobody here does.
    tokio::select! {
        biased;
        _ = &mut connection => return,
        () = stop => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

fn builder(limits: Option<Limits>) -> Builder {
    let mut builder = Builder::new();
    builder.auto_date_header(false).half_close(false);
    match limits {
        None => builder.header_read_timeout(None),
        Some(limits) => builder
            .timer(TokioTimer::new())
            .header_read_timeout(limits.patience)
            .max_headers(limits.headers)
            .max_buf_size(limits.head.max(SMALLEST_BUFFER)),
    };
    builder
}

/// The HTTP library takes no smaller one.
const SMALLEST_BUFFER: usize = 8 << 10;

/// What goes out: an answer of a protocol, or of the control API.
type Sent = Either<Frames, control::Body>;

/// One connection.
struct Line<'a> {
    front: &'a dyn Front,
    terms: Terms,
    orders: Orders,
    progress: Progress,
    /// Its number in the session that it led to first; 0 as long as it led nowhere.
    number: AtomicU64,
    served: AtomicU64,
}

impl<'a> Line<'a> {
    fn new(front: &'a dyn Front, terms: Terms) -> Self {
        Self {
            front,
            terms,
            orders: Orders::default(),
            progress: Progress::default(),
            number: AtomicU64::new(0),
            served: AtomicU64::new(0),
        }
    }

    async fn respond(&self, request: hyper::Request<Incoming>) -> Result<Response<Sent>, Infallible> {
        let steering = self.front.steering().filter(|_| control::is_below_prefix(request.uri().path()));
        if let Some(steering) = steering {
            self.orders.leave(&Delivery::default());
            return Ok(control::respond(steering, request).await.map(Either::Right));
        }
        let answer = match self.read(request).await {
            Ok((request, target)) => self.answer(request, &target).await,
            Err(refused) => refused,
        };
        Ok(self.finish(answer).map(Either::Left))
    }

    /// The request and its target as it was written.
    async fn read(&self, request: hyper::Request<Incoming>) -> Result<(Request, String), Answer> {
        const LARGEST_BODY: usize = 16 << 20;
        let (head, body) = request.into_parts();
        let most = self.terms.limits.map_or(LARGEST_BODY, |limits| limits.body);
        let body = Limited::new(body, most).collect();
        let body = match self.terms.limits {
            None => body.await,
            Some(limits) => {
                timeout(limits.patience, body).await.map_err(|_| hung_up(StatusCode::REQUEST_TIMEOUT))?
            }
        };
        let body = body.map_err(|error| {
            let too_long = error.downcast_ref::<LengthLimitError>().is_some();
            hung_up(if too_long { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::BAD_REQUEST })
        })?;
        let target = head.uri.to_string();
        let mut request = Request::new(head.method, &head.uri, head.headers, body.to_bytes());
        request.scheme = self.terms.scheme;
        Ok((request, target))
    }

    async fn answer(&self, mut request: Request, target: &str) -> Answer {
        let Some(session) = self.front.session(&mut request) else { return nowhere(&request) };
        let shared = session.shared();
        let exchange = shared.journal().map_or(0, Journal::exchange);
        let origin = shared.journal().map(|journal| journal.trail().arrive(&request, target));
        let origin = origin.unwrap_or_default();
        if !self.terms.quiet {
            self.progress.begin(&session, exchange);
            shared.note(exchange, |mask| {
                let opened = self.opened(&session, &request, target, mask);
                Event::Opened(Box::new(Opened { origin, ..opened }))
            });
        }
        let (answer, remark) = shared.answer(request, self.terms.listener).await;
        if let Some(journal) = shared.journal() {
            journal.trail().answer((exchange, origin.hop), target, &answer.headers);
        }
        shared.note(exchange, |mask| Event::Decided(Box::new(decided(&answer, remark, mask))));
        answer
    }

    fn opened(&self, session: &Session, request: &Request, target: &str, mask: &Mask) -> Opened {
        let nth = self.served.fetch_add(1, Ordering::Relaxed) + 1;
        if nth == 1 {
            let number = session.shared().connections.fetch_add(1, Ordering::Relaxed) + 1;
            self.number.store(number, Ordering::Relaxed);
        }
        Opened {
            connection: self.number.load(Ordering::Relaxed),
            nth,
            origin: Origin::default(),
            method: request.method.to_string(),
            target: mask.text(target),
            head: mask.head(&request.headers),
            body: mask.body(&request.body),
            length: request.body.len(),
        }
    }

    fn finish(&self, mut answer: Answer) -> Response<Frames> {
        answer.headers.entry(SERVER).or_insert(HeaderValue::from_static("orchspec-mock"));
        self.orders.leave(&answer.delivery);
        delivery::response(answer, (!self.terms.quiet).then(|| self.progress.clone()))
    }
}

fn decided(answer: &Answer, remark: Remark, mask: &Mask) -> Decided {
    Decided {
        operation: remark.operation.map(Operation::word),
        job: remark.job.map(|(job, _)| job),
        version: remark.job.map(|(_, version)| version),
        status: answer.status.as_u16(),
        head: mask.head(&answer.headers),
        body: mask.body(&answer.body),
        length: answer.body.len(),
        because: remark.because,
        fault: remark.fault,
        defects: remark.defects,
    }
}

/// The last answer on a connection whose request did not come in as it should.
fn hung_up(status: StatusCode) -> Answer {
    Answer::empty(status).with(CONNECTION, "close")
}

fn nowhere(request: &Request) -> Answer {
    let message = format!("no session is served at {}", request.path);
    Answer::json(StatusCode::NOT_FOUND, &json!({ "errorCode": 1623, "message": message }))
}
