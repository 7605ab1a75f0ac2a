//! What a client is told in its environment: the whole of the contract besides standard output and exit status.

use super::situation::{Action, Situation};
use crate::mock::Fixtures;
use crate::mock::fixture::{Process, Trigger};

/// A variable of a client's environment.
#[derive(Debug)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub doc: &'static str,
    value: fn(&Told<'_>) -> Option<String>,
}

/// What the values are made of.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The situation.
    pub situation: &'a Situation,
    /// Processes and triggers.
    pub fixtures: &'a Fixtures,
    /// The base URL of the protocol.
    pub base: &'a str,
    /// The client's own credential.
    pub token: &'a str,
}

/// Every variable, in the order of the documentation.
pub static VARIABLES: [Variable; 11] = [
    Variable {
        name: "ORCHSPEC_ACTION",
        doc: "what to do: invoke, run, cancel, cancel-done or download",
        value: |told| Some(told.situation.task.action.word().to_owned()),
    },
    Variable {
        name: "ORCHSPEC_URL",
        doc: "the URL of the trigger, or the base URL of the task queue",
        value: |told| Some(told.url()),
    },
    Variable { name: "ORCHSPEC_TOKEN", doc: "your credential", value: |told| Some(told.token.to_owned()) },
    Variable {
        name: "ORCHSPEC_METHOD",
        doc: "the method that starts the trigger",
        value: |told| told.trigger().map(|own| own.verb.to_string()),
    },
    Variable {
        name: "ORCHSPEC_MODE",
        doc: "the call mode that the trigger answers in",
        value: |told| told.mode(),
    },
    Variable {
        name: "ORCHSPEC_PROCESS",
        doc: "the token of the process",
        value: |told| told.process().map(|own| own.uuid.to_string()),
    },
    Variable {
        name: "ORCHSPEC_ARGUMENTS",
        doc: "the arguments of the job, a JSON object",
        value: |told| Some(told.situation.task.arguments.to_string()),
    },
    Variable {
        name: "ORCHSPEC_FILE",
        doc: "the name of the file to download",
        value: |told| told.situation.task.file.clone(),
    },
    Variable {
        name: "ORCHSPEC_INTERVAL",
        doc: "the pause between two polls, in seconds",
        value: |told| Some(told.situation.limits.interval.as_secs_f64().to_string()),
    },
    Variable {
        name: "ORCHSPEC_ATTEMPTS",
        doc: "give up after so many polls",
        value: |told| Some(told.situation.limits.attempts.to_string()),
    },
    Variable {
        name: "ORCHSPEC_SITUATION",
        doc: "the name of the situation, for your log",
        value: |told| Some(told.situation.id.clone()),
    },
];

/// The variables that this client gets; what does not apply is not set.
pub fn environment(told: &Told<'_>) -> Vec<(&'static str, String)> {
    VARIABLES.iter().filter_map(|variable| Some((variable.name, (variable.value)(told)?))).collect()
}

impl<'a> Told<'a> {
    /// Whether the mock has what the situation asks for.
    pub fn is_served(&self) -> bool {
        self.trigger().is_some() || self.process().is_some()
    }

    fn invokes(&self) -> bool {
        self.situation.task.action == Action::Invoke
    }

    fn trigger(&self) -> Option<&'a Trigger> {
        let name = self.situation.task.fixture.as_str();
        self.fixtures.triggers.iter().find(|own| *own.name == *name).filter(|_| self.invokes())
    }

    fn process(&self) -> Option<&'a Process> {
        let name = self.situation.task.fixture.as_str();
        self.fixtures.processes.iter().find(|own| *own.name == *name).filter(|_| !self.invokes())
    }

    fn url(&self) -> String {
        let Told { situation, base, .. } = self;
        if self.invokes() { format!("{base}/t/{}", situation.task.fixture) } else { (*base).to_owned() }
    }

    fn mode(&self) -> Option<String> {
        let asked = self.situation.task.arguments.get("$callMode").and_then(serde_json::Value::as_str);
        let own = self.trigger()?.mode.name();
        Some(asked.unwrap_or(own).to_owned())
    }
}
