//! What jobs to come are to do, set from outside.

use std::fmt;

use serde_json::{Value, json};

use crate::diagnostic::nearest;
use crate::mock::fixture::NextJob;
use crate::mock::journal::Event;
use crate::mock::server::Session;

/// A script that is set.
#[derive(Debug, Clone)]
pub struct Scripted {
    /// What names it.
    pub id: u64,
    /// What it says.
    pub next: NextJob,
    /// How many jobs it has had.
    pub used: u64,
}

/// Why a script was not set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScriptError {
    /// No process or trigger has this name.
    Unknown {
        /// The name.
        name: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// There are as many as there may be.
    TooMany(usize),
}

impl fmt::Display for ScriptError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { name, nearest: Some(nearest) } => {
                write!(out, "no process or trigger is called `{name}`; did you mean `{nearest}`?")
            }
            Self::Unknown { name, nearest: None } => write!(out, "no process or trigger is called `{name}`"),
            Self::TooMany(room) => {
                write!(out, "{room} scripts wait for their jobs already; forget them first")
            }
        }
    }
}

impl std::error::Error for ScriptError {}

impl Scripted {
    /// The script as JSON.
    pub fn to_json(&self) -> Value {
        let mut written = json!({ "id": self.id, "used": self.used });
        if let (Some(written), Value::Object(more)) = (written.as_object_mut(), self.next.to_json()) {
            written.extend(more);
        }
        written
    }
}

impl Session {
    /// Says what the next jobs that fit are to do, and gives the id of the script. Of several that fit the oldest counts.
    pub fn script(&self, next: NextJob) -> Result<u64, ScriptError> {
        let fixtures = &self.shared().configuration().fixtures;
        if let Some(name) = next.fixture.as_deref().filter(|name| fixtures.label(name).is_none()) {
            let nearest = nearest(name, fixtures.names()).map(str::to_owned);
            return Err(ScriptError::Unknown { name: name.to_owned(), nearest });
        }
        let words = next.to_string();
        let id = self.shared().lock().scripts.add(next).map_err(|full| ScriptError::TooMany(full.0))?;
        self.shared().note(0, || Event::Steered(format!("script {id} for {words}")));
        Ok(id)
    }

    /// Every script, the oldest first; one that has had all its jobs stays until there is no more room.
    pub fn scripts(&self) -> Vec<Scripted> {
        let world = self.shared().lock();
        world.scripts.all().map(|(id, next, used)| Scripted { id, next: next.clone(), used }).collect()
    }

    /// Forgets every script.
    pub fn clear_scripts(&self) {
        self.shared().lock().scripts.clear();
        self.shared().note(0, || Event::Steered("forget every script".to_owned()));
    }
}
