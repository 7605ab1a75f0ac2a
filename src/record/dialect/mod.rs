//! What a recorded act means in its protocol: its name, what is expected of it, and which requirements that stands for.
//!
//! A requirement is cited only where the check asks for what it says, and where the recorded answer met it. What an
//! answer did otherwise is kept as it came, and covers nothing.

mod elma;
mod uipath;

use std::sync::LazyLock;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::fold::Act;
use super::line::Line;
use super::need::{Limit, Side, Time};
use crate::profile::{Judged, Operation, Profile, Reading};
use crate::target::{Job, JobKind, Protocol, Target};

/// Every protocol that can be recorded.
const DIALECTS: &[&dyn Dialect] = &[&elma::Elma, &uipath::Uipath];

/// The dialect of a profile.
pub(super) fn find(profile: &str) -> Option<&'static dyn Dialect> {
    DIALECTS.iter().copied().find(|dialect| dialect.profile() == profile)
}

/// A protocol as a client's traffic shows it.
pub(super) trait Dialect: Sync {
    /// The name of its profile.
    fn profile(&self) -> &'static str;

    /// Whether an exchange asks how a job stands, as clients do again and again.
    fn asks(&self, lines: &[Line<'_>], at: usize) -> bool;

    /// Whether the answer to such a question says that the job goes on.
    fn goes_on(&self, line: &Line<'_>) -> bool;

    /// What an act is called and what is expected of it.
    fn phrase(&self, scene: &Scene<'_>) -> Phrase;
}

/// What an answer that concerns no job of the recording was given.
static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

/// An act and what is known around it.
pub(super) struct Scene<'a> {
    /// The act.
    pub act: &'a Act,
    /// Every exchange.
    pub lines: &'a [Line<'a>],
    /// The job that it concerns.
    pub job: Option<Concerned<'a>>,
    /// Whether it reads what the end of a poll led to.
    pub reads_output: bool,
    /// The target.
    pub target: &'a Target,
    /// What its file says of the protocol.
    pub protocol: &'a Protocol,
    /// How its answers are read.
    pub profile: &'static dyn Profile,
}

/// A job that the recording created.
#[derive(Clone, Copy)]
pub(super) struct Concerned<'a> {
    /// The entry.
    pub job: &'a Job,
    /// The name that the scenario gives it.
    pub alias: &'a str,
    /// The exchange that created it.
    pub creation: &'a Line<'a>,
    /// Whether the scenario has other jobs.
    pub among_others: bool,
}

/// What a step says besides its request.
#[derive(Debug, Default)]
pub(super) struct Phrase {
    /// Its name.
    pub name: &'static str,
    /// What `poll` or `follow` have with them, in the order of writing.
    pub beside: Vec<(&'static str, Value)>,
    /// Expectation blocks.
    pub expect: Vec<Value>,
    /// The name of the golden copy, if one is taken.
    pub snapshot: Option<&'static str>,
    /// Without these the job might show another flow.
    pub limits: Vec<Limit>,
    /// Whether the target must declare how long it holds calls.
    pub hold: bool,
    /// What whoever reads the scenario should know.
    pub remark: Option<String>,
}

impl<'a> Scene<'a> {
    /// The first exchange: its request is the step's.
    pub(super) fn first(&self) -> &'a Line<'a> {
        &self.lines[self.act.first()]
    }

    /// The last exchange: its answer is the step's.
    pub(super) fn last(&self) -> &'a Line<'a> {
        &self.lines[self.act.last()]
    }

    /// How the last answer reads.
    pub(super) fn reading(&self) -> Reading {
        self.profile.read(self.last().response, self.judged())
    }

    /// What the answer is judged by.
    fn judged(&self) -> Judged<'a> {
        let creation = self.job.map(|concerned| &concerned.creation.call);
        Judged {
            operation: self.last().operation(),
            filename: self.first().call.filename.as_deref(),
            policies: &self.protocol.policies,
            job: self.job.map(|concerned| concerned.job),
            sent: creation.map_or(&*NOTHING, |call| &call.sent),
            sent_as_text: creation.is_some_and(|call| call.sent_as_text),
        }
    }

    /// The result of the job, as the last answer gives it; what it is not is not asked for.
    pub(super) fn result(&self, output: &[&str], fault: &[&str]) -> (Value, Option<String>) {
        let (response, judged) = (self.last().response, self.judged());
        let Some(Concerned { job, alias, among_others, .. }) = self.job else {
            return (self.plain(&[]), None);
        };
        let fails = job.kind == JobKind::Fault;
        let (differences, word, covers) = if fails {
            (self.profile.compare_fault(response, judged), "fault", fault)
        } else {
            (self.profile.compare_output(response, judged), "output", output)
        };
        if let Some(first) = differences.first() {
            let place = &first.place;
            let remark = format!(
                "the answer is not the {word} that the target file declares for `{}`: {place}",
                job.label
            );
            return (self.plain(&[]), Some(remark));
        }
        let block =
            if among_others { json!({ "job": alias, "result": word }) } else { json!({ "result": word }) };
        (covering(covers, &block), None)
    }

    /// How the last answer reads, or its status where that says more.
    pub(super) fn plain(&self, success: &[&str]) -> Value {
        match self.reading() {
            Reading::Success => covering(success, &json!({ "result": "success" })),
            Reading::Refused => json!({ "result": "refused" }),
            Reading::Broken | Reading::Unreadable => json!({ "status": self.last().response.status }),
        }
    }

    /// A poll that ended with an answer that is no end of a job.
    pub(super) fn broken_off(&self, name: &'static str, pending: Value) -> Phrase {
        let beside = self.polling(pending, self.plain(&[]));
        let remark = Some("the poll ended with an answer that says nothing of an end".to_owned());
        Phrase { name, beside, remark, ..Phrase::default() }
    }

    /// The keys of a poll. Among several jobs the one that counts is named.
    pub(super) fn polling(&self, pending: Value, until: Value) -> Vec<(&'static str, Value)> {
        let named = self.job.filter(|concerned| concerned.among_others);
        let job = named.map(|concerned| ("job", concerned.alias.into()));
        job.into_iter().chain([("within", self.within()), ("pending", pending), ("until", until)]).collect()
    }

    /// Until when the job has ended, if one is known.
    pub(super) fn within(&self) -> Value {
        match self.job {
            Some(Concerned { alias, .. }) => {
                format!("${{{{ {alias}.latest_end + target.lag + target.margin }}}}").into()
            }
            None => "1m".into(),
        }
    }

    /// A limit that the job meets, if it does: with it a flow that takes time is sure to show.
    pub(super) fn limit(&self, side: Side, text: &str, length: Option<Duration>) -> Option<Limit> {
        let (job, length) = (self.job?.job, length?);
        let meets = |time: &Time| match side {
            Side::Longer => time.of(job).at_least > length,
            Side::Shorter => time.of(job).at_most < length && job.latest_end() < length,
        };
        let time = Time::ALL.into_iter().find(meets)?;
        Some(Limit { time, side, text: format!("${{{{ {text} }}}}"), length })
    }

    /// The limit with which a poll sees its job at work more than once, if the job meets it and the client saw it.
    pub(super) fn outlives_polls(&self) -> Option<Limit> {
        let timing = &self.target.timing;
        let length = timing.prompt + timing.poll * 3;
        let was_seen = self.act.lines.len() > 1;
        self.limit(Side::Longer, "target.prompt + target.poll * 3", Some(length)).filter(|_| was_seen)
    }

    /// Whether the exchange was refused to somebody without a valid credential.
    pub(super) fn is_for_lack_of_credentials(&self) -> bool {
        let nobody = crate::scenario::UNREGISTERED_PRINCIPALS.contains(&self.first().principal.as_str());
        nobody && self.reading() == Reading::Refused
    }
}

/// Whether the exchange creates a job, or was to.
pub(super) fn creates(line: &Line<'_>) -> bool {
    line.operation() == Operation::Create
}

/// A block with what it covers in front.
pub(super) fn covering(covers: &[&str], block: &Value) -> Value {
    let mut all = Map::new();
    if !covers.is_empty() {
        all.insert("covers".to_owned(), covers.into());
    }
    all.extend(block.as_object().cloned().unwrap_or_default());
    Value::Object(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::PROFILES;

    #[test]
    fn every_profile_with_prepared_jobs_has_its_dialect() {
        let with_jobs = PROFILES.iter().filter(|profile| profile.create_word().is_some());
        let names: Vec<&str> = with_jobs.map(|profile| profile.name()).collect();
        assert_eq!(names, DIALECTS.iter().map(|dialect| dialect.profile()).collect::<Vec<_>>());
    }
}
