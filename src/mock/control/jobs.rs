//! Single jobs from outside: looked at, held, released, ended, forgotten.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use crate::mock::engine::{Cause, Ending, Engine, Job, JobKey, State, Transition};
use crate::mock::fixture::Fixtures;
use crate::mock::journal::{Event, milliseconds};
use crate::mock::server::Session;

/// A job as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct JobView {
    /// What names the job here; never seen by callers.
    pub id: u64,
    /// The number by which callers know it, where they do.
    pub number: u64,
    /// The process or trigger.
    pub fixture: String,
    /// Who created it.
    pub owner: String,
    /// `prepared`, `queued`, `running`, `done`, `failed` or `cancelled`.
    pub state: &'static str,
    /// How often it has moved.
    pub version: u64,
    /// Whether its own time stands still until it is released.
    pub held: bool,
    /// Every move so far, the oldest first.
    pub moves: Vec<Move>,
    /// When it moves by itself, by the mock's clock.
    pub due: Option<Duration>,
    /// What it was given.
    pub arguments: Value,
    /// What it comes to: its output, or its error.
    pub ending: Result<Value, String>,
}

/// One move of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Its place, the first being 1.
    pub version: u64,
    /// Where to.
    pub to: &'static str,
    /// `time`, `limit`, `caller` or `hook`.
    pub cause: &'static str,
    /// When, by the mock's clock.
    pub at: Duration,
}

/// Why a job was left as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SteerError {
    /// There is no such job.
    Unknown(u64),
    /// It has moved since the caller looked; its version now.
    Moved(u64),
    /// It has ended; where it stands.
    Ended(&'static str),
}

impl fmt::Display for SteerError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(id) => write!(out, "there is no job {id}: `GET /jobs` names each by its `id`"),
            Self::Moved(version) => write!(out, "the job has moved meanwhile: its version is {version}"),
            Self::Ended(state) => write!(out, "the job has ended, and stays {state}"),
        }
    }
}

impl std::error::Error for SteerError {}

impl Session {
    /// How jobs moved behind `since`, in the order of the instants.
    pub(super) fn moves_behind(&self, since: Duration) -> Vec<(u64, Move)> {
        let world = self.shared().lock();
        let jobs =
            world.engine.jobs().flat_map(|(key, job)| job.history.iter().map(move |entry| (key, entry)));
        let late = jobs.filter(|(_, entry)| entry.at > since);
        let mut moves: Vec<_> = late.map(|(key, entry)| (key.number(), Move::of(entry))).collect();
        moves.sort_by_key(|(_, entry)| entry.at);
        moves
    }

    /// Every job that is remembered, the oldest first.
    pub fn jobs(&self) -> Vec<JobView> {
        let shared = self.shared();
        let mut world = shared.lock();
        world.advance(shared.now());
        let fixtures = &shared.configuration().fixtures;
        world.engine.jobs().map(|(key, job)| view(&world.engine, fixtures, (key, job))).collect()
    }

    /// Where every job stands.
    pub(super) fn states(&self) -> Vec<State> {
        let mut world = self.shared().lock();
        world.advance(self.shared().now());
        world.engine.jobs().map(|(_, job)| job.state).collect()
    }

    /// The job with this id.
    pub fn job(&self, id: u64) -> Option<JobView> {
        let shared = self.shared();
        let mut world = shared.lock();
        world.advance(shared.now());
        let key = JobKey::new(id);
        let job = world.engine.read(key)?;
        Some(view(&world.engine, &shared.configuration().fixtures, (key, job)))
    }

    /// Stops a job's own time; with a `version`, only if it has not moved since.
    pub fn hold(&self, id: u64, version: Option<u64>) -> Result<JobView, SteerError> {
        self.steer((id, "hold"), version, Engine::hold)
    }

    /// Lets a held job's time go on.
    pub fn release(&self, id: u64, version: Option<u64>) -> Result<JobView, SteerError> {
        self.steer((id, "release"), version, |engine, key, now| {
            engine.release(key, now);
        })
    }

    /// Ends a job now, as it would have ended or with this output.
    pub fn complete(
        &self,
        id: u64,
        output: Option<Value>,
        version: Option<u64>,
    ) -> Result<JobView, SteerError> {
        self.steer((id, "complete"), version, |engine, key, now| engine.complete(key, output, now))
    }

    /// Ends a job now with this error.
    pub fn fail(&self, id: u64, message: &str, version: Option<u64>) -> Result<JobView, SteerError> {
        self.steer((id, "fail"), version, |engine, key, now| engine.fail(key, message, now))
    }

    /// Forgets a job, as if it had never been; whoever waits for it is told so.
    pub fn forget(&self, id: u64) -> Result<(), SteerError> {
        let key = JobKey::new(id);
        let mut world = self.shared().lock();
        world.engine.read(key).ok_or(SteerError::Unknown(id))?;
        world.forget(key);
        drop(world);
        self.shared().note(0, || Event::Steered(format!("forget job {id}")));
        Ok(())
    }

    fn steer(
        &self,
        (id, what): (u64, &str),
        version: Option<u64>,
        change: impl FnOnce(&mut Engine, JobKey, Duration),
    ) -> Result<JobView, SteerError> {
        let (shared, key) = (self.shared(), JobKey::new(id));
        let mut world = shared.lock();
        let now = shared.now();
        world.advance(now);
        let job = world.engine.read(key).ok_or(SteerError::Unknown(id))?;
        if version.is_some_and(|version| version != job.version()) {
            return Err(SteerError::Moved(job.version()));
        }
        if job.state.is_final() {
            return Err(SteerError::Ended(job.state.word()));
        }
        change(&mut world.engine, key, now);
        world.advance(now);
        let job = world.engine.read(key).ok_or(SteerError::Unknown(id))?;
        let view = view(&world.engine, &shared.configuration().fixtures, (key, job));
        drop(world);
        shared.note(0, || Event::Steered(format!("{what} job {id}")));
        Ok(view)
    }
}

fn view(engine: &Engine, fixtures: &Fixtures, (key, job): (JobKey, &Job)) -> JobView {
    JobView {
        id: key.number(),
        number: job.order.number,
        fixture: job.order.label.to_string(),
        owner: owner(fixtures, &job.order.owner),
        state: job.state.word(),
        version: job.version(),
        held: job.is_held(),
        moves: job.history.iter().map(Move::of).collect(),
        due: engine.due(key),
        arguments: Value::Object(job.order.arguments.clone()),
        ending: match &job.order.ending {
            Ending::Output(_) if job.end_cause() == Some(Cause::Limit) => {
                Err("it reached the longest life of a job that a caller waits for".to_owned())
            }
            Ending::Output(output) => Ok(output.clone()),
            Ending::Fault(message) => Err(message.clone()),
        },
    }
}

/// The name of the principal: a system is known to the engine by its token, which is nobody's business.
fn owner(fixtures: &Fixtures, owner: &str) -> String {
    let system = fixtures.systems.iter().find(|system| *system.token == *owner);
    let bearer = fixtures.bearers.iter().find(|bearer| *bearer.name == *owner);
    let name = system.map(|own| &own.name).or_else(|| bearer.map(|own| &own.name));
    name.map_or_else(|| "nobody".to_owned(), ToString::to_string)
}

impl Move {
    fn of(entry: &Transition) -> Self {
        Self { version: entry.version, to: entry.to.word(), cause: entry.cause.word(), at: entry.at }
    }

    /// The move as JSON.
    pub fn to_json(&self) -> Value {
        json!({ "version": self.version, "to": self.to, "cause": self.cause, "at_ms": milliseconds(self.at) })
    }
}

impl JobView {
    /// Whether it moves no more.
    pub fn has_ended(&self) -> bool {
        State::WORDS.iter().any(|(word, state)| state.is_final() && *word == self.state)
    }

    /// The job as JSON.
    pub fn to_json(&self) -> Value {
        let mut written = json!({
            "id": self.id,
            "number": self.number,
            "fixture": self.fixture,
            "owner": self.owner,
            "state": self.state,
            "version": self.version,
            "held": self.held,
            "due_ms": self.due.map(milliseconds),
            "moves": self.moves.iter().map(Move::to_json).collect::<Vec<_>>(),
            "arguments": self.arguments,
        });
        match &self.ending {
            Ok(output) => written["output"] = output.clone(),
            Err(message) => written["error"] = json!(message),
        }
        written
    }
}
