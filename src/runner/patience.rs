//! How long an answer may take before it counts as none.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::context::Context;
use crate::http::message::{Answer, Exchange, Failure};
use crate::profile::Call;

/// Beyond what the target file says, so that a check sees how late an answer is rather than that there is none.
const GRACE: Duration = Duration::from_secs(10);

/// After so many answers in a row that never came, or never ended, nothing is granted any more.
const MANY: usize = 8;

/// How long the parts of an exchange may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waits {
    /// Until the first byte of the answer.
    pub(super) first_byte: Duration,
    /// Until its last.
    pub(super) total: Duration,
}

/// The patience of a run: it wears thin with a server that never comes to an end.
#[derive(Debug, Default)]
pub(super) struct Patience {
    silences: AtomicUsize,
}

impl Patience {
    /// How long the parts of an exchange may take.
    pub(super) fn waits(&self, context: &Context<'_>, call: &Call) -> Waits {
        let timing = &context.target.timing;
        let hold = context.protocol.hold.filter(|_| call.may_be_held);
        let hold = hold.map(|hold| hold.at_most).max(call.held_for).unwrap_or_default();
        let longest = hold.max(timing.prompt) + timing.margin;
        let grace = self.grace();
        let first_byte = longest + grace;
        Waits { first_byte, total: first_byte + grace.max(timing.margin) }
    }

    /// Half as much after each silence.
    fn grace(&self) -> Duration {
        let silences = self.silences.load(Ordering::Relaxed);
        if silences < MANY { GRACE / (1 << silences) } else { Duration::ZERO }
    }

    /// Learns from an exchange.
    pub(super) fn learn(&self, exchange: &Exchange) {
        match exchange.answer {
            Answer::None(Failure::Silence { .. }) => {
                self.silences.fetch_add(1, Ordering::Relaxed);
            }
            _ => self.silences.store(0, Ordering::Relaxed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_wears_thin_and_comes_to_an_end() {
        let after = |silences| Patience { silences: AtomicUsize::new(silences) }.grace();
        let graces: Vec<Duration> = [0, 1, 2, MANY].map(after).into();
        assert_eq!(graces, [GRACE, GRACE / 2, GRACE / 4, Duration::ZERO]);
        assert!((0..2 * MANY).all(|silences| after(silences + 1) <= after(silences)));
    }
}
