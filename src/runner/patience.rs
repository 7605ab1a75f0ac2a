//! How long an answer may take before it counts as none.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::context::Context;
use crate::http::message::{Answer, Exchange, Failure};
use crate::profile::Call;

/// Beyond what the target file says, so that a check sees how late an answer is rather than that there is none.
pub(super) const GRACE: Duration = Duration::from_secs(10);

/// After so many silences in a row nobody is kept waiting for long any more.
const MANY: usize = 8;

/// The patience of a run: it wears thin with a server that never says anything.
#[derive(Debug, Default)]
pub(super) struct Patience {
    silences: AtomicUsize,
}

impl Patience {
    /// How long the first byte of an answer may take.
    pub(super) fn first_byte(&self, context: &Context<'_>, call: &Call) -> Duration {
        let timing = &context.target.timing;
        let hold = context.protocol.hold.filter(|_| call.may_be_held);
        let longest = hold.map_or(Duration::ZERO, |hold| hold.at_most).max(timing.prompt) + timing.margin;
        if self.silences.load(Ordering::Relaxed) < MANY { longest + GRACE } else { longest }
    }

    /// Learns from an exchange.
    pub(super) fn learn(&self, exchange: &Exchange) {
        match exchange.answer {
            Answer::None(Failure::Silence { begun: false, .. }) => {
                self.silences.fetch_add(1, Ordering::Relaxed);
            }
            _ => self.silences.store(0, Ordering::Relaxed),
        }
    }
}
