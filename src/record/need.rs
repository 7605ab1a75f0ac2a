//! `needs.jobs`: what to ask for, so that the job which the client used is the one that is bound again.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::clock::format_duration;
use crate::target::{Binding, Job, JobNeed, Protocol, Window, bind};

/// A limit of a length of time, without which a replay would show another flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limit {
    /// Of which time.
    pub time: Time,
    /// From which side.
    pub side: Side,
    /// As an expression.
    pub text: String,
    /// As this target has it.
    pub length: Duration,
}

/// A time of a job that scenarios can limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    /// How long it runs.
    Runs,
    /// How long it waits.
    Queued,
}

/// From where a time is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// From below.
    Longer,
    /// From above.
    Shorter,
}

impl Time {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::Runs, Self::Queued];

    /// As a job has it.
    pub(super) fn of(self, job: &Job) -> Window {
        match self {
            Self::Runs => job.runs,
            Self::Queued => job.queued,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Queued => "queued",
        }
    }
}

impl Side {
    const fn word(self) -> &'static str {
        match self {
            Self::Longer => "longer_than",
            Self::Shorter => "shorter_than",
        }
    }
}

/// What a scenario asks of the job, and the label of the entry that this binds if it is another one.
pub(super) fn ask(
    job: &Job,
    mode: Option<&str>,
    limits: &[Limit],
    protocol: &Protocol,
) -> (Value, Option<String>) {
    let mut asking = Asking::new(job, mode);
    for limit in limits {
        asking.limit(limit);
    }
    for narrow in NARROWER {
        if asking.binds(protocol).is_none() {
            break;
        }
        narrow(&mut asking, job, protocol);
    }
    let other = asking.binds(protocol);
    (Value::Object(asking.words), other)
}

/// What is asked for besides, one after the other, until only the job itself is left.
const NARROWER: [fn(&mut Asking<'_>, &Job, &Protocol); 6] = [
    |asking, job, _| asking.verb(job),
    |asking, job, _| asking.default_mode(job),
    |asking, job, protocol| asking.beside_others(job, protocol, (Time::Runs, Side::Longer)),
    |asking, job, protocol| asking.beside_others(job, protocol, (Time::Runs, Side::Shorter)),
    |asking, job, protocol| asking.beside_others(job, protocol, (Time::Queued, Side::Longer)),
    |asking, job, protocol| asking.beside_others(job, protocol, (Time::Queued, Side::Shorter)),
];

/// A need in the making: as `bind` takes it, and as a scenario writes it.
struct Asking<'j> {
    label: &'j str,
    need: JobNeed,
    words: Map<String, Value>,
}

impl<'j> Asking<'j> {
    fn new(job: &'j Job, mode: Option<&str>) -> Self {
        let mut words = Map::from_iter([("kind".to_owned(), job.kind.as_str().into())]);
        if let Some(mode) = mode {
            words.insert("mode".to_owned(), mode.into());
        }
        if job.release_by_hook {
            words.insert("release".to_owned(), "hook".into());
        }
        let need = JobNeed {
            mode: mode.map(str::to_owned),
            release_hook: job.release_by_hook,
            ..JobNeed::of(job.kind)
        };
        Self { label: &job.label, need, words }
    }

    /// The label of the entry that is bound, if it is another one.
    fn binds(&self, protocol: &Protocol) -> Option<String> {
        match bind(&self.need, protocol) {
            Binding::Bound(bound) if bound.label == self.label => None,
            Binding::Bound(bound) => Some(bound.label.clone()),
            Binding::Unattainable { .. } | Binding::NotMentioned { .. } => Some("none".to_owned()),
        }
    }

    fn verb(&mut self, job: &Job) {
        if let Some(verb) = job.verb() {
            self.need.verb = Some(verb.to_owned());
            self.words.insert("verb".to_owned(), verb.into());
        }
    }

    fn default_mode(&mut self, job: &Job) {
        if let Some(mode) = job.default_mode() {
            self.need.default_mode = Some(mode.to_owned());
            self.words.insert("default_mode".to_owned(), mode.into());
        }
    }

    /// A limit that keeps out the entries of its kind whose time is nearest.
    fn beside_others(&mut self, job: &Job, protocol: &Protocol, (time, side): (Time, Side)) {
        let own = time.of(job);
        let others =
            protocol.jobs.entries.iter().filter(|other| other.kind == job.kind).map(|other| time.of(other));
        let length = match side {
            Side::Longer => others.map(|other| other.at_least).filter(|length| *length < own.at_least).max(),
            Side::Shorter => others.map(|other| other.at_most).filter(|length| *length > own.at_most).min(),
        };
        if let Some(length) = length {
            self.limit(&Limit { time, side, text: format_duration(length), length });
        }
    }

    /// A limit that is there already says more than one that only tells entries apart.
    fn limit(&mut self, limit: &Limit) {
        let bounds = match limit.time {
            Time::Runs => &mut self.need.runs,
            Time::Queued => &mut self.need.queued,
        };
        let bound = match limit.side {
            Side::Longer => &mut bounds.longer_than,
            Side::Shorter => &mut bounds.shorter_than,
        };
        if bound.is_none() {
            *bound = Some(limit.length);
            self.words.entry(limit.time.word()).or_insert_with(|| json!({}))[limit.side.word()] =
                limit.text.as_str().into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::testing::protocol;
    use rstest::rstest;

    const JOBS: &str = "
    post:  { path: /1, verb: POST, mode: AsyncRequestReply, kind: sleep, runs: { at_least: 1s, at_most: 2s } }
    put:   { path: /2, verb: PUT, mode: AsyncRequestReply, kind: sleep, runs: { at_least: 1s, at_most: 2s } }
    sync:  { path: /3, verb: POST, mode: LongPolling, kind: sleep, runs: { at_least: 3s, at_most: 4s } }
    slow:  { path: /4, verb: POST, mode: AsyncRequestReply, kind: sleep, runs: { at_least: 30s, at_most: 40s } }
    same:  { path: /5, verb: POST, mode: AsyncRequestReply, kind: sleep, runs: { at_least: 30s, at_most: 40s } }
  capabilities: { call_mode: yes }
";

    #[rstest]
    #[case("post", json!({ "kind": "sleep", "mode": "AsyncRequestReply" }), None)]
    #[case("put", json!({ "kind": "sleep", "mode": "AsyncRequestReply", "verb": "PUT" }), None)]
    #[case("sync", json!({ "kind": "sleep", "mode": "AsyncRequestReply", "verb": "POST", "default_mode": "LongPolling" }), None)]
    #[case("slow", json!({ "kind": "sleep", "mode": "AsyncRequestReply", "verb": "POST",
        "default_mode": "AsyncRequestReply", "runs": { "longer_than": "3s" } }), None)]
    #[case("same", json!({ "kind": "sleep", "mode": "AsyncRequestReply", "verb": "POST",
        "default_mode": "AsyncRequestReply", "runs": { "longer_than": "3s" } }), Some("slow"))]
    fn as_little_is_asked_as_tells_the_job_apart(
        #[case] label: &str,
        #[case] expected: Value,
        #[case] other: Option<&str>,
    ) {
        let protocol = protocol("uipath", JOBS);
        let (asked, bound) =
            ask(protocol.jobs.get(label).unwrap(), Some("AsyncRequestReply"), &[], &protocol);
        assert_eq!((asked, bound.as_deref()), (expected, other));
    }
}
