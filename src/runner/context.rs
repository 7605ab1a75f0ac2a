//! What stays the same while one case runs.

use std::cell::RefCell;
use std::time::Duration;

use super::allowance::Allowance;
use super::callback::Addresses;
use super::hook::Hooks;
use super::interrupt::Interrupt;
use super::ledger::Ledger;
use super::patience::Patience;
use super::random::Random;
use super::snapshot::Stored;
use crate::check::Schemas;
use crate::clock::{Instant, WallClock};
use crate::http::client::Client;
use crate::outcome::Sink;
use crate::plan::TestCase;
use crate::profile::{Files, Profile};
use crate::scenario::Datum;
use crate::target::{Job, Masks, Principal, Protocol, Secret, Target};

/// A case, its target and everything it needs to run.
pub(super) struct Context<'a> {
    pub(super) case: &'a TestCase,
    pub(super) target: &'a Target,
    pub(super) protocol: &'a Protocol,
    pub(super) profile: &'static dyn Profile,
    pub(super) schemas: &'a Schemas,
    pub(super) files: &'a Files,
    pub(super) masks: &'a Masks,
    pub(super) client: Client,
    pub(super) hooks: &'a Hooks,
    pub(super) sink: &'a dyn Sink,
    pub(super) interrupt: &'a Interrupt,
    pub(super) pace: &'a Pace,
    pub(super) patience: &'a Patience,
    pub(super) allowance: &'a Allowance,
    /// The start of the case on its monotonic clock.
    pub(super) epoch: Instant,
    pub(super) wall: WallClock,
    /// A text that no other case sends.
    pub(super) mark: String,
    pub(super) unknown_uuid: String,
    pub(super) unknown_id: u64,
    pub(super) unknown_secret: Secret,
    /// Where the server may call.
    pub(super) addresses: Addresses,
    /// The snapshots to compare with.
    pub(super) stored: Stored<'a>,
    pub(super) ledger: RefCell<Ledger>,
}

impl Context<'_> {
    /// The time since the case began.
    pub(super) fn elapsed(&self) -> Duration {
        self.epoch.elapsed()
    }

    /// What a principal shows; `None` for the one that shows nothing.
    pub(super) fn credential(&self, principal: &str) -> Option<&Secret> {
        match principal {
            "anonymous" => None,
            "unknown" => Some(&self.unknown_secret),
            known => match self.protocol.principal(known)? {
                Principal::Known(secret) => Some(secret),
                Principal::Absent => None,
            },
        }
    }

    /// What a scenario may say of a bound job.
    pub(super) fn job_property(&self, alias: &str, job: &Job, property: &str) -> Option<Datum> {
        match property {
            "earliest_end" => Some(Datum::Duration(job.earliest_end())),
            "latest_end" => {
                Some(Datum::Duration(if job.release_by_hook { job.runs.at_most } else { job.latest_end() }))
            }
            "mark" => Some(Datum::Json(self.mark_of(alias).into())),
            _ => self.profile.job_property(job, property).map(Datum::Json),
        }
    }

    /// The mark of the jobs created under an alias.
    pub(super) fn mark_of(&self, alias: &str) -> String {
        format!("{}-{alias}", self.mark)
    }
}

/// What is random about a case.
pub(super) struct Draws {
    pub(super) mark: String,
    pub(super) uuid: String,
    pub(super) id: u64,
    pub(super) secret: Secret,
}

/// Ids that a server has surely not issued yet begin here, and still fit 32 bits.
const UNKNOWN_IDS: u64 = 2_000_000_000;

/// Draws everything that is random about a case, in its n-th attempt.
pub(super) fn draw(seed: u64, case: &str, attempt: u32) -> Draws {
    let mut random = Random::new(seed, &format!("{case}#{attempt}"));
    Draws {
        mark: format!("m-{:012x}", random.next() >> 16),
        id: UNKNOWN_IDS + random.below(100_000_000),
        secret: Secret::new("unknown", &random.uuid()),
        uuid: random.uuid(),
    }
}

/// Keeps the requests of a run from coming faster than the target file allows.
#[derive(Debug, Default)]
pub(super) struct Pace {
    interval: Option<Duration>,
    next: tokio::sync::Mutex<Option<Instant>>,
}

impl Pace {
    /// At most this many requests in a second; any number, if none.
    pub(super) fn new(requests_per_second: Option<u64>) -> Self {
        let interval = requests_per_second
            .and_then(|rate| u32::try_from(rate).ok())
            .and_then(|rate| Duration::from_secs(1).checked_div(rate));
        Self { interval, next: tokio::sync::Mutex::default() }
    }

    /// Waits for the next free moment.
    pub(super) async fn wait(&self) {
        let Some(interval) = self.interval else { return };
        let moment = {
            let mut next = self.next.lock().await;
            let moment = next.unwrap_or_else(Instant::now).max(Instant::now());
            *next = Some(moment + interval);
            moment
        };
        tokio::time::sleep_until(moment).await;
    }
}
