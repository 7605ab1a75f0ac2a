//! What the calls do: each turns what was asked into a method of the session, and its result into JSON.

pub(super) mod clock;
pub(super) mod faults;
pub(super) mod jobs;
pub(super) mod journal;
pub(super) mod program;
pub(super) mod sessions;
pub(super) mod settings;
pub(super) mod verdicts;

use std::fmt::Display;
use std::pin::Pin;
use std::time::Duration;

use hyper::StatusCode;
use serde_json::{Map, Value};

use super::Steering;
use super::given::Given;
use super::reply::Reply;
use crate::clock::parse_duration;
use crate::mock::control::NamingError;
use crate::mock::server::Session;

/// What carries a call out.
pub(super) type Run = for<'a> fn(Asked<'a>) -> Answering<'a>;

/// A call that is being carried out.
pub(super) type Answering<'a> = Pin<Box<dyn Future<Output = Reply> + Send + 'a>>;

/// What was asked for.
pub(super) struct Asked<'a> {
    pub(super) steering: &'a Steering,
    pub(super) session: Session,
    pub(super) id: Option<String>,
    pub(super) given: Given,
    /// The body as it came.
    pub(super) bytes: &'a [u8],
}

impl Asked<'_> {
    fn text(&self, name: &str) -> Option<&str> {
        self.given.members.get(name).and_then(Value::as_str)
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.given.members.get(name).and_then(Value::as_u64)
    }

    fn texts(&self, name: &str) -> Vec<String> {
        let items = self.given.members.get(name).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    fn duration(&self, name: &str) -> Result<Option<Duration>, Reply> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match parse_duration(text) {
            Some(duration) => Ok(Some(duration)),
            None => Err(wrong(&format!("`{name}` must be a duration such as \"15m\", not {text:?}"))),
        }
    }

    /// The object that is this member.
    fn object(&self, name: &str) -> Option<&Map<String, Value>> {
        self.given.members.get(name).and_then(Value::as_object)
    }

    /// The id of the job that the path names.
    fn job(&self) -> Result<u64, Reply> {
        self.session.find_job(self.id.as_deref().unwrap_or_default()).map_err(|error| {
            let status = match error {
                NamingError::Unknown(_) => StatusCode::NOT_FOUND,
                NamingError::Ambiguous { .. } => StatusCode::CONFLICT,
            };
            Reply::refused(status, &error.to_string())
        })
    }

    /// A number of the query.
    fn queried(&self, name: &str) -> Option<u64> {
        self.given.query.iter().find(|(own, _)| *own == name).map(|(_, number)| *number)
    }
}

/// A call that nobody waits for.
fn at_once<'a>(reply: impl FnOnce() -> Result<Reply, Reply> + Send + 'a) -> Answering<'a> {
    Box::pin(async move { reply().unwrap_or_else(|refused| refused) })
}

fn wrong(message: &impl Display) -> Reply {
    Reply::refused(StatusCode::BAD_REQUEST, &message.to_string())
}
