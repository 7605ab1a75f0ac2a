//! One connection: requests come in within bounds, find their session, and their answers go out.

use std::future::pending;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt, Either, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::header::{CONNECTION, HeaderMap, HeaderValue, SERVER};
use hyper::{Method, Response, StatusCode, Uri, Version};
use tokio::time::{Instant, sleep_until, timeout};

use super::delivery::{self, Delivery};
use super::followed::Followed;
use super::frames::Frames;
use super::limits::Limits;
use super::message::{Answer, Request};
use super::passage::Remark;
use super::progress::Progress;
use super::session::{Listener, Session, Shared};
use super::takeover::Takeover;
use super::wire::{Orders, Wire};
use crate::mock::control;
use crate::mock::fault::Phase;
use crate::mock::journal::{Decided, Event, Journal, Opened, Origin};
use crate::mock::protocol::Operation;

/// What leads requests to their sessions.
pub(in crate::mock) trait Front: Send + Sync {
    /// The session that a request is for; what led there is taken off its path.
    fn session(&self, request: &mut Request) -> Session;

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

/// What goes out: an answer of a protocol, or of the control API.
pub(super) type Sent = Either<Frames, Followed>;

/// One connection.
pub(super) struct Line<'a> {
    front: &'a dyn Front,
    terms: &'a Terms,
    orders: Orders,
    pub(super) progress: Progress,
    taken: Mutex<Option<Box<Takeover>>>,
    /// Its number in the session that it led to first; 0 as long as it led nowhere.
    number: AtomicU64,
    served: AtomicU64,
}

impl<'a> Line<'a> {
    pub(super) fn new(front: &'a dyn Front, terms: &'a Terms) -> Self {
        Self {
            front,
            terms,
            orders: Orders::default(),
            progress: Progress::default(),
            taken: Mutex::default(),
            number: AtomicU64::new(0),
            served: AtomicU64::new(0),
        }
    }

    /// The stream that answers go out on as they are ordered.
    pub(super) fn wire<I>(&self, stream: I) -> Wire<I> {
        Wire::new(stream, self.orders.clone(), (!self.terms.quiet).then(|| self.progress.clone()))
    }

    pub(super) fn limits(&self) -> Option<Limits> {
        self.terms.limits
    }

    /// The answer that was taken from the HTTP library, if one was.
    pub(super) fn taken_over(&self) -> Option<Box<Takeover>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Returns once a request takes too long to come in. One timer looks from time to time how long it has been: to
    /// start and stop one with every request would cost more than much of the answer.
    pub(super) async fn overdue(&self) {
        let Some(limits) = self.terms.limits else { return pending().await };
        loop {
            let now = Instant::now();
            let until = self.progress.awaiting_since().unwrap_or(now) + limits.patience;
            if until <= now {
                return;
            }
            sleep_until(until).await;
        }
    }

    /// The answer to one request; it fails where the HTTP library is not to send it.
    pub(super) async fn respond(
        &self,
        request: hyper::Request<Incoming>,
    ) -> Result<Response<Sent>, &'static str> {
        self.progress.came();
        let steering = self.front.steering().filter(|_| control::is_below_prefix(request.uri().path()));
        if let Some(steering) = steering {
            self.orders.leave(&Delivery::default());
            let answer = control::respond(steering, request).await;
            return Ok(answer.map(|body| Either::Right(Followed::new(body, self.progress.clone()))));
        }
        let (persistent, bodiless) = (persists(&request), request.method() == Method::HEAD);
        let (mut answer, session) = match self.read(request).await {
            Ok((mut request, target)) => {
                let session = self.front.session(&mut request);
                (self.answer(request, &target, &session).await, Some(session))
            }
            Err(refused) => (refused, None),
        };
        answer.headers.entry(SERVER).or_insert(HeaderValue::from_static("orchspec-mock"));
        let (Some(damage), Some(session)) = (answer.delivery.damage, session) else {
            return Ok(self.finish(answer).map(Either::Left));
        };
        let persistent = persistent && !closes(&answer.headers);
        let clock = session.shared().clock().clone();
        let takeover = Takeover { answer, damage, clock, persistent, bodiless };
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(takeover));
        Err("the answer is sent otherwise")
    }

    /// The request and its target as it was written.
    async fn read(&self, request: hyper::Request<Incoming>) -> Result<(Box<Request>, String), Answer> {
        let (head, body) = request.into_parts();
        let body = self.body(body).await?;
        let target = target(&head.uri);
        let mut request = Box::new(Request::new(head.method, &head.uri, head.headers, body));
        request.scheme = self.terms.scheme;
        Ok((request, target))
    }

    /// A body to its end, within the bounds.
    async fn body(&self, body: Incoming) -> Result<Bytes, Answer> {
        const LARGEST_BODY: usize = 16 << 20;
        if body.is_end_stream() {
            return Ok(Bytes::new());
        }
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
        Ok(body.to_bytes())
    }

    async fn answer(&self, mut request: Box<Request>, target: &str, session: &Session) -> Answer {
        let shared = session.shared();
        request.connection = self.number(shared);
        let exchange = shared.journal().map_or(0, Journal::exchange);
        let origin = shared.journal().map(|journal| journal.trail().arrive(&request, target));
        let origin = origin.unwrap_or_default();
        if !self.terms.quiet {
            self.progress.begin(session, exchange);
            shared.note(exchange, || Event::Opened(Box::new(self.opened(&request, target, origin))));
        }
        let (answer, remark) = shared.answer(request, self.terms.listener).await;
        if let Some(journal) = shared.journal() {
            journal.trail().answer((exchange, origin.hop), target, &answer.headers);
        }
        shared.note(exchange, || Event::Decided(Box::new(decided(&answer, remark))));
        answer
    }

    /// Its number in the session that it led to first.
    fn number(&self, shared: &Shared) -> u64 {
        if self.number.load(Ordering::Relaxed) == 0 {
            let number = shared.connections.fetch_add(1, Ordering::Relaxed) + 1;
            self.number.store(number, Ordering::Relaxed);
        }
        self.number.load(Ordering::Relaxed)
    }

    fn opened(&self, request: &Request, target: &str, origin: Origin) -> Opened {
        Opened {
            connection: request.connection,
            nth: self.served.fetch_add(1, Ordering::Relaxed) + 1,
            origin,
            scheme: self.terms.scheme,
            foreign: self.terms.listener == Listener::Foreign,
            method: request.method.to_string(),
            target: target.to_owned(),
            head: lines(&request.headers),
            body: request.body.clone(),
            length: request.body.len(),
        }
    }

    fn finish(&self, answer: Answer) -> Response<Frames> {
        self.orders.leave(&answer.delivery);
        delivery::response(answer, (!self.terms.quiet).then(|| self.progress.clone()))
    }
}

/// A target as it was written: with an origin only if it had one.
fn target(uri: &Uri) -> String {
    match uri.path_and_query().filter(|_| uri.authority().is_none()) {
        Some(path) => path.as_str().to_owned(),
        None => uri.to_string(),
    }
}

/// Whether the caller wants to send more on this connection.
fn persists(request: &hyper::Request<Incoming>) -> bool {
    request.version() == Version::HTTP_11 && !closes(request.headers())
}

/// Whether these header lines announce the end of the connection.
fn closes(headers: &HeaderMap) -> bool {
    let values = headers.get_all(CONNECTION).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|word| word.trim().eq_ignore_ascii_case("close"))
}

fn decided(answer: &Answer, remark: Remark) -> Decided {
    Decided {
        operation: remark.operation.map(Operation::word),
        job: remark.job.map(|(job, _)| job),
        version: remark.job.map(|(_, version)| version),
        status: answer.status.as_u16(),
        head: lines(&answer.headers),
        body: answer.body.clone(),
        length: answer.body.len(),
        because: remark.because,
        nowhere: remark.nowhere,
        fault: remark.encounter.fault(),
        phase: remark.encounter.phase().map(Phase::word),
        delays: remark.encounter.delays,
        defects: remark.defects,
    }
}

/// Header lines in their order, each with its end.
fn lines(headers: &HeaderMap) -> Bytes {
    const AROUND: usize = ": \r\n".len();
    let room = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + AROUND).sum();
    let mut lines = Vec::with_capacity(room);
    for (name, value) in headers {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            lines.extend_from_slice(part);
        }
    }
    lines.into()
}

/// The last answer on a connection whose request did not come in as it should.
fn hung_up(status: StatusCode) -> Answer {
    Answer::empty(status).with(CONNECTION, "close")
}
