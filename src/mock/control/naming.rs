//! The names by which a job is known from outside: the control API's own id, the number of a task, and what stands for
//! it in a `Location`.

use std::fmt;

use crate::mock::engine::JobKey;
use crate::mock::server::{Session, World};

/// Why a name leads to no job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamingError {
    /// There is no such job.
    Unknown(String),
    /// It is the id of one job and the number of another.
    Ambiguous {
        /// What both are called.
        name: u64,
        /// The process or trigger of the job with this id.
        by_id: String,
        /// The process or trigger of the job with this number, and its id.
        by_number: (String, u64),
    },
}

impl fmt::Display for NamingError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(name) => {
                let ways = "its `id`, its `number`, or what stands for it in a `Location`";
                write!(out, "there is no job {name}: a job is called by {ways} (`GET /jobs`)")
            }
            Self::Ambiguous { name, by_id, by_number: (fixture, id) } => write!(
                out,
                "{name} is the id of a job of {by_id} and the number of a job of {fixture}, whose id is {id}: \
                 write `id:{name}` or `number:{name}`"
            ),
        }
    }
}

impl std::error::Error for NamingError {}

impl Session {
    /// The id of the job that somebody calls by this name: its id, the number of a task, or what stands for it in a
    /// `Location`. `id:7` and `number:7` say which is meant.
    pub fn find_job(&self, name: &str) -> Result<u64, NamingError> {
        let shared = self.shared();
        let mut world = shared.lock();
        world.advance(shared.now());
        find(&world, name).map(JobKey::number)
    }
}

fn find(world: &World, name: &str) -> Result<JobKey, NamingError> {
    let unknown = || NamingError::Unknown(name.to_owned());
    let by_id =
        |id: &str| Some(JobKey::new(id.parse().ok()?)).filter(|key| world.engine.read(*key).is_some());
    let by_number = |number: &str| world.engine.find(number.parse().ok()?);
    if let Some((kind, behind)) = name.split_once(':') {
        let found = match kind {
            "id" => by_id(behind),
            "number" => by_number(behind),
            _ => None,
        };
        return found.ok_or_else(unknown);
    }
    match (by_id(name), by_number(name)) {
        (Some(one), Some(other)) if one != other => Err(ambiguous(world, (one, other), unknown())),
        (one, other) => {
            one.or(other).or_else(|| world.tickets.get(name).map(|own| own.job)).ok_or_else(unknown)
        }
    }
}

fn ambiguous(world: &World, (one, other): (JobKey, JobKey), otherwise: NamingError) -> NamingError {
    let fixture = |key| world.job(Some(key)).map(|job| job.order.label.to_string());
    match (fixture(one), fixture(other)) {
        (Some(by_id), Some(fixture)) => {
            NamingError::Ambiguous { name: one.number(), by_id, by_number: (fixture, other.number()) }
        }
        _ => otherwise,
    }
}
