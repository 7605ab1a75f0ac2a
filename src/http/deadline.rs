//! When to stop waiting for an answer, and why.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::client::How;
use super::message::Failure;

/// The instants at which an exchange is given up.
pub(super) struct Deadlines {
    sent: Instant,
    first_byte: Duration,
    total: Duration,
    cut: Option<Duration>,
}

impl Deadlines {
    /// Counts the deadlines from the instant of sending.
    pub(super) fn new(sent: Instant, how: &How) -> Self {
        Self { sent, first_byte: how.first_byte, total: how.total, cut: how.cut_after }
    }

    /// Waits for the beginning of an answer; `begun` tells whether its first byte has come, and then only the
    /// deadline of the whole counts.
    pub(super) async fn beginning<F: Future>(
        &self,
        future: F,
        begun: impl Fn() -> bool,
    ) -> Result<F::Output, Failure> {
        let mut future = std::pin::pin!(future);
        let earlier = self.stop().min(self.first_byte);
        match timeout_at(self.at(earlier), future.as_mut()).await {
            Ok(output) => Ok(output),
            Err(_) if earlier < self.stop() && begun() => self.whole(future, true).await,
            Err(_) if earlier < self.stop() => Err(Failure::Silence { after: earlier, begun: false }),
            Err(_) => Err(self.failure(begun())),
        }
    }

    /// Waits for something that may take as long as the whole exchange.
    pub(super) async fn whole<F: Future>(&self, future: F, begun: bool) -> Result<F::Output, Failure> {
        timeout_at(self.at(self.stop()), future).await.map_err(|_| self.failure(begun))
    }

    fn stop(&self) -> Duration {
        self.cut.map_or(self.total, |cut| cut.min(self.total))
    }

    /// Why there is no waiting beyond [`Self::stop`].
    fn failure(&self, begun: bool) -> Failure {
        match self.cut {
            Some(cut) if cut <= self.total => Failure::CutByHarness,
            _ => Failure::Silence { after: self.total, begun },
        }
    }

    /// A deadline beyond the end of the clock is one that nobody lives to see.
    fn at(&self, after: Duration) -> Instant {
        const LIFETIME: Duration = Duration::from_hours(24 * 365 * 30);
        self.sent + after.min(LIFETIME)
    }
}
