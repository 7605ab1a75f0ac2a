//! The way of one request through a session: through the network and a gateway to the server, and back.

use hyper::StatusCode;
use hyper::header::RETRY_AFTER;
use serde_json::json;

use super::disturbance::gateway_page;
use super::exchange::Exchange;
use super::message::{Answer, Request};
use super::session::{Listener, Shared};
use super::wait::wait;
use super::world::{Past, World};
use crate::mock::defect::Patience;
use crate::mock::engine::Job;
use crate::mock::fault::Encounter;
use crate::mock::journal::Nowhere;
use crate::mock::noise::{self, Edge, Noises, Scene};
use crate::mock::protocol::{Operation, Refusal};
use crate::mock::{control, defect, protocol};

/// What is told of an answer besides itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Remark {
    pub(super) operation: Option<Operation>,
    /// The job's number in the engine, and how often it had moved.
    pub(super) job: Option<(u64, u64)>,
    pub(super) because: Option<String>,
    pub(super) nowhere: Option<Nowhere>,
    pub(super) encounter: Encounter,
    pub(super) defects: Vec<&'static str>,
}

impl Shared {
    /// The answer to a request that came to this listener.
    pub(super) async fn answer(&self, request: Box<Request>, listener: Listener) -> (Answer, Remark) {
        match listener {
            Listener::Protocol => self.call(request).await,
            Listener::Hooks => (control::answer(self, &request), Remark::default()),
            Listener::Foreign => {
                self.lock().foreign += 1;
                (Answer::json(StatusCode::OK, &json!({})), Remark::default())
            }
        }
    }

    async fn call(&self, mut request: Box<Request>) -> (Answer, Remark) {
        let mut noises = noise::around(self.configuration(), &mut self.lock());
        self.clock().sleep(noises.before()).await;
        let served = request.take_prefix(self.configuration().policies.prefix.path());
        let operation = protocol::route(&request).or_else(|| defect::reroute(&self.defects(), &request));
        let operation = operation.filter(|_| served);
        self.lock().traffic.count(operation);
        let (scene, mut answer, remark) = match operation {
            None => self.unserved(&request),
            Some(operation) => self.past_faults(operation, request, &mut noises).await,
        };
        self.clock().sleep(noises.after()).await;
        noises.answer(scene, &mut answer);
        (answer, remark)
    }

    fn unserved(&self, request: &Request) -> (Scene, Answer, Remark) {
        let because = Some(protocol::nearest_route(self.configuration(), request));
        (Scene::NOWHERE, protocol::unknown_route(request), Remark { because, ..Remark::default() })
    }

    pub(super) async fn through_gateway(
        &self,
        operation: Operation,
        request: Box<Request>,
        noises: &mut Noises,
    ) -> (Scene, Answer, Remark) {
        let scene = Scene { operation: Some(operation), ..Scene::NOWHERE };
        let edge = self.edge(scene, noises);
        if edge == Some(Edge::Before) {
            return (scene, gateway_page(StatusCode::BAD_GATEWAY), lost(operation));
        }
        let (carried_out, answer, remark) = self.exchange(operation, request, noises).await;
        match edge {
            Some(_) => {
                let remark = Remark { job: remark.job, ..lost(operation) };
                (scene, gateway_page(StatusCode::BAD_GATEWAY), remark)
            }
            None => (carried_out, answer, remark),
        }
    }

    fn edge(&self, scene: Scene, noises: &mut Noises) -> Option<Edge> {
        let mut world = self.lock();
        let edge = noises.edge(scene, world.lost);
        world.lost += u64::from(edge.is_some());
        edge
    }

    /// Decide, wait, answer.
    pub(super) async fn exchange(
        &self,
        operation: Operation,
        request: Box<Request>,
        noises: &Noises,
    ) -> (Scene, Answer, Remark) {
        let mut exchange = self.open(operation, request, noises);
        if operation.may_take_room() && self.is_full() {
            let remark = Remark { operation: Some(operation), ..Remark::default() };
            return (exchange.scene(), overloaded(), remark);
        }
        match self.decide(&mut exchange) {
            Ok(patience) if patience.ends(exchange.now) => {}
            Ok(patience) => {
                exchange.request.detach();
                wait(self, &exchange, patience).await;
            }
            Err(refusal) => exchange.refusal = Some(refusal),
        }
        self.clock().sleep(exchange.delay()).await;
        let (answer, remark) = self.close(&mut exchange);
        (exchange.scene(), answer, remark)
    }

    /// Whether as many calls wait, or as many jobs are under way, as one session can hold.
    fn is_full(&self) -> bool {
        let world = self.lock();
        world.parked >= self.room || world.is_crowded()
    }

    fn open(&self, operation: Operation, request: Box<Request>, noises: &Noises) -> Exchange<'_> {
        let mut world = self.lock();
        Exchange {
            configuration: self.configuration(),
            operation,
            request,
            now: self.now(),
            mode: None,
            job: None,
            decided: None,
            refusal: None,
            defects: defect::armed((&self.defects(), self.configuration().seed), &mut world, operation),
            noises: noises.clone(),
        }
    }

    fn decide(&self, exchange: &mut Exchange<'_>) -> Result<Patience, Refusal> {
        let mut world = self.lock();
        world.advance(exchange.now);
        exchange.receive(&world)?;
        let patience = protocol::accept(exchange, &mut world)?;
        if let Some(key) = exchange.job.filter(|_| exchange.operation.is_follow_up()) {
            world.engine.look(key, exchange.now);
        }
        world.notify();
        Ok(exchange.patience(&world, patience))
    }

    fn close(&self, exchange: &mut Exchange<'_>) -> (Answer, Remark) {
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
        // Nobody but a defect remembers how a job was answered for.
        if let Some(key) = exchange.job.filter(|_| !self.defects().is_empty()) {
            let past = Past { operation: exchange.operation, status: answer.status, at: exchange.now };
            world.remember(key, past);
        }
        world.notify();
        world.forget_oldest();
        let looked_at = exchange.job.filter(|_| exchange.operation.is_look());
        if let Some(due) = looked_at.and_then(|key| world.engine.due(key)) {
            self.clock().glance(due);
        }
        (answer, remark(exchange, &world))
    }
}

/// What is told of a call that the gateway answered.
fn lost(operation: Operation) -> Remark {
    let because = "the gateway answered in the server's stead".to_owned();
    Remark { operation: Some(operation), because: Some(because), ..Remark::default() }
}

fn remark(exchange: &Exchange<'_>, world: &World) -> Remark {
    let version = world.job(exchange.job).map(Job::version);
    Remark {
        operation: Some(exchange.operation),
        job: exchange.job.map(|key| (key.number(), version.unwrap_or_default())),
        because: exchange.refusal.map(Refusal::message),
        nowhere: nowhere(exchange, world),
        encounter: Encounter::default(),
        defects: exchange.defects.iter().map(|defect| defect.id).collect(),
    }
}

fn nowhere(exchange: &Exchange<'_>, world: &World) -> Option<Nowhere> {
    let (operation, request) = (exchange.operation, &exchange.request);
    match exchange.refusal? {
        Refusal::UnknownFixture if operation == Operation::Invoke => Some(Nowhere::Trigger),
        Refusal::UnknownJob => (!protocol::was_there(world, operation, request)).then_some(Nowhere::Job),
        _ => None,
    }
}

/// What a mock says that holds as many calls as it can.
fn overloaded() -> Answer {
    let message = json!({ "errorCode": 1500, "message": "the mock holds as many calls and jobs as it can" });
    Answer::json(StatusCode::SERVICE_UNAVAILABLE, &message).with(RETRY_AFTER, "1")
}
