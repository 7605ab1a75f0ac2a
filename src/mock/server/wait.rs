//! Holding a call until its job ends or its patience does. The only place of the mock that waits.

use std::time::Duration;

use tokio::sync::watch;

use crate::mock::defect::Patience;
use crate::mock::engine::JobKey;
use crate::mock::server::exchange::Exchange;
use crate::mock::server::mock::Shared;

/// Returns when the call may be answered. No lock is held meanwhile, and a caller that goes away
/// leaves the job alone.
pub(super) async fn wait(shared: &Shared, exchange: &Exchange<'_>, patience: Patience) {
    let Some(key) = exchange.job else { return };
    let Some(mut pause) = next_pause(shared, key, patience) else { return };
    let parked = Parked::enter(shared, exchange);
    loop {
        pause.pass(shared).await;
        match next_pause(shared, key, patience) {
            Some(next) => pause = next,
            None => break,
        }
    }
    parked.leave();
}

/// What a call waits for next.
struct Pause {
    changed: watch::Receiver<()>,
    until: Option<Duration>,
}

impl Pause {
    async fn pass(&mut self, shared: &Shared) {
        let Some(until) = self.until else {
            // Whether the job changed or was forgotten, the caller looks again.
            let _ = self.changed.changed().await;
            return;
        };
        tokio::select! {
            biased;
            _ = self.changed.changed() => {}
            () = tokio::time::sleep_until(shared.instant(until)) => {}
        }
    }
}

/// Looks and subscribes under one lock, so that no change falls between the two.
fn next_pause(shared: &Shared, key: JobKey, patience: Patience) -> Option<Pause> {
    let mut world = shared.lock();
    let now = shared.now();
    world.advance(now);
    let job = world.engine.read(key)?;
    let settled = patience.notices && job.state.is_final();
    if settled || patience.until.is_some_and(|until| until <= now) {
        return None;
    }
    let due = world.engine.due(key);
    let until = [patience.until, due].into_iter().flatten().min();
    Some(Pause { changed: world.watch(key), until })
}

/// Counts a waiting call; dropped before its end, it tells that the caller went away.
struct Parked<'a> {
    shared: &'a Shared,
    exchange: &'a Exchange<'a>,
    answered: bool,
}

impl<'a> Parked<'a> {
    fn enter(shared: &'a Shared, exchange: &'a Exchange<'a>) -> Self {
        shared.lock().parked += 1;
        Self { shared, exchange, answered: false }
    }

    fn leave(mut self) {
        self.answered = true;
    }
}

impl Drop for Parked<'_> {
    fn drop(&mut self) {
        let mut world = self.shared.lock();
        world.parked -= 1;
        if !self.answered {
            self.exchange.abandon(&mut world);
            world.notify();
        }
    }
}
