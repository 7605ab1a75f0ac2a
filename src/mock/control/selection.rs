//! Which jobs a hook message names: by handle, by mark, or all of a fixture.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::mock::configuration::Configuration;
use crate::mock::engine::{Job, JobKey};
use crate::mock::protocol::uipath;
use crate::mock::server::World;

/// The named jobs, in the order of their creation.
pub(super) struct Selection {
    pub(super) jobs: Vec<JobKey>,
    pub(super) label: Option<Arc<str>>,
    /// The whole fixture is meant, not single jobs of it.
    pub(super) whole: bool,
}

pub(super) fn read(
    configuration: &Configuration,
    world: &World,
    message: &Map<String, Value>,
) -> Result<Selection, String> {
    let label = label(configuration, message)?;
    if let Some(handle) = message.get("handle").filter(|handle| !handle.is_null()) {
        let job = by_handle(world, handle).ok_or_else(|| format!("no job has the handle {handle}"))?;
        return Ok(Selection { jobs: vec![job], label, whole: false });
    }
    let mark = message.get("mark").filter(|mark| !mark.is_null());
    if label.is_none() && mark.is_none() {
        return Err("the message names no job; give `job`, `handle` or `mark`".to_owned());
    }
    let fits = |job: &Job| {
        label.as_ref().is_none_or(|label| job.order.label == *label)
            && mark.is_none_or(|mark| is_marked(job, mark))
    };
    let jobs = world.engine.jobs().filter(|(_, job)| fits(job)).map(|(key, _)| key).collect();
    Ok(Selection { jobs, label, whole: mark.is_none() })
}

fn label(configuration: &Configuration, message: &Map<String, Value>) -> Result<Option<Arc<str>>, String> {
    let Some(name) = message.get("job").filter(|name| !name.is_null()) else { return Ok(None) };
    let known = name.as_str().and_then(|name| configuration.fixtures.label(name));
    known.map(Some).ok_or_else(|| format!("no job is called {name}"))
}

fn is_marked(job: &Job, mark: &Value) -> bool {
    ["mark", "mark_in"].iter().any(|name| job.order.arguments.get(*name) == Some(mark))
}

/// A task id as number or text, or a status URI in any form.
fn by_handle(world: &World, handle: &Value) -> Option<JobKey> {
    let number = handle.as_u64().or_else(|| handle.as_str()?.parse().ok());
    match number {
        Some(number) => world.engine.find(number),
        None => uipath::ticket_of(world, handle.as_str()?).map(|ticket| ticket.job),
    }
}
