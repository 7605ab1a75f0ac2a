//! A session from outside: what happened, what it stands at, waiting until something is so, and its end.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::mock::configuration::ConfigurationError;
use crate::mock::defect::{Arming, Defect};
use crate::mock::engine::JobKey;
use crate::mock::host::Finished;
use crate::mock::journal::{Answers, Event, Journal, Page};
use crate::mock::server::Session;

/// What a session stands at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Jobs that are remembered.
    pub jobs: usize,
    /// Calls that wait for a job.
    pub parked: usize,
    /// Requests to the protocols.
    pub exchanges: u64,
    /// Requests to the origin that no credential may be sent to.
    pub foreign: u64,
}

/// What somebody waits for: everything that is given must be so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Awaited {
    /// At least so many calls wait for a job.
    pub parked: Option<usize>,
    /// Only calls that wait for this job count as parked.
    pub job: Option<u64>,
    /// At least so many jobs are remembered.
    pub jobs: Option<usize>,
    /// At least so many requests came.
    pub exchanges: Option<u64>,
    /// This job has ended.
    pub ended: Option<u64>,
}

impl Session {
    /// What it stands at.
    pub fn count(&self) -> Count {
        let world = self.shared().lock();
        Count {
            jobs: world.engine.count(),
            parked: world.parked,
            exchanges: world.traffic.total(),
            foreign: world.foreign,
        }
    }

    /// Returns once something is so; `false` if it is not within `patience` of our own time.
    pub async fn wait(&self, awaited: Awaited, patience: Duration) -> bool {
        const GLANCE: Duration = Duration::from_millis(2);
        let end = Instant::now() + patience;
        while !self.is(awaited) {
            if Instant::now() >= end {
                return false;
            }
            sleep(GLANCE).await;
        }
        true
    }

    fn is(&self, awaited: Awaited) -> bool {
        let count = self.count();
        let waiting = |job| self.shared().lock().watchers_of(JobKey::new(job));
        let waiting = awaited.job.map_or(count.parked, waiting);
        let ended = |id| self.job(id).is_some_and(|job| job.has_ended());
        awaited.parked.is_none_or(|parked| waiting >= parked)
            && awaited.jobs.is_none_or(|jobs| count.jobs >= jobs)
            && awaited.exchanges.is_none_or(|exchanges| count.exchanges >= exchanges)
            && awaited.ended.is_none_or(ended)
    }

    /// Up to `limit` entries of the journal behind the cursor; the first cursor is 0.
    pub fn journal(&self, since: u64, limit: usize) -> Page {
        match self.shared().journal() {
            Some(journal) => journal.page(since, limit),
            None => Page { entries: Vec::new(), next: since, truncated: false },
        }
    }

    /// The numbers of the exchanges about this job, as far as the journal still has entries of them.
    pub fn exchanges_about(&self, job: u64) -> BTreeSet<u64> {
        self.shared().journal().map(|journal| journal.exchanges_about(job)).unwrap_or_default()
    }

    /// How many calls were answered with which status code, by what they were about; nothing where no journal is kept.
    pub fn answers(&self) -> Answers {
        self.shared().journal().map(Journal::answers).unwrap_or_default()
    }

    /// The cursor behind everything that is in the journal by now.
    pub fn journal_end(&self) -> u64 {
        self.shared().journal().map_or(0, Journal::end)
    }

    /// Returns when the journal has entries behind the cursor, or when the session has ended; never where no journal is
    /// kept.
    pub async fn journal_grows(&self, since: u64) {
        match self.shared().journal() {
            Some(journal) => journal.grown(since).await,
            None => std::future::pending().await,
        }
    }

    /// Whether the session has ended: parked calls were answered, and no call is held any more.
    pub fn has_ended(&self) -> bool {
        self.shared().journal().is_some_and(Journal::is_closed)
    }

    /// The deliberate violations that are armed now.
    pub fn defects(&self) -> Vec<(&'static Defect, Arming)> {
        self.shared().defects().to_vec()
    }

    /// Arms these violations and no others: `ID`, `ID@nth:3` or `ID@chance:0.02`.
    pub fn set_defects(&self, ids: &[String]) -> Result<(), ConfigurationError> {
        let mut configuration = self.shared().configuration().clone();
        configuration.defects.clear();
        for id in ids {
            configuration = configuration.with_defect(id)?;
        }
        self.shared().arm(&configuration.defects);
        self.shared().note(0, || Event::Steered(format!("defects: {}", ids.join(", "))));
        Ok(())
    }

    /// Begins anew: jobs, holds, journal and counters are forgotten, and whoever waits for a job is told that it is
    /// gone. Settings, seed, files and clock stay; numbers of jobs, exchanges and entries go on.
    pub fn reset(&self) {
        self.shared().reset();
    }

    /// Answers every call that waits, and holds none from now on.
    pub(in crate::mock) fn close(&self) {
        self.shared().lock().close();
        if let Some(journal) = self.shared().journal() {
            journal.close();
        }
    }

    pub(in crate::mock) fn finished(&self) -> Finished {
        let count = self.count();
        let dropped = self.shared().journal().map_or(0, Journal::dropped);
        Finished { exchanges: count.exchanges, dropped, foreign: count.foreign, ..Finished::default() }
    }
}
