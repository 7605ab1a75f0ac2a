//! All jobs of one mock, and everything that can be done to them. Told the time, never asks for it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use super::{Cause, Ending, Job, JobKey, Order, State};

/// All jobs of one mock.
#[derive(Debug, Default)]
pub(crate) struct Engine {
    jobs: BTreeMap<JobKey, Job>,
    by_number: BTreeMap<u64, JobKey>,
    schedule: BTreeSet<(Duration, JobKey)>,
    changed: BTreeSet<JobKey>,
    last: u64,
    /// What all jobs hold of the requests that they came from, in bytes.
    weight: usize,
}

/// How much an engine remembers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) jobs: usize,
    /// Bytes of the requests that they came from.
    pub(crate) weight: usize,
}

impl Room {
    /// So many eighths of it.
    pub(crate) fn eighths(self, count: usize) -> Self {
        let part = |whole: usize| (whole / 8).saturating_mul(count) + whole % 8;
        Self { jobs: part(self.jobs), weight: part(self.weight) }
    }
}

impl Engine {
    /// The number that the next job would get by itself.
    pub(crate) fn next_number(&self) -> u64 {
        const FIRST: u64 = 955;
        FIRST + self.last
    }

    pub(crate) fn create(&mut self, order: Order, now: Duration) -> JobKey {
        self.last += 1;
        let key = JobKey(self.last);
        self.by_number.insert(order.number, key);
        self.weight += order.weight;
        self.jobs.insert(key, Job::new(order, now));
        self.reschedule(key, None);
        key
    }

    pub(crate) fn read(&self, key: JobKey) -> Option<&Job> {
        self.jobs.get(&key)
    }

    /// The job that the outside knows by this number.
    pub(crate) fn find(&self, number: u64) -> Option<JobKey> {
        self.by_number.get(&number).copied()
    }

    /// All jobs in the order of their creation.
    pub(crate) fn jobs(&self) -> impl DoubleEndedIterator<Item = (JobKey, &Job)> {
        self.jobs.iter().map(|(key, job)| (*key, job))
    }

    /// Makes every move that is due up to `now`, in the order of their instants.
    pub(crate) fn advance(&mut self, now: Duration) {
        while let Some((at, key)) = self.schedule.first().copied().filter(|(at, _)| *at <= now) {
            self.touch(key, |job| job.tick(at));
        }
    }

    /// The next instant at which this job moves by itself.
    pub(crate) fn due(&self, key: JobKey) -> Option<Duration> {
        self.jobs.get(&key).and_then(Job::due)
    }

    /// The next instant at which any job moves by itself.
    pub(crate) fn next_due(&self) -> Option<Duration> {
        self.schedule.first().map(|(at, _)| *at)
    }

    /// Takes a waiting job out of the queue; says whether it did.
    pub(crate) fn cancel(&mut self, key: JobKey, now: Duration) -> bool {
        let waiting = self.jobs.get(&key).is_some_and(|job| job.state.is_waiting());
        if waiting {
            self.touch(key, |job| job.enter(State::Cancelled, Cause::Caller, now));
        }
        waiting
    }

    pub(crate) fn hold(&mut self, key: JobKey, now: Duration) {
        self.touch(key, |job| job.hold(now));
    }

    /// Lets a held job go on; says whether it was held.
    pub(crate) fn release(&mut self, key: JobKey, now: Duration) -> bool {
        let mut was_held = false;
        self.touch(key, |job| was_held = job.release(now));
        was_held
    }

    /// Lets a waiting job begin its run now, whatever it waited for.
    pub(crate) fn start(&mut self, key: JobKey, now: Duration) {
        self.touch(key, |job| job.start(now));
        self.advance(now);
    }

    /// Ends a job at once with the error `message`.
    pub(crate) fn fail(&mut self, key: JobKey, message: &str, now: Duration) {
        self.touch(key, |job| {
            if !job.state.is_final() {
                job.order.ending = Ending::Fault(message.to_owned());
                job.enter(State::Failed, Cause::Hook, now);
            }
        });
    }

    /// Somebody looks at a job.
    pub(crate) fn look(&mut self, key: JobKey, now: Duration) {
        if self.read(key).is_some_and(Job::ends_by_looks) {
            self.touch(key, |job| job.look(now));
        }
    }

    /// Ends a job at once as it would have ended, or with this output.
    pub(crate) fn complete(&mut self, key: JobKey, output: Option<Value>, now: Duration) {
        self.touch(key, |job| job.complete(output, now));
    }

    /// Changes a job against its own rules; nothing but a defect does that.
    pub(crate) fn distort(&mut self, key: JobKey, change: impl FnOnce(&mut Job)) {
        self.touch(key, change);
    }

    /// Forgets one job.
    pub(crate) fn forget(&mut self, key: JobKey) {
        if let Some(at) = self.due(key) {
            self.schedule.remove(&(at, key));
        }
        self.remove(key);
        self.changed.insert(key);
    }

    fn remove(&mut self, key: JobKey) -> Option<Job> {
        let job = self.jobs.remove(&key)?;
        let number = job.order.number;
        if self.by_number.get(&number) == Some(&key) {
            self.by_number.remove(&number);
        }
        self.weight = self.weight.saturating_sub(job.order.weight);
        Some(job)
    }

    pub(crate) fn count(&self) -> usize {
        self.jobs.len()
    }

    /// Whether there is more to remember than there is room for.
    pub(crate) fn exceeds(&self, room: Room) -> bool {
        self.jobs.len() > room.jobs || self.weight > room.weight
    }

    /// Forgets jobs that have ended, the oldest first, until the others have room; each with its number outside.
    pub(crate) fn forget_oldest(&mut self, room: Room) -> Vec<(JobKey, u64)> {
        let ended = self.jobs.iter().filter(|(_, job)| job.state.is_final()).map(|(key, _)| *key);
        let mut forgotten = Vec::new();
        for key in ended.collect::<Vec<_>>() {
            if !self.exceeds(room) {
                break;
            }
            forgotten.extend(self.remove(key).map(|job| (key, job.order.number)));
        }
        forgotten
    }

    /// Forgets every job; numbers are not used again.
    pub(crate) fn clear(&mut self) {
        *self = Self { last: self.last, ..Self::default() };
    }

    /// Whether a job was touched since they were taken.
    pub(crate) fn has_changed(&self) -> bool {
        !self.changed.is_empty()
    }

    /// The jobs that were touched since the last call.
    pub(crate) fn take_changed(&mut self) -> BTreeSet<JobKey> {
        std::mem::take(&mut self.changed)
    }

    fn touch(&mut self, key: JobKey, change: impl FnOnce(&mut Job)) {
        let Some(job) = self.jobs.get_mut(&key) else { return };
        let before = job.due();
        change(job);
        self.changed.insert(key);
        self.reschedule(key, before);
    }

    fn reschedule(&mut self, key: JobKey, before: Option<Duration>) {
        if let Some(at) = before {
            self.schedule.remove(&(at, key));
        }
        if let Some(at) = self.due(key) {
            self.schedule.insert((at, key));
        }
    }
}
