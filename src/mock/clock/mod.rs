//! The mock's time: it flows as ours does, flows faster, or moves in steps. Knows no job and no connection.
//!
//! All of the mock asks one [`Clock`]; nothing else in it looks at the time or sleeps. The embedded mock's clock flows
//! with tokio's, which a test may have stopped. Over real sockets that would jump while bytes are still under way, so
//! a clock that moves in steps counts the calls that are neither answered nor parked, and moves only when there are none.

mod pace;
mod parking;
#[cfg(test)]
mod tests;
mod timeline;

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

pub use pace::ClockMode;
pub(super) use parking::{Parked, Parking};
pub(super) use timeline::Busy;
use timeline::Timeline;

/// One mock's time, counted from its start. Clones are the same clock.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    begun: Instant,
    mode: ClockMode,
    motion: Motion,
}

#[derive(Debug, Clone)]
enum Motion {
    /// This many times as fast as ours.
    Flows(u32),
    Steps(Arc<Timeline>),
}

impl Clock {
    /// A clock that starts now.
    pub(super) fn new(mode: ClockMode) -> Self {
        let motion = match mode {
            ClockMode::Real => Motion::Flows(1),
            ClockMode::Scale(factor) => Motion::Flows(factor),
            ClockMode::Virtual => Motion::Steps(Timeline::new(false)),
            ClockMode::Auto => Motion::Steps(Timeline::new(true)),
        };
        Self { begun: Instant::now(), mode, motion }
    }

    pub(super) fn mode(&self) -> ClockMode {
        self.mode
    }

    pub(super) fn now(&self) -> Duration {
        match &self.motion {
            Motion::Flows(factor) => self.begun.elapsed() * *factor,
            Motion::Steps(timeline) => timeline.now(),
        }
    }

    /// How much of our own time has passed since the start, and where the clock stands at that instant.
    pub(super) fn elapsed_and_now(&self) -> (Duration, Duration) {
        let elapsed = self.begun.elapsed();
        match &self.motion {
            Motion::Flows(factor) => (elapsed, elapsed * *factor),
            Motion::Steps(timeline) => (elapsed, timeline.now()),
        }
    }

    /// Lets a call wait until it is woken, or until `until`. The wait begins with this, not with its first poll.
    pub(super) fn park(&self, until: Option<Duration>) -> Parked {
        match &self.motion {
            Motion::Flows(factor) => Parked::flowing(until.map(|until| self.begun + until / *factor)),
            Motion::Steps(timeline) => Parked::stepped(timeline, until),
        }
    }

    /// Lets this much time pass.
    pub(super) async fn sleep(&self, time: Duration) {
        if !time.is_zero() {
            self.park(Some(self.now() + time)).woken().await;
        }
    }

    /// Counts a call that is under way, until the value is dropped; a clock that flows does not count.
    pub(super) fn busy(&self) -> Option<Busy> {
        match &self.motion {
            Motion::Flows(_) => None,
            Motion::Steps(timeline) => Some(Busy::new(timeline)),
        }
    }

    /// Somebody has looked at something that changes at `due`: a clock that moves by itself goes part of the way.
    pub(super) fn glance(&self, due: Duration) {
        if let Motion::Steps(timeline) = &self.motion {
            timeline.glance(due);
        }
    }

    /// Whether the clock can be moved from outside.
    pub(super) fn moves_in_steps(&self) -> bool {
        matches!(self.motion, Motion::Steps(_))
    }

    /// The next instant for which a call is parked.
    pub(super) fn next_timer(&self) -> Option<Duration> {
        match &self.motion {
            Motion::Flows(_) => None,
            Motion::Steps(timeline) => timeline.next(),
        }
    }

    /// Moves on to `until`, timer by timer in their order; what is woken is answered before time goes on. Gives the
    /// instants of the timers. A clock that flows cannot be moved.
    pub(super) async fn advance(&self, until: Duration) -> Vec<Duration> {
        match &self.motion {
            Motion::Flows(_) => Vec::new(),
            Motion::Steps(timeline) => timeline.advance(until).await,
        }
    }
}
