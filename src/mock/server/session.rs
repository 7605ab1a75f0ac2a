//! One mock world: what is set, what has happened, and the time in it. Who calls and how is for others.

use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};

use super::connection::{Front, Terms};
use super::limits::Limits;
use super::message::Request;
use super::serve::{Link, serve};
use super::traffic::Traffic;
use super::world::World;
use crate::mock::clock::{Clock, ClockMode};
use crate::mock::configuration::Configuration;
use crate::mock::defect::Armed;
use crate::mock::engine::Room;
use crate::mock::fault::Meetings;
use crate::mock::journal::{Event, Journal, Mask, Moment, Outlet};
use crate::mock::verdict::{Seen, Verdicts};

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listener {
    /// Both protocols, told apart by their paths.
    Protocol,
    /// The operations of a harness.
    Hooks,
    /// Another origin, which knows no job: it only counts who comes.
    Foreign,
}

/// A mock orchestrator that shares nothing with any other. Cheap to make, cheap to clone; clones are the same one.
#[derive(Clone)]
pub struct Session(Arc<Shared>);

/// What is kept of a session, and for whom.
pub(in crate::mock) struct Kept<'a> {
    pub(in crate::mock) limits: &'a Limits,
    /// Who is told of every entry of its journal.
    pub(in crate::mock) outlet: Option<Outlet>,
    /// It must not show up in the journal.
    pub(in crate::mock) control_token: Option<&'a str>,
}

/// What all connections of a session share.
pub(in crate::mock) struct Shared {
    configuration: Configuration,
    clock: Clock,
    world: Mutex<World>,
    defects: Mutex<Arc<Armed>>,
    journal: Option<Journal>,
    /// How many connections there were.
    pub(super) connections: AtomicU64,
    /// How many calls may wait.
    pub(super) room: usize,
    /// Whether somebody asked for the verdicts on its clients.
    pub(in crate::mock) judged: AtomicBool,
    /// The verdicts on what clients did before the session began anew.
    pub(in crate::mock) earlier: Mutex<Verdicts>,
    /// What was found when somebody asked last.
    pub(in crate::mock) found: Mutex<Option<(Seen, Verdicts)>>,
}

impl Session {
    /// A session whose time starts now and flows with tokio's. It keeps no journal, and trusts its callers.
    pub fn new(configuration: Configuration) -> Self {
        Self::build("", configuration, ClockMode::Real, None)
    }

    /// A session that keeps a journal, of which every entry is told, and bounds its callers.
    pub(in crate::mock) fn journalled(
        name: &str,
        configuration: Configuration,
        clock: ClockMode,
        Kept { limits, outlet, control_token }: Kept<'_>,
    ) -> Self {
        let mask = Mask::of(&configuration.fixtures, control_token);
        let journal = Journal::new(configuration.epoch, limits.journal, mask).told(outlet);
        Self::build(name, configuration, clock, Some((limits, journal)))
    }

    fn build(
        name: &str,
        configuration: Configuration,
        clock: ClockMode,
        kept: Option<(&Limits, Journal)>,
    ) -> Self {
        let (limits, journal) = kept.unzip();
        let room = limits.map_or(usize::MAX, |limits| limits.parked);
        let world = World::new(
            limits.map(|limits| Room { jobs: limits.jobs, weight: limits.kept }),
            Meetings::new(configuration.faults.clone(), name, configuration.seed),
        );
        Self(Arc::new(Shared {
            defects: Mutex::new(configuration.defects.as_slice().into()),
            configuration,
            clock: Clock::new(clock),
            world: Mutex::new(world),
            journal,
            connections: AtomicU64::new(0),
            room,
            judged: AtomicBool::new(false),
            earlier: Mutex::default(),
            found: Mutex::default(),
        }))
    }

    /// Serves one connection until it closes.
    pub async fn serve<I>(&self, io: I, listener: Listener)
    where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let quiet = self.0.configuration.noises.is_empty() && self.0.journal.is_none();
        let terms = Terms { listener, quiet, limits: None, scheme: "http" };
        let link = Link { stream: io, reset: |_| {} };
        serve(link, self, &terms, Box::pin(std::future::pending())).await;
    }

    /// How many requests came to the foreign origin.
    pub fn foreign_requests(&self) -> u64 {
        self.0.lock().foreign
    }

    /// What was asked for so far at the protocols' listener.
    pub fn traffic(&self) -> Traffic {
        self.0.lock().traffic.clone()
    }

    pub(in crate::mock) fn shared(&self) -> &Arc<Shared> {
        &self.0
    }
}

/// A connection to a session leads nowhere else.
impl Front for Session {
    fn session(&self, _: &mut Request) -> Session {
        self.clone()
    }
}

impl Shared {
    pub(in crate::mock) fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    pub(in crate::mock) fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(in crate::mock) fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    pub(in crate::mock) fn now(&self) -> Duration {
        self.clock.now()
    }

    /// A call that panicked leaves a world that is as good as before it: every change is one step.
    pub(in crate::mock) fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The defects as they are armed now.
    pub(in crate::mock) fn defects(&self) -> Arc<Armed> {
        Arc::clone(&self.defects.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(in crate::mock) fn arm(&self, defects: &Armed) {
        *self.defects.lock().unwrap_or_else(PoisonError::into_inner) = defects.into();
    }

    /// Forgets everything that has happened. Whoever waits for a job is told that it is gone.
    pub(in crate::mock) fn reset(&self) {
        self.keep_verdicts();
        if let Some(journal) = &self.journal {
            journal.clear();
        }
        self.note(0, || Event::Steered("reset".to_owned()));
        self.lock().reset();
    }

    /// Writes into the journal, if there is one.
    pub(in crate::mock) fn note(&self, exchange: u64, event: impl FnOnce() -> Event) {
        if let Some(journal) = &self.journal {
            let (elapsed, now) = self.clock.elapsed_and_now();
            let moment = Moment { elapsed, now };
            journal.write(exchange, moment, event());
        }
    }
}
