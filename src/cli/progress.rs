//! What a run shows while it goes on: a bar where somebody watches, a line now and then where nobody does.

use std::time::Duration;

use indicatif::MultiProgress;

use super::console::Console;
use crate::outcome::Sink;
use crate::outcome::baseline::Baseline;
use crate::report::progress::{Bar, Heartbeat};

/// Whichever of the two this console is for; what is `known` to fail is no news.
pub(crate) fn progress(console: Console, known: Option<&Baseline>) -> Box<dyn Sink> {
    if console.shows_progress() {
        return Box::new(Bar::new(&MultiProgress::new(), console.palette_of_notes(), known.cloned()));
    }
    Box::new(Heartbeat::new(std::io::stderr(), readers_clock()))
}

/// The time of whoever reads the log: it goes on by itself, also where that of a case jumps.
#[expect(clippy::disallowed_types, reason = "the clock of a mock in virtual time tells nothing about a log")]
fn readers_clock() -> impl Fn() -> Duration {
    let start = std::time::Instant::now();
    move || start.elapsed()
}
