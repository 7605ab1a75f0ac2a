//! The clock from outside: read, and moved where it moves in steps.

use std::fmt;
use std::time::Duration;

use super::jobs::Move;
use crate::mock::clock::ClockMode;
use crate::mock::journal::Event;
use crate::mock::server::Session;

/// How far a clock is to be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// By this much.
    After(Duration),
    /// To the next instant at which a caller stops waiting or a job moves.
    Next,
    /// To the end of this job, however many moves that takes.
    JobEnds(u64),
}

/// What moving a clock came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advanced {
    /// Where the clock stands now.
    pub now: Duration,
    /// The instants at which callers were woken, in their order.
    pub fired: Vec<Duration>,
    /// How jobs moved meanwhile, each with the job's id, in the order of the instants.
    pub moves: Vec<(u64, Move)>,
}

/// Why a clock was not moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockError {
    /// It flows by itself.
    Flows,
    /// Nothing will happen by itself.
    Nothing,
    /// There is no such job, to the end of which it could be moved.
    Unknown(u64),
}

impl fmt::Display for ClockError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flows => {
                out.write_str("the clock flows by itself; one that is `virtual` or `auto` can be moved")
            }
            Self::Nothing => {
                out.write_str("nothing is due: no caller waits for an instant, and no job moves by itself")
            }
            Self::Unknown(id) => write!(out, "there is no job {id}"),
        }
    }
}

impl std::error::Error for ClockError {}

impl Session {
    /// How the mock's time passes.
    pub fn clock(&self) -> ClockMode {
        self.shared().clock().mode()
    }

    /// Where the mock's clock stands, counted from its start.
    pub fn now(&self) -> Duration {
        self.shared().now()
    }

    /// Moves the clock, and returns when everybody who was woken is answered.
    pub async fn advance(&self, until: Until) -> Result<Advanced, ClockError> {
        let clock = self.shared().clock();
        if !clock.moves_in_steps() {
            return Err(ClockError::Flows);
        }
        let begun = clock.now();
        let mut fired = Vec::new();
        match until {
            Until::After(time) => fired.extend(clock.advance(clock.now() + time).await),
            Until::Next => fired.extend(clock.advance(self.next().ok_or(ClockError::Nothing)?).await),
            Until::JobEnds(id) => {
                while let Some(next) = self.next_of(id)? {
                    fired.extend(clock.advance(next).await);
                }
            }
        }
        let now = self.settle();
        self.shared().note(0, || Event::Steered("advance the clock".to_owned()));
        Ok(Advanced { now, fired, moves: self.moves_behind(begun) })
    }

    /// The next instant at which a job moves that has not ended.
    fn next_of(&self, id: u64) -> Result<Option<Duration>, ClockError> {
        let job = self.job(id).ok_or(ClockError::Unknown(id))?;
        if job.has_ended() { Ok(None) } else { job.due.map(Some).ok_or(ClockError::Nothing) }
    }

    /// Lets the jobs make the moves that are due by now.
    fn settle(&self) -> Duration {
        let now = self.now();
        self.shared().lock().advance(now);
        now
    }

    /// The next instant at which anything happens by itself.
    pub fn next(&self) -> Option<Duration> {
        let world = self.shared().lock();
        let due = world.engine.next_due();
        self.shared().clock().next_timer().into_iter().chain(due).min()
    }
}
