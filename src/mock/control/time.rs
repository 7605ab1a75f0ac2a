//! The clock from outside: read, and moved where it moves in steps.

use std::fmt;
use std::time::Duration;

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
}

/// A clock that flows by itself cannot be moved, nor can one to an end that never comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockError {
    /// It flows.
    Flows,
    /// Nothing will happen by itself.
    Nothing,
}

impl fmt::Display for ClockError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Flows => "the clock flows by itself; start the mock with `virtual` or `auto` to move it",
            Self::Nothing => "nothing is due: no caller waits for an instant, and no job moves by itself",
        })
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
        let mut fired = Vec::new();
        match until {
            Until::After(time) => fired.extend(clock.advance(clock.now() + time).await),
            Until::Next => fired.extend(clock.advance(self.next().ok_or(ClockError::Nothing)?).await),
            Until::JobEnds(id) => {
                while self.job(id).is_some_and(|job| !job.has_ended()) {
                    let next = self.job(id).and_then(|job| job.due).ok_or(ClockError::Nothing)?;
                    fired.extend(clock.advance(next).await);
                }
            }
        }
        let now = self.settle();
        self.shared().note(0, |_| Event::Steered("advance the clock".to_owned()));
        Ok(Advanced { now, fired })
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
