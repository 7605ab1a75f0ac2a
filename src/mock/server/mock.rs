//! The mock as others hold it, and the way of one request through it.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::header::{HeaderValue, SERVER};
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;

use crate::mock::configuration::Configuration;
use crate::mock::defect::Patience;
use crate::mock::noise::{self, Edge, Noises, Scene};
use crate::mock::protocol::{Operation, Refusal};
use crate::mock::server::delivery;
use crate::mock::server::exchange::Exchange;
use crate::mock::server::frames::Frames;
use crate::mock::server::message::{Answer, Request};
use crate::mock::server::traffic::Traffic;
use crate::mock::server::wait::wait;
use crate::mock::server::wire::{Orders, Wire};
use crate::mock::server::world::{Past, World};
use crate::mock::{control, defect, protocol};

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listener {
    /// Both protocols, told apart by their paths.
    Protocol,
    /// The operations of a harness.
    Hooks,
    /// Another origin, which knows no job: it only counts who comes.
    Foreign,
}

/// A mock orchestrator. Cheap to make, cheap to clone; clones are the same mock.
#[derive(Clone)]
pub struct Mock(Arc<Shared>);

/// What all connections of a mock share.
pub(super) struct Shared {
    configuration: Configuration,
    start: Instant,
    world: Mutex<World>,
}

impl Mock {
    /// A mock whose time starts now. Starts no task.
    pub fn new(configuration: Configuration) -> Self {
        Self(Arc::new(Shared { configuration, start: Instant::now(), world: Mutex::default() }))
    }

    /// Serves one connection until it closes.
    pub async fn serve<I>(&self, io: I, listener: Listener)
    where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let orders = Orders::default();
        let service = service_fn(|request| self.0.respond(request, listener, &orders));
        let wire = Wire::new(io, orders.clone(), self.0.configuration.noises.is_empty());
        let connection = hyper::server::conn::http1::Builder::new()
            .auto_date_header(false)
            .header_read_timeout(None)
            .half_close(false)
            .serve_connection(TokioIo::new(wire), service);
        // A connection that ends badly ends all the same: the caller sees it, nobody here does.
        let _ = connection.await;
    }

    /// How many requests came to the foreign origin.
    pub fn foreign_requests(&self) -> u64 {
        self.0.lock().foreign
    }

    /// What was asked for so far at the protocols' listener.
    pub fn traffic(&self) -> Traffic {
        self.0.lock().traffic.clone()
    }
}

impl Shared {
    pub(super) fn now(&self) -> Duration {
        self.start.elapsed()
    }

    pub(super) fn instant(&self, at: Duration) -> Instant {
        self.start + at
    }

    /// A call that panicked leaves a world that is as good as before it: every change is one step.
    pub(super) fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn respond(
        &self,
        request: hyper::Request<Incoming>,
        listener: Listener,
        orders: &Orders,
    ) -> Result<Response<Frames>, Infallible> {
        let mut answer = match read(request).await {
            Some(request) => self.answer(request, listener).await,
            None => Answer::empty(StatusCode::PAYLOAD_TOO_LARGE),
        };
        answer.headers.entry(SERVER).or_insert(HeaderValue::from_static("orchspec-mock"));
        orders.leave(&answer.delivery);
        Ok(delivery::response(answer))
    }

    async fn answer(&self, request: Request, listener: Listener) -> Answer {
        match listener {
            Listener::Protocol => self.call(request).await,
            Listener::Hooks => control::answer(&self.configuration, &mut self.lock(), self.now(), &request),
            Listener::Foreign => {
                self.lock().foreign += 1;
                Answer::json(StatusCode::OK, &json!({}))
            }
        }
    }

    /// The way of every call of both protocols: through the network and a gateway to the server, and back.
    async fn call(&self, mut request: Request) -> Answer {
        let mut noises = noise::around(&self.configuration, &mut self.lock());
        pause(noises.before()).await;
        let served = request.take_prefix(self.configuration.policies.prefix.path());
        let operation = protocol::route(&request).or_else(|| defect::reroute(&self.configuration, &request));
        let operation = operation.filter(|_| served);
        self.lock().traffic.count(operation);
        let (scene, mut answer) = match operation {
            None => (Scene::NOWHERE, protocol::unknown_route(&request)),
            Some(operation) => self.through_gateway(operation, request, &mut noises).await,
        };
        pause(noises.after()).await;
        noises.answer(scene, &mut answer);
        answer
    }

    async fn through_gateway(
        &self,
        operation: Operation,
        request: Request,
        noises: &mut Noises,
    ) -> (Scene, Answer) {
        let scene = Scene { operation: Some(operation), ..Scene::NOWHERE };
        let edge = self.edge(scene, noises);
        if edge == Some(Edge::Before) {
            return (scene, bad_gateway());
        }
        let (carried_out, answer) = self.exchange(operation, request, noises).await;
        if edge.is_some() { (scene, bad_gateway()) } else { (carried_out, answer) }
    }

    fn edge(&self, scene: Scene, noises: &mut Noises) -> Option<Edge> {
        let mut world = self.lock();
        let edge = noises.edge(scene, world.lost);
        world.lost += u64::from(edge.is_some());
        edge
    }

    /// Decide, wait, answer.
    async fn exchange(&self, operation: Operation, request: Request, noises: &Noises) -> (Scene, Answer) {
        let mut exchange = self.open(operation, request, noises);
        match self.decide(&mut exchange) {
            Ok(patience) => wait(self, &exchange, patience).await,
            Err(refusal) => exchange.refusal = Some(refusal),
        }
        pause(exchange.delay()).await;
        let answer = self.close(&mut exchange);
        (exchange.scene(), answer)
    }

    fn open(&self, operation: Operation, request: Request, noises: &Noises) -> Exchange<'_> {
        let mut world = self.lock();
        Exchange {
            configuration: &self.configuration,
            operation,
            request,
            now: self.now(),
            mode: None,
            job: None,
            decided: None,
            refusal: None,
            defects: defect::armed(&self.configuration, &mut world, operation),
            noises: noises.clone(),
        }
    }

    fn decide(&self, exchange: &mut Exchange<'_>) -> Result<Patience, Refusal> {
        let mut world = self.lock();
        world.advance(exchange.now);
        exchange.receive(&world)?;
        let patience = protocol::accept(exchange, &mut world)?;
        world.notify();
        Ok(exchange.patience(&world, patience))
    }

    fn close(&self, exchange: &mut Exchange<'_>) -> Answer {
        let mut world = self.lock();
        exchange.now = self.now();
        world.advance(exchange.now);
        let concluded = match exchange.refusal {
            Some(refusal) => Err(refusal),
            None => protocol::conclude(exchange, &world),
        };
        let mut answer = concluded.unwrap_or_else(|refusal| {
            exchange.refusal = Some(refusal);
            protocol::refuse(exchange, refusal)
        });
        exchange.distort(&mut world, &mut answer);
        if let Some(key) = exchange.job {
            let past = Past { operation: exchange.operation, status: answer.status, at: exchange.now };
            world.remember(key, past);
        }
        world.notify();
        answer
    }
}

async fn pause(time: Duration) {
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}

/// What a gateway says when the server behind it is not heard.
fn bad_gateway() -> Answer {
    let page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
    Answer::text(StatusCode::BAD_GATEWAY, "text/html", page)
}

async fn read(request: hyper::Request<Incoming>) -> Option<Request> {
    const LARGEST_BODY: usize = 16 << 20;
    let (head, body) = request.into_parts();
    let body = Limited::new(body, LARGEST_BODY).collect().await.ok()?.to_bytes();
    Some(Request::new(head.method, &head.uri, head.headers, body))
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// Sends some bytes on one connection and reads until the mock closes it.
    async fn talk(mock: &Mock, listener: Listener, bytes: &str) -> String {
        let (mut near, far) = tokio::io::duplex(1 << 16);
        let served = tokio::spawn({
            let mock = mock.clone();
            async move { mock.serve(far, listener).await }
        });
        near.write_all(bytes.as_bytes()).await.unwrap();
        let mut answer = String::new();
        near.read_to_string(&mut answer).await.unwrap();
        served.await.unwrap();
        answer
    }

    #[tokio::test(start_paused = true)]
    async fn one_connection_carries_several_calls() {
        let mock = Mock::new(Configuration::embedded());
        let kept = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
        let last = "GET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        let answers = talk(&mock, Listener::Protocol, &format!("{kept}{last}")).await;
        assert_eq!(answers.matches("HTTP/1.1 404").count(), 2);
        assert!(!answers.to_lowercase().contains("\r\ndate:"), "{answers}");
    }

    #[tokio::test(start_paused = true)]
    async fn the_foreign_origin_counts_and_knows_nothing() {
        let mock = Mock::new(Configuration::embedded());
        let request = "POST /v1/orchestra/task/create HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        let answer = talk(&mock, Listener::Foreign, request).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("{}"), "{answer}");
        assert_eq!(mock.foreign_requests(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn garbage_ends_the_connection_and_nothing_else() {
        let mock = Mock::new(Configuration::embedded());
        talk(&mock, Listener::Protocol, "SSH-2.0-nothing\r\n\r\n").await;
        let answer = talk(&mock, Listener::Protocol, "GET /a HTTP/1.0\r\n\r\n").await;
        assert!(answer.contains(" 404 "), "{answer}");
    }
}
