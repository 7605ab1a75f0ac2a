//! Holding a call until its job ends or its patience does. The only place of the mock that waits for a job.

use crate::mock::clock::Parked;
use crate::mock::defect::Patience;
use crate::mock::engine::JobKey;
use crate::mock::server::exchange::Exchange;
use crate::mock::server::session::Shared;

/// Returns when the call may be answered. No lock is held meanwhile, and a caller that goes away
/// leaves the job alone.
pub(super) async fn wait(shared: &Shared, exchange: &Exchange<'_>, patience: Patience) {
    let Some(key) = exchange.job else { return };
    let Some(mut pause) = next_pause(shared, key, patience) else { return };
    let held = Held::enter(shared, exchange);
    loop {
        pause.parked.woken().await;
        match next_pause(shared, key, patience) {
            Some(next) => pause = next,
            None => break,
        }
    }
    held.leave();
}

/// What a call waits for next.
struct Pause<'a> {
    shared: &'a Shared,
    parked: Parked,
    key: JobKey,
    watcher: u64,
}

impl Drop for Pause<'_> {
    fn drop(&mut self) {
        self.shared.lock().unwatch(self.key, self.watcher);
    }
}

/// Looks and parks under one lock, so that no change falls between the two.
fn next_pause(shared: &Shared, key: JobKey, patience: Patience) -> Option<Pause<'_>> {
    let mut world = shared.lock();
    let now = shared.now();
    world.advance(now);
    let job = world.engine.read(key)?;
    let settled = patience.notices && job.state.is_final();
    if settled || world.closing || patience.ends(now) {
        return None;
    }
    let due = world.engine.due(key);
    let parked = shared.clock().park([patience.until, due].into_iter().flatten().min());
    let watcher = world.watch(key, parked.parking());
    Some(Pause { shared, parked, key, watcher })
}

/// Counts a held call; dropped before its end, it tells that the caller went away.
struct Held<'a> {
    shared: &'a Shared,
    exchange: &'a Exchange<'a>,
    answered: bool,
}

impl<'a> Held<'a> {
    fn enter(shared: &'a Shared, exchange: &'a Exchange<'a>) -> Self {
        shared.lock().parked += 1;
        Self { shared, exchange, answered: false }
    }

    fn leave(mut self) {
        self.answered = true;
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut world = self.shared.lock();
        world.parked -= 1;
        if !self.answered {
            self.exchange.abandon(&mut world);
            world.notify();
        }
    }
}
