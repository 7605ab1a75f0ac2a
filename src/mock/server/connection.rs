//! One connection: requests come in within bounds, find their session, and their answers go out.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use http_body_util::{BodyExt, Either, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderMap, HeaderValue, SERVER};
use hyper::{Method, Response, StatusCode, Uri, Version};
use tokio::time::timeout;

use super::delivery::{self, Delivery};
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
use crate::mock::journal::{Decided, Event, Journal, Mask, Opened, Origin};
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
pub(super) type Sent = Either<Frames, control::Body>;

/// One connection.
pub(super) struct Line<'a> {
    front: &'a dyn Front,
    terms: Terms,
    orders: Orders,
    pub(super) progress: Progress,
    taken: Mutex<Option<Box<Takeover>>>,
    /// Its number in the session that it led to first; 0 as long as it led nowhere.
    number: AtomicU64,
    served: AtomicU64,
}

impl<'a> Line<'a> {
    pub(super) fn new(front: &'a dyn Front, terms: Terms) -> Self {
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

    /// The answer to one request; it fails where the HTTP library is not to send it.
    pub(super) async fn respond(
        &self,
        request: hyper::Request<Incoming>,
    ) -> Result<Response<Sent>, &'static str> {
        let steering = self.front.steering().filter(|_| control::is_below_prefix(request.uri().path()));
        if let Some(steering) = steering {
            self.orders.leave(&Delivery::default());
            return Ok(control::respond(steering, request).await.map(Either::Right));
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
        let target = target(&head.uri);
        let request = Request::new(head.method, &head.uri, head.headers, body.to_bytes());
        let mut request = Box::new(request);
        request.scheme = self.terms.scheme;
        Ok((request, target))
    }

    async fn answer(&self, mut request: Box<Request>, target: &str, session: &Session) -> Answer {
        let shared = session.shared();
        request.connection = self.number(shared);
        let exchange = shared.journal().map_or(0, Journal::exchange);
        let origin = shared.journal().map(|journal| journal.trail().arrive(&request, target));
        let origin = origin.unwrap_or_default();
        if !self.terms.quiet {
            self.progress.begin(session, exchange);
            shared.note(exchange, |mask| {
                let opened = self.opened(&request, target, mask);
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

    /// Its number in the session that it led to first.
    fn number(&self, shared: &Shared) -> u64 {
        if self.number.load(Ordering::Relaxed) == 0 {
            let number = shared.connections.fetch_add(1, Ordering::Relaxed) + 1;
            self.number.store(number, Ordering::Relaxed);
        }
        self.number.load(Ordering::Relaxed)
    }

    fn opened(&self, request: &Request, target: &str, mask: &Mask) -> Opened {
        Opened {
            connection: request.connection,
            nth: self.served.fetch_add(1, Ordering::Relaxed) + 1,
            origin: Origin::default(),
            scheme: self.terms.scheme,
            foreign: self.terms.listener == Listener::Foreign,
            method: request.method.to_string(),
            target: mask.text(target),
            head: mask.head(&request.headers),
            body: mask.body(&request.body),
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

fn decided(answer: &Answer, remark: Remark, mask: &Mask) -> Decided {
    Decided {
        operation: remark.operation.map(Operation::word),
        job: remark.job.map(|(job, _)| job),
        version: remark.job.map(|(_, version)| version),
        status: answer.status.as_u16(),
        head: mask.head(&answer.headers),
        body: mask.body(&answer.body),
        length: answer.body.len(),
        because: remark.because.map(|because| mask.text(&because)),
        nowhere: remark.nowhere,
        fault: remark.encounter.fault(),
        phase: remark.encounter.phase().map(Phase::word),
        delays: remark.encounter.delays,
        defects: remark.defects,
    }
}

/// The last answer on a connection whose request did not come in as it should.
fn hung_up(status: StatusCode) -> Answer {
    Answer::empty(status).with(CONNECTION, "close")
}
