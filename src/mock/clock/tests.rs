//! Clocks that flow, that are moved, and that move by themselves.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Clock, ClockMode};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A call that waits twice and writes down when it was woken.
async fn wait_twice(clock: Clock, times: [u64; 2], seen: Arc<Mutex<Vec<(u64, Duration)>>>) {
    let _busy = clock.busy();
    for time in times {
        clock.sleep(seconds(time)).await;
        seen.lock().unwrap().push((time, clock.now()));
    }
}

#[tokio::test(start_paused = true)]
async fn a_scaled_clock_runs_ahead() {
    let clock = Clock::new(ClockMode::Scale(60));
    tokio::time::sleep(seconds(2)).await;
    assert_eq!(clock.now(), seconds(120));
    let begun = tokio::time::Instant::now();
    clock.sleep(seconds(60)).await;
    assert_eq!(begun.elapsed(), seconds(1));
}

#[tokio::test]
async fn a_virtual_clock_moves_only_when_it_is_moved() {
    let clock = Clock::new(ClockMode::Virtual);
    let seen = Arc::default();
    let waiting =
        [[3, 4], [5, 1]].map(|times| tokio::spawn(wait_twice(clock.clone(), times, Arc::clone(&seen))));
    tokio::task::yield_now().await;
    assert!(clock.advance(seconds(2)).await.is_empty());
    assert_eq!(clock.advance(seconds(100)).await, [3, 5, 6, 7].map(seconds));
    for call in waiting {
        call.await.unwrap();
    }
    let expected = [(3, 3), (5, 5), (1, 6), (4, 7)].map(|(time, at)| (time, seconds(at)));
    assert_eq!((seen.lock().unwrap().clone(), clock.now()), (expected.to_vec(), seconds(100)));
}

#[tokio::test]
async fn a_call_that_goes_away_leaves_nothing_behind() {
    let clock = Clock::new(ClockMode::Virtual);
    let call = tokio::spawn(wait_twice(clock.clone(), [5, 5], Arc::default()));
    tokio::task::yield_now().await;
    assert_eq!(clock.next_timer(), Some(seconds(5)));
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    assert_eq!((clock.next_timer(), clock.advance(seconds(9)).await), (None, vec![]));
}

#[tokio::test(start_paused = true)]
async fn an_automatic_clock_jumps_once_everybody_waits() {
    let clock = Clock::new(ClockMode::Auto);
    let begun = tokio::time::Instant::now();
    wait_twice(clock.clone(), [800, 100], Arc::default()).await;
    assert_eq!(clock.now(), seconds(900));
    assert!(begun.elapsed() < seconds(1), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn an_automatic_clock_stands_while_somebody_is_under_way() {
    let clock = Clock::new(ClockMode::Auto);
    let busy = clock.busy();
    let call = tokio::spawn(wait_twice(clock.clone(), [8, 8], Arc::default()));
    tokio::time::sleep(seconds(60)).await;
    assert_eq!(clock.now(), Duration::ZERO);
    drop(busy);
    call.await.unwrap();
    assert_eq!(clock.now(), seconds(16));
}

#[tokio::test]
async fn every_look_goes_half_of_the_way_and_the_last_all_of_it() {
    let clock = Clock::new(ClockMode::Auto);
    let looks = |_| {
        clock.glance(seconds(4));
        clock.now().as_millis()
    };
    assert_eq!((0..5).map(looks).collect::<Vec<_>>(), [2000, 3000, 3500, 4000, 4000]);
    let still = Clock::new(ClockMode::Virtual);
    still.glance(seconds(4));
    assert_eq!(still.now(), Duration::ZERO);
}
