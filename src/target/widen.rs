//! Wider declarations of time, for a server that is known to vary more than its file says.

use std::time::Duration;

use super::{Target, Window};

impl Target {
    /// Declares that every job may take up to a tenth longer.
    pub fn widen_jobs(&mut self) {
        let jobs = self.protocols.iter_mut().flat_map(|protocol| &mut protocol.jobs.entries);
        for window in jobs.flat_map(|job| [&mut job.queued, &mut job.runs]) {
            window.at_most += window.at_most / 10;
        }
    }

    /// Declares that every job that runs for a second at most may take no time at all.
    pub fn allow_no_time(&mut self) {
        const SHORT: Duration = Duration::from_secs(1);
        let jobs = self.protocols.iter_mut().flat_map(|protocol| &mut protocol.jobs.entries);
        for job in jobs.filter(|job| job.runs.at_least <= SHORT) {
            job.runs.at_least = Duration::ZERO;
        }
    }

    /// Declares that held calls may be answered up to a fifth earlier or later.
    pub fn widen_hold(&mut self) {
        for hold in self.protocols.iter_mut().filter_map(|protocol| protocol.hold.as_mut()) {
            *hold = Window { at_least: hold.at_least * 4 / 5, at_most: hold.at_most * 6 / 5 };
        }
    }
}
