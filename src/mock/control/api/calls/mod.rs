//! What the calls do: each turns what was asked into a method of the session, and its result into JSON.

pub(super) mod clock;
pub(super) mod jobs;
pub(super) mod journal;
pub(super) mod program;
pub(super) mod sessions;
pub(super) mod settings;

use std::fmt::Display;
use std::pin::Pin;
use std::time::Duration;

use hyper::StatusCode;
use serde_json::{Map, Value};

use super::Steering;
use super::reply::Reply;
use crate::clock::parse_duration;
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
    pub(super) query: Vec<(String, String)>,
    /// The members of the body, which have the right types.
    pub(super) members: Map<String, Value>,
    /// The body as it came.
    pub(super) bytes: &'a [u8],
    /// The version that the job is to have.
    pub(super) version: Option<u64>,
    /// The last event that the caller has seen.
    pub(super) last_event: Option<u64>,
}

impl Asked<'_> {
    fn text(&self, name: &str) -> Option<&str> {
        self.members.get(name).and_then(Value::as_str)
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.members.get(name).and_then(Value::as_u64)
    }

    fn texts(&self, name: &str) -> Vec<String> {
        let items = self.members.get(name).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    fn duration(&self, name: &str) -> Result<Option<Duration>, Reply> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match parse_duration(text) {
            Some(duration) => Ok(Some(duration)),
            None => Err(wrong(&format!("`{name}` must be a duration such as \"15m\", not {text:?}"))),
        }
    }

    /// The number in the path.
    fn job(&self) -> Result<u64, Reply> {
        let id = self.id.as_deref().unwrap_or_default();
        id.parse().map_err(|_| Reply::refused(StatusCode::NOT_FOUND, &format!("there is no job {id}")))
    }

    /// A number of the query.
    fn queried(&self, name: &str) -> Result<Option<u64>, Reply> {
        let entry = self.query.iter().find(|(own, _)| own == name);
        let Some((_, value)) = entry else { return Ok(None) };
        let number =
            value.parse().map_err(|_| wrong(&format!("`{name}` must be a whole number, not {value:?}")))?;
        Ok(Some(number))
    }
}

/// A call that nobody waits for.
fn at_once<'a>(reply: impl FnOnce() -> Result<Reply, Reply> + Send + 'a) -> Answering<'a> {
    Box::pin(async move { reply().unwrap_or_else(|refused| refused) })
}

fn wrong(message: &impl Display) -> Reply {
    Reply::refused(StatusCode::BAD_REQUEST, &message.to_string())
}
