//! How long a conformant server can keep a case busy, and how many jobs the case creates.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::bind::PlanningNames;
use super::names::INPUT;
use super::program::{Act, InputAct, Instruction, PollAct, RepeatAct, UseAct};
use crate::profile::Profile;
use crate::scenario::{Datum, Lookup, Template};
use crate::target::{Cap, Job};

/// What a case costs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// How long it takes at the most.
    pub(super) time: Duration,
    /// How many jobs it creates at the most.
    pub(super) jobs: u64,
}

/// What prediction looks at.
pub(super) struct Predictor<'a> {
    pub(super) names: PlanningNames<'a>,
    pub(super) bindings: &'a BTreeMap<String, Arc<Job>>,
    pub(super) profile: &'static dyn Profile,
    /// What a fragment's inputs stand for, inside it.
    pub(super) inputs: BTreeMap<String, Datum>,
}

impl Lookup for Predictor<'_> {
    fn look_up(&self, name: &str) -> Option<Datum> {
        let (alias, property) = name.split_once('.')?;
        if alias == INPUT {
            return self.inputs.get(property).cloned();
        }
        let Some(job) = self.bindings.get(alias) else { return self.names.look_up(name) };
        match property {
            "earliest_end" => Some(Datum::Duration(job.earliest_end())),
            "latest_end" => Some(Datum::Duration(job.latest_end())),
            _ => self.profile.job_property(job, property).map(Datum::Json),
        }
    }
}

impl Predictor<'_> {
    /// The cost of steps that are done one after the other.
    pub(super) fn cost(&self, steps: &[Instruction]) -> Cost {
        steps.iter().map(|step| self.step(step)).fold(Cost::default(), in_sequence)
    }

    fn step(&self, step: &Instruction) -> Cost {
        match &step.act {
            Act::Request { words, follow } => self.request(words, follow.is_some()),
            Act::Poll(poll) => Cost { time: self.poll(poll), jobs: 0 },
            Act::Hook(_) => Cost::default(),
            Act::Wait(template) => Cost { time: template.duration(self).unwrap_or_default(), jobs: 0 },
            Act::Await(wait) => Cost { time: wait.within.duration(self).unwrap_or_default(), jobs: 0 },
            Act::Repeat(repeat) => self.repeat(repeat),
            Act::Parallel(branches) => {
                branches.iter().map(|branch| self.cost(branch)).fold(Cost::default(), at_once)
            }
            Act::Either(ways) => {
                ways.iter().map(|way| self.cost(&way.steps)).fold(Cost::default(), whichever)
            }
            Act::Use(fragment) => self.fragment(fragment),
        }
    }

    fn request(&self, words: &Template, followed: bool) -> Cost {
        let alias = self.profile.create_word().and_then(|word| words.entry(word));
        let alias = alias.as_ref().and_then(Template::constant).and_then(|value| value.as_str());
        let Some(job) = alias.and_then(|alias| self.bindings.get(alias)) else {
            return Cost { time: self.held_by_request(words), jobs: 0 };
        };
        let mode = words.entry("mode").and_then(|mode| mode.json(self).ok());
        let mode = mode.as_ref().and_then(|mode| mode.as_str());
        let time = if self.profile.is_held(mode, job) { self.held(job, followed) } else { Duration::ZERO };
        Cost { time, jobs: 1 }
    }

    /// How long the words themselves let the server hold the answer.
    fn held_by_request(&self, words: &Template) -> Duration {
        let hold = self.profile.create_word().is_none().then(|| words.entry("hold")).flatten();
        hold.and_then(|hold| hold.duration(self).ok()).unwrap_or_default()
    }

    /// Inputs that only a captured value decides count as nothing.
    fn fragment(&self, fragment: &UseAct) -> Cost {
        let value = |input: &InputAct| Some((input.name.clone(), input.value.evaluate(self).ok()?));
        let inputs = fragment.inputs.iter().filter_map(value).collect();
        let Self { names, bindings, profile, .. } = self;
        Predictor { names: *names, bindings, profile: *profile, inputs }.cost(&fragment.steps)
    }

    /// A held call counts until the job ends, but no longer than the cap and one more hold.
    fn held(&self, job: &Job, followed: bool) -> Duration {
        let protocol = self.names.protocol;
        let hold = protocol.hold.map_or(Duration::ZERO, |hold| hold.at_most);
        let margin = self.names.target.timing.margin;
        if !followed {
            return job.latest_end().min(hold + margin);
        }
        match protocol.cap {
            Some(Cap::After(cap)) => job.latest_end().min(cap + hold + margin),
            _ => job.latest_end(),
        }
    }

    fn poll(&self, poll: &PollAct) -> Duration {
        let lag = self.names.target.timing.lag;
        let named = poll.job.as_ref().and_then(|alias| self.bindings.get(alias));
        let latest = match named {
            Some(job) => job.latest_end(),
            None => self.bindings.values().map(|job| job.latest_end()).max().unwrap_or_default(),
        };
        let within = poll.within.duration(self).unwrap_or(latest + lag);
        if self.profile.create_word().is_none() { within } else { within.min(latest + lag) }
    }

    fn repeat(&self, repeat: &RepeatAct) -> Cost {
        let round = self.cost(&repeat.steps);
        let pause = repeat.every.as_ref().and_then(|every| every.duration(self).ok()).unwrap_or_default();
        let rounds = if repeat.at_once { 1 } else { repeat.times };
        Cost {
            time: round.time.saturating_mul(rounds) + pause.saturating_mul(rounds.saturating_sub(1)),
            jobs: round.jobs.saturating_mul(u64::from(repeat.times)),
        }
    }
}

fn in_sequence(one: Cost, other: Cost) -> Cost {
    Cost { time: one.time.saturating_add(other.time), jobs: one.jobs.saturating_add(other.jobs) }
}

fn whichever(one: Cost, other: Cost) -> Cost {
    Cost { time: one.time.max(other.time), jobs: one.jobs.max(other.jobs) }
}

fn at_once(one: Cost, other: Cost) -> Cost {
    Cost { time: one.time.max(other.time), jobs: one.jobs.saturating_add(other.jobs) }
}
