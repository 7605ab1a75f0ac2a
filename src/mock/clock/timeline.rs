//! Time that moves in steps: timers in their order, and a count of the calls that are under way.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Notify;

use super::Parking;

/// How long all callers must have been waiting, in our own time, before a clock jumps by itself: for a request of
/// which the first bytes are still under way.
const GRACE: Duration = Duration::from_millis(5);

/// How long a step waits for answers that nobody takes.
const PATIENCE: Duration = Duration::from_secs(1);

/// Time that moves in steps.
#[derive(Debug)]
pub(super) struct Timeline {
    /// Whether it moves by itself.
    auto: bool,
    own: Weak<Self>,
    state: Mutex<State>,
    settled: Notify,
}

#[derive(Debug, Default)]
struct State {
    now: Duration,
    timers: BTreeMap<(Duration, u64), Arc<Parking>>,
    sequence: u64,
    /// Calls that are neither answered nor parked.
    busy: usize,
    /// How often the first call came after a silence.
    stirred: u64,
}

/// A call that is under way, until this is dropped.
#[derive(Debug)]
pub(in crate::mock) struct Busy(Arc<Timeline>);

impl Busy {
    pub(super) fn new(timeline: &Arc<Timeline>) -> Self {
        timeline.begin();
        Self(Arc::clone(timeline))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        self.0.end(&mut state);
    }
}

impl Timeline {
    pub(super) fn new(auto: bool) -> Arc<Self> {
        Arc::new_cyclic(|own| Self {
            auto,
            own: Weak::clone(own),
            state: Mutex::default(),
            settled: Notify::new(),
        })
    }

    pub(super) fn now(&self) -> Duration {
        self.lock().now
    }

    pub(super) fn next(&self) -> Option<Duration> {
        self.lock().timers.keys().next().map(|(at, _)| *at)
    }

    /// One more call is under way.
    pub(super) fn begin(&self) {
        self.lock().begin();
    }

    /// A call that was under way waits, until an instant if there is one. What is due already is woken at once.
    pub(super) fn park(&self, until: Option<Duration>, parking: &Arc<Parking>) -> Option<(Duration, u64)> {
        let mut state = self.lock();
        if until.is_some_and(|until| until <= state.now) {
            parking.claim();
            parking.wake_counted();
            return None;
        }
        let timer = until.map(|until| {
            state.sequence += 1;
            (until, state.sequence)
        });
        if let Some(timer) = timer {
            state.timers.insert(timer, Arc::clone(parking));
        }
        self.end(&mut state);
        timer
    }

    pub(super) fn forget(&self, timer: Option<(Duration, u64)>) {
        if let Some(timer) = timer {
            self.lock().timers.remove(&timer);
        }
    }

    /// Somebody looked: half of the way to `due`, or all of it if little is left.
    pub(super) fn glance(&self, due: Duration) {
        const LITTLE: Duration = Duration::from_secs(1);
        if !self.auto {
            return;
        }
        let mut state = self.lock();
        let left = due.saturating_sub(state.now);
        let until = if left < LITTLE { due } else { state.now + left / 2 };
        state.fire_all(until);
        state.now = state.now.max(until);
    }

    pub(super) async fn advance(&self, until: Duration) -> Vec<Duration> {
        let mut fired = Vec::new();
        loop {
            self.settle().await;
            let Some(at) = self.lock().fire(until) else { break };
            fired.push(at);
        }
        let mut state = self.lock();
        state.now = state.now.max(until);
        fired
    }

    /// Waits until every call is answered or parked; not for ever, since somebody may not take his answer.
    async fn settle(&self) {
        let settled = async {
            loop {
                let settled = self.settled.notified();
                if self.lock().busy == 0 {
                    return;
                }
                settled.await;
            }
        };
        let _ = tokio::time::timeout(PATIENCE, settled).await;
    }

    /// A call is answered or parked. After the last of them the clock may go on by itself.
    fn end(&self, state: &mut State) {
        state.busy = state.busy.saturating_sub(1);
        if state.busy > 0 {
            return;
        }
        self.settled.notify_waiters();
        let timeline = self.own.upgrade().filter(|_| self.auto && !state.timers.is_empty());
        if let (Some(timeline), Ok(runtime)) = (timeline, Handle::try_current()) {
            runtime.spawn(timeline.jump(state.stirred));
        }
    }

    /// Goes on to the next timer, unless somebody stirs meanwhile.
    async fn jump(self: Arc<Self>, stirred: u64) {
        tokio::time::sleep(GRACE).await;
        let mut state = self.lock();
        if state.busy == 0
            && state.stirred == stirred
            && let Some((at, _)) = state.timers.keys().next().copied()
        {
            state.fire_all(at);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn begin(&mut self) {
        self.stirred += u64::from(self.busy == 0);
        self.busy += 1;
    }

    /// Wakes the call of the first timer, if that is due by `until`; time stands at it then.
    fn fire(&mut self, until: Duration) -> Option<Duration> {
        let entry = self.timers.first_entry().filter(|entry| entry.key().0 <= until)?;
        let ((at, _), parking) = entry.remove_entry();
        self.now = self.now.max(at);
        if parking.claim() {
            self.begin();
            parking.wake_counted();
        }
        Some(at)
    }

    fn fire_all(&mut self, until: Duration) {
        while self.fire(until).is_some() {}
    }
}
