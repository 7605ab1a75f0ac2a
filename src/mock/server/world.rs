//! Everything of one mock that changes: jobs, tickets for them, what was answered, who waits.

use std::collections::BTreeMap;
use std::time::Duration;

use hyper::StatusCode;
use tokio::sync::watch;

use crate::mock::engine::{Engine, Job, JobKey};
use crate::mock::fixture::Mode;
use crate::mock::protocol::Operation;
use crate::mock::server::Traffic;

/// What was answered to one call about a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Past {
    pub(crate) operation: Operation,
    pub(crate) status: StatusCode,
    pub(crate) at: Duration,
}

/// What a status or output URI stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ticket {
    pub(crate) job: JobKey,
    pub(crate) mode: Mode,
}

/// The mutable state of a mock, behind one lock.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) tickets: BTreeMap<String, Ticket>,
    /// Names of fixtures whose next jobs do not leave the queue.
    pub(crate) held_labels: Vec<&'static str>,
    /// How many calls wait for a job right now.
    pub(crate) parked: usize,
    /// How many requests the foreign origin has seen.
    pub(crate) foreign: u64,
    /// What the protocol's listener was asked for.
    pub(crate) traffic: Traffic,
    /// How often the gateway answered in the server's stead.
    pub(crate) lost: u64,
    pasts: BTreeMap<JobKey, Vec<Past>>,
    watched: BTreeMap<JobKey, watch::Sender<()>>,
    ordinals: BTreeMap<&'static str, u64>,
}

impl World {
    /// Makes every move that is due and wakes those who wait for it.
    pub(crate) fn advance(&mut self, now: Duration) {
        self.engine.advance(now);
        self.notify();
    }

    /// Wakes the calls that wait for a job that changed.
    pub(crate) fn notify(&mut self) {
        for key in self.engine.take_changed() {
            if let Some(sender) = self.watched.get(&key) {
                sender.send_replace(());
            }
        }
    }

    /// A receiver for every change of this job from now on.
    pub(crate) fn watch(&mut self, key: JobKey) -> watch::Receiver<()> {
        self.watched.entry(key).or_insert_with(|| watch::Sender::new(())).subscribe()
    }

    pub(crate) fn job(&self, key: Option<JobKey>) -> Option<&Job> {
        key.and_then(|key| self.engine.read(key))
    }

    /// What was answered about this job so far, the oldest first.
    pub(crate) fn past(&self, key: Option<JobKey>) -> &[Past] {
        key.and_then(|key| self.pasts.get(&key)).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn remember(&mut self, key: JobKey, past: Past) {
        self.pasts.entry(key).or_default().push(past);
    }

    /// How often that was counted so far.
    pub(crate) fn counted(&self, what: &'static str) -> u64 {
        self.ordinals.get(what).copied().unwrap_or_default()
    }

    /// Counts one more exchange that the defect or noise of this name could touch.
    pub(crate) fn count_exchange(&mut self, name: &'static str) -> u64 {
        let ordinal = self.ordinals.entry(name).or_default();
        *ordinal += 1;
        *ordinal
    }

    /// Forgets all jobs; whoever waits for one is woken and finds it gone.
    pub(crate) fn reset(&mut self) {
        self.engine.clear();
        self.tickets.clear();
        self.held_labels.clear();
        self.pasts.clear();
        self.watched.clear();
    }
}
