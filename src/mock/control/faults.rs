//! The faults of a session from outside: what is planned, what came of it, and what a call would meet.

use bytes::Bytes;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Uri};

use crate::mock::engine::JobKey;
use crate::mock::fault::{Considered, FaultCount, FaultPlan};
use crate::mock::journal::Event;
use crate::mock::protocol::{self, Operation};
use crate::mock::server::message::Request;
use crate::mock::server::{Session, subject};

/// A call that somebody thinks of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SketchedCall {
    /// What it is about; what its path says, if nothing is said.
    pub operation: Option<Operation>,
    /// Its method; `GET`, if nothing is said.
    pub method: Option<String>,
    /// Its path and query.
    pub target: String,
    /// Names and values of its header fields.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
    /// The job that it is about, as the control API names it; what the call itself says, if nothing is said.
    pub job: Option<u64>,
    /// The connection that it comes on, the first being 1.
    pub connection: u64,
}

impl Session {
    /// How often each rule of the fault plan came into its own.
    pub fn faults(&self) -> Vec<FaultCount> {
        self.shared().lock().meetings.counts().to_vec()
    }

    /// The fault plan, and where its chances come from.
    pub fn fault_plan(&self) -> (FaultPlan, u64) {
        let world = self.shared().lock();
        (world.meetings.plan().clone(), world.meetings.seed())
    }

    /// Lets this happen to calls from now on, and nothing else; counters begin anew.
    pub fn set_faults(&self, plan: FaultPlan) {
        let names: Vec<String> = plan.rules().iter().map(|rule| rule.name().to_owned()).collect();
        let seed = self.shared().configuration().seed;
        self.shared().lock().meetings.replace(plan, seed);
        self.shared().note(0, || Event::Steered(format!("faults: {}", names.join(", "))));
    }

    /// What each rule would make of a call that came now. Nothing is counted, and nothing happens. Nothing is given, if
    /// no protocol serves such a call.
    pub fn explain_faults(&self, call: &SketchedCall) -> Option<Vec<Considered>> {
        let (shared, request) = (self.shared(), request(call));
        let operation = call.operation.or_else(|| protocol::route(&request))?;
        let world = shared.lock();
        let job = call.job.map(JobKey::new).or_else(|| protocol::job_of(&world, operation, &request));
        let subject = subject(shared, &world, (operation, &request), job);
        Some(world.meetings.explain(&subject, call.connection, shared.now()))
    }
}

fn request(call: &SketchedCall) -> Request {
    let method = call.method.as_deref().and_then(|method| method.parse().ok()).unwrap_or(Method::GET);
    let uri: Uri = call.target.parse().unwrap_or_default();
    let field = |(name, value): &(String, String)| {
        Some((name.parse::<HeaderName>().ok()?, HeaderValue::from_str(value).ok()?))
    };
    let headers: HeaderMap = call.headers.iter().filter_map(field).collect();
    Request::new(method, &uri, headers, Bytes::from(call.body.clone()))
}
