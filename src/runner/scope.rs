//! What the names of a case stand for at one moment, and the jobs that it created so far.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value};

use super::context::Context;
use crate::check::Judgement;
use crate::plan::planned;
use crate::scenario::{CALLBACK, Datum, Lookup, Unbound};
use crate::target::Job;

/// A job that the case asked the server to create.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Instance {
    /// When its creating request began to be sent.
    pub(super) sent: Duration,
    /// When the answer to that was complete.
    pub(super) answered: Duration,
    /// When a hook released it: began, was done.
    pub(super) released: Option<(Duration, Duration)>,
    /// The arguments it was created with.
    pub(super) arguments: Map<String, Value>,
    /// Whether those travelled as texts.
    pub(super) as_text: bool,
}

impl Instance {
    /// Before this moment the job cannot have ended; `None` if it cannot have ended at all yet.
    pub(super) fn earliest_end(&self, job: &Job) -> Option<Duration> {
        match (job.release_by_hook, self.released) {
            (false, _) => Some(self.sent + job.earliest_end()),
            (true, Some((began, _))) => Some(began + job.runs.at_least),
            (true, None) => None,
        }
    }

    /// After this moment the job has ended; `None` if that is not known.
    pub(super) fn latest_end(&self, job: &Job) -> Option<Duration> {
        match (job.release_by_hook, self.released) {
            (false, _) => Some(self.answered + job.latest_end()),
            (true, Some((_, done))) => Some(done + job.runs.at_most),
            (true, None) => None,
        }
    }
}

/// Names and jobs at one moment; branches work on copies.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    /// Captured names.
    pub(super) captured: BTreeMap<String, Value>,
    /// Names that a step should have captured and did not: the step's label, and why where that is known.
    pub(super) missing: BTreeMap<String, String>,
    /// The step of the first poll that did not end as it should: what comes after it meets a job in another state than
    /// the scenario means.
    pub(super) unended: Option<String>,
    /// The jobs by alias.
    pub(super) jobs: BTreeMap<String, Instance>,
    /// The alias that was created last.
    pub(super) last: Option<String>,
    /// The round, inside `repeat`.
    pub(super) index: Option<u32>,
    /// What the inputs of the fragment stand for, inside one.
    pub(super) inputs: BTreeMap<String, Datum>,
    /// How many more 502s are tolerated.
    pub(super) budget: u64,
}

impl Scope {
    /// The scope before the first step.
    pub(super) fn new(budget: u64) -> Self {
        Self {
            captured: BTreeMap::new(),
            missing: BTreeMap::new(),
            unended: None,
            jobs: BTreeMap::new(),
            last: None,
            index: None,
            inputs: BTreeMap::new(),
            budget,
        }
    }

    /// Whether a step so far has captured this name, or should have.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.captured.contains_key(name) || self.missing.contains_key(name)
    }

    /// What a judgement says after the polls so far. Where one did not end as it should, the same mistake may be behind
    /// whatever is wrong after it, and nobody is blamed for that twice.
    pub(super) fn after_the_end(&self, judgement: Judgement) -> Judgement {
        match (&self.unended, judgement) {
            (Some(step), Judgement::Violated(_)) => Judgement::NotReached(format!(
                "it is not so, but the poll of step {step} had not ended as it should"
            )),
            (_, judgement) => judgement,
        }
    }

    /// The reason why a template or a check has no value here.
    pub(super) fn explain(&self, unbound: &Unbound) -> String {
        match unbound {
            Unbound::Name(name) => match self.missing.get(name) {
                Some(step) => format!("`{name}` was not captured in step {step}"),
                None => format!("`{name}` has no value"),
            },
            Unbound::Sum(reason) => reason.clone(),
        }
    }

    /// Takes over what a branch captured and created; what it merely had from before says nothing against what another
    /// branch did since.
    pub(super) fn merge(&mut self, branch: Self, before: &Self) {
        self.captured.extend(changed(branch.captured, &before.captured));
        for (name, step) in changed(branch.missing, &before.missing) {
            if self.captured.get(&name) == before.captured.get(&name) {
                self.captured.remove(&name);
            }
            self.missing.insert(name, step);
        }
        self.unended = self.unended.take().or(branch.unended);
        self.jobs.extend(changed(branch.jobs, &before.jobs));
        if branch.last != before.last {
            self.last = branch.last;
        }
        self.budget = self.budget.saturating_sub(before.budget.saturating_sub(branch.budget));
    }
}

/// The entries that are not as they were.
fn changed<V: PartialEq>(
    entries: BTreeMap<String, V>,
    before: &BTreeMap<String, V>,
) -> impl Iterator<Item = (String, V)> {
    entries.into_iter().filter(|(name, value)| before.get(name) != Some(value))
}

/// A scope in its case, as the acting principal sees it: everything that an expression may name.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) scope: &'a Scope,
    pub(super) principal: &'a str,
}

impl Lookup for Names<'_> {
    fn look_up(&self, name: &str) -> Option<Datum> {
        let Some((family, rest)) = name.split_once('.') else { return self.plain(name).map(Datum::Json) };
        let Context { case, target, protocol, .. } = self.context;
        match family {
            "principal" => {
                let secret = self.context.credential(self.principal)?;
                Some(Datum::Json(secret.expose().into()))
            }
            "input" => self.scope.inputs.get(rest).cloned(),
            CALLBACK if self.context.addresses.url(rest).is_some() => {
                self.context.addresses.url(rest).map(|url| Datum::Json(url.into()))
            }
            "unknown" if rest == "uuid" => Some(Datum::Json(self.context.unknown_uuid.as_str().into())),
            "unknown" if rest == "id" => Some(Datum::Json(self.context.unknown_id.into())),
            _ => match case.bindings.get(family) {
                Some(job) => self.context.job_property(family, job, rest),
                None => planned(target, protocol, &case.row, name),
            },
        }
    }
}

impl Names<'_> {
    fn plain(&self, name: &str) -> Option<Value> {
        match (name, self.scope.index) {
            ("index", Some(index)) => Some(index.into()),
            _ => self.scope.captured.get(name).cloned(),
        }
    }
}
