//! A call that waits: for an instant, for somebody who wakes it, or for either.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use super::timeline::Timeline;

/// What wakes a parked call. Waking twice is waking once.
#[derive(Debug)]
pub(in crate::mock) struct Parking {
    woken: AtomicBool,
    notify: Notify,
    timeline: Option<Arc<Timeline>>,
}

impl Parking {
    /// Wakes the call; from now on it counts as under way.
    pub(in crate::mock) fn wake(&self) {
        if self.claim() {
            if let Some(timeline) = &self.timeline {
                timeline.begin();
            }
            self.notify.notify_one();
        }
    }

    /// Wakes the call where the timeline itself has counted it.
    pub(super) fn wake_counted(&self) {
        self.notify.notify_one();
    }

    /// Whether nobody has woken the call before.
    pub(super) fn claim(&self) -> bool {
        !self.woken.swap(true, Ordering::AcqRel)
    }
}

/// A call that is parked until this is dropped or it is woken.
#[derive(Debug)]
pub(in crate::mock) struct Parked {
    parking: Arc<Parking>,
    at: Option<Instant>,
    timer: Option<(Duration, u64)>,
}

impl Parked {
    pub(super) fn flowing(at: Option<Instant>) -> Self {
        Self { parking: parking(None), at, timer: None }
    }

    pub(super) fn stepped(timeline: &Arc<Timeline>, until: Option<Duration>) -> Self {
        let parking = parking(Some(Arc::clone(timeline)));
        let timer = timeline.park(until, &parking);
        Self { parking, at: None, timer }
    }

    /// The handle by which others wake the call.
    pub(in crate::mock) fn parking(&self) -> &Arc<Parking> {
        &self.parking
    }

    /// Returns when the call is woken or its time has come.
    pub(in crate::mock) async fn woken(&mut self) {
        let Some(at) = self.at else {
            self.parking.notify.notified().await;
            return;
        };
        tokio::select! {
            biased;
            () = self.parking.notify.notified() => {}
            () = sleep_until(at) => {}
        }
    }
}

/// A caller that went away is under way again, to its end.
impl Drop for Parked {
    fn drop(&mut self) {
        if let Some(timeline) = &self.parking.timeline {
            timeline.forget(self.timer);
            if self.parking.claim() {
                timeline.begin();
            }
        }
    }
}

fn parking(timeline: Option<Arc<Timeline>>) -> Arc<Parking> {
    Arc::new(Parking { woken: AtomicBool::new(false), notify: Notify::new(), timeline })
}
