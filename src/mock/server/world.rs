//! Everything of one mock that changes: jobs, tickets for them, what was answered, who waits.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::mock::clock::Parking;
use crate::mock::engine::{Engine, Job, JobKey, Room};
use crate::mock::fault::Meetings;
use crate::mock::fixture::Mode;
use crate::mock::protocol::Operation;
use crate::mock::server::Traffic;
use crate::mock::server::forgotten::Forgotten;
use crate::mock::server::scripts::Scripts;
use hyper::StatusCode;

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
    pub(crate) held_labels: Vec<Arc<str>>,
    /// How many calls wait for a job right now.
    pub(crate) parked: usize,
    /// How many requests the foreign origin has seen.
    pub(crate) foreign: u64,
    /// What the protocol's listener was asked for.
    pub(crate) traffic: Traffic,
    /// The mock ends: nobody is held any longer.
    pub(super) closing: bool,
    /// How often the gateway answered in the server's stead.
    pub(crate) lost: u64,
    /// Which calls there were for faults to meet.
    pub(in crate::mock) meetings: Meetings,
    /// What the next jobs are to do.
    pub(crate) scripts: Scripts,
    /// What stood for jobs that are not remembered any more.
    pub(crate) forgotten: Forgotten,
    pasts: BTreeMap<JobKey, Vec<Past>>,
    watched: BTreeMap<JobKey, BTreeMap<u64, Arc<Parking>>>,
    watchers: u64,
    /// How much is remembered at most, if there is a bound.
    room: Option<Room>,
    ordinals: BTreeMap<&'static str, u64>,
}

impl World {
    /// A world in which nothing has happened; it remembers about as much as there is room for.
    pub(super) fn new(room: Option<Room>, meetings: Meetings) -> Self {
        Self { meetings, room, ..Self::default() }
    }

    /// Makes every move that is due and wakes those who wait for it.
    pub(crate) fn advance(&mut self, now: Duration) {
        self.engine.advance(now);
        self.notify();
    }

    /// Wakes the calls that wait for a job that changed.
    pub(crate) fn notify(&mut self) {
        if !self.engine.has_changed() {
            return;
        }
        for key in self.engine.take_changed() {
            for parking in self.watched.remove(&key).unwrap_or_default().into_values() {
                parking.wake();
            }
        }
    }

    /// Wakes a call at the next change of this job; the number is for [`Self::unwatch`].
    pub(super) fn watch(&mut self, key: JobKey, parking: &Arc<Parking>) -> u64 {
        self.watchers += 1;
        self.watched.entry(key).or_default().insert(self.watchers, Arc::clone(parking));
        self.watchers
    }

    /// How many calls wait for this job.
    pub(crate) fn watchers_of(&self, key: JobKey) -> usize {
        self.watched.get(&key).map_or(0, BTreeMap::len)
    }

    /// The call waits no longer.
    pub(super) fn unwatch(&mut self, key: JobKey, watcher: u64) {
        if let Some(watchers) = self.watched.get_mut(&key) {
            watchers.remove(&watcher);
            if watchers.is_empty() {
                self.watched.remove(&key);
            }
        }
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

    /// Whether more jobs are under way than can be remembered, so that forgetting does not help.
    pub(super) fn is_crowded(&self) -> bool {
        self.room.is_some_and(|room| self.engine.exceeds(room.eighths(16)))
    }

    /// Makes room where jobs that have ended are remembered for too long.
    pub(super) fn forget_oldest(&mut self) {
        let Some(room) = self.room.filter(|room| self.engine.exceeds(*room)) else { return };
        for (key, number) in self.engine.forget_oldest(room.eighths(7)) {
            self.pasts.remove(&key);
            self.forgotten.extend([number.to_string()]);
        }
        self.drop_tickets();
    }

    /// Forgets one job; whoever waits for it is woken and finds it gone.
    pub(crate) fn forget(&mut self, key: JobKey) {
        let number = self.engine.read(key).map(|job| job.order.number.to_string());
        self.forgotten.extend(number);
        self.engine.forget(key);
        self.notify();
        self.drop_tickets();
    }

    /// Keeps no ticket for a job that is forgotten.
    fn drop_tickets(&mut self) {
        let (engine, forgotten) = (&self.engine, &mut self.forgotten);
        let gone = self.tickets.extract_if(.., |_, ticket| engine.read(ticket.job).is_none());
        forgotten.extend(gone.map(|(ticket, _)| ticket));
    }

    /// Forgets all jobs and everything that was counted; whoever waits for a job is woken and finds it gone.
    pub(crate) fn reset(&mut self) {
        self.forgotten.extend(self.engine.jobs().map(|(_, job)| job.order.number.to_string()));
        self.engine.clear();
        self.drop_tickets();
        self.held_labels.clear();
        self.pasts.clear();
        self.ordinals.clear();
        self.scripts.clear();
        self.meetings.restart();
        self.traffic = Traffic::default();
        (self.foreign, self.lost) = (0, 0);
        self.wake_all();
    }

    /// Answers every call that waits, and holds none from now on.
    pub(crate) fn close(&mut self) {
        self.closing = true;
        self.wake_all();
    }

    fn wake_all(&mut self) {
        for parking in std::mem::take(&mut self.watched).into_values().flat_map(BTreeMap::into_values) {
            parking.wake();
        }
    }
}
