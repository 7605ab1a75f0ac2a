//! What a mock has seen and done, in order: a bounded ring of entries. It judges nothing, and holds no secret.
//!
//! An exchange has up to three entries: it was opened, it was decided, it was closed. Each is written once and never
//! changed, so that a number is a stable cursor.

mod entry;
mod mask;
mod written;

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Notify;

pub use entry::{Closed, Decided, Entry, Event, Opened};
pub(super) use mask::Mask;
pub(super) use written::milliseconds;

/// A mock's journal.
#[derive(Debug)]
pub(super) struct Journal {
    mask: Mask,
    begun: Timestamp,
    capacity: usize,
    ring: Mutex<Ring>,
    written: Notify,
}

/// How many bytes all entries may hold.
const HEAVIEST: usize = 128 << 20;

#[derive(Debug, Default)]
struct Ring {
    entries: VecDeque<Entry>,
    /// How many entries were ever written.
    count: u64,
    /// How many exchanges were ever opened.
    exchanges: u64,
    /// What the entries weigh together.
    weight: usize,
}

/// A part of a journal.
#[derive(Debug, Clone)]
pub struct Page {
    /// The entries, the oldest first.
    pub entries: Vec<Entry>,
    /// The cursor behind them.
    pub next: u64,
    /// Whether entries behind the cursor were dropped before anybody read them.
    pub truncated: bool,
}

/// When something happened: how much of our own time since the start, and where the mock's clock stood.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Moment {
    pub(super) elapsed: Duration,
    pub(super) now: Duration,
}

impl Journal {
    /// An empty journal that begins at `begun` by the wall clock and keeps the last `capacity` entries.
    pub(super) fn new(begun: Timestamp, capacity: usize, mask: Mask) -> Self {
        Self { mask, begun, capacity, ring: Mutex::default(), written: Notify::new() }
    }

    /// The number of the next exchange.
    pub(super) fn exchange(&self) -> u64 {
        let mut ring = self.lock();
        ring.exchanges += 1;
        ring.exchanges
    }

    pub(super) fn write(&self, exchange: u64, moment: Moment, event: Event) {
        let wall = self.begun.saturating_add(moment.elapsed).unwrap_or(self.begun);
        let mut ring = self.lock();
        ring.count += 1;
        let entry = Entry { number: ring.count, exchange, wall, now: moment.now, event };
        ring.weight += entry.weight();
        ring.entries.push_back(entry);
        while ring.entries.len() > self.capacity || ring.weight > HEAVIEST {
            let Some(oldest) = ring.entries.pop_front() else { break };
            ring.weight -= oldest.weight();
        }
        drop(ring);
        self.written.notify_waiters();
    }

    /// Up to `limit` entries behind the cursor.
    pub(super) fn page(&self, since: u64, limit: usize) -> Page {
        let ring = self.lock();
        let first = ring.entries.front().map_or(ring.count + 1, |entry| entry.number);
        let skipped = usize::try_from((since + 1).saturating_sub(first)).unwrap_or(usize::MAX);
        let entries: Vec<Entry> = ring.entries.iter().skip(skipped).take(limit).cloned().collect();
        let next = entries.last().map_or(since.min(ring.count), |entry| entry.number);
        Page { entries, next, truncated: since + 1 < first }
    }

    /// The cursor behind everything that was written so far.
    pub(super) fn end(&self) -> u64 {
        self.lock().count
    }

    /// How many entries were dropped because the ring was full.
    pub(super) fn dropped(&self) -> u64 {
        let ring = self.lock();
        ring.count - ring.entries.len() as u64
    }

    /// Returns when there is something behind the cursor.
    pub(super) async fn grown(&self, since: u64) {
        loop {
            let written = self.written.notified();
            if self.end() > since {
                return;
            }
            written.await;
        }
    }

    pub(super) fn mask(&self) -> &Mask {
        &self.mask
    }

    fn lock(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(capacity: usize, entries: u64) -> Journal {
        let journal = Journal::new(Timestamp::UNIX_EPOCH, capacity, Mask::default());
        for exchange in 1..=entries {
            let event = Event::Closed(Closed { bytes: exchange, whole: true });
            journal.write(exchange, Moment::default(), event);
        }
        journal
    }

    #[test]
    fn long_bodies_do_not_fill_the_memory() {
        let journal = Journal::new(Timestamp::UNIX_EPOCH, usize::MAX, Mask::default());
        let body = bytes::Bytes::from(vec![b'a'; HEAVIEST / 4]);
        for exchange in 1..=9 {
            let opened = Opened {
                connection: 1,
                nth: exchange,
                method: String::new(),
                target: String::new(),
                head: bytes::Bytes::new(),
                body: body.clone(),
                length: body.len(),
            };
            journal.write(exchange, Moment::default(), Event::Opened(Box::new(opened)));
        }
        assert_eq!(numbers(&journal.page(0, 10)), [7, 8, 9]);
    }

    fn numbers(page: &Page) -> Vec<u64> {
        page.entries.iter().map(|entry| entry.number).collect()
    }

    #[test]
    fn a_cursor_goes_through_everything_once() {
        let journal = journal(10, 5);
        let first = journal.page(0, 3);
        assert_eq!((numbers(&first), first.next, first.truncated), (vec![1, 2, 3], 3, false));
        let second = journal.page(first.next, 3);
        assert_eq!((numbers(&second), second.next), (vec![4, 5], 5));
        let third = journal.page(second.next, 3);
        assert_eq!((numbers(&third), third.next, third.truncated), (vec![], 5, false));
    }

    #[test]
    fn a_full_ring_drops_the_oldest_and_says_so() {
        let journal = journal(2, 5);
        assert_eq!(journal.dropped(), 3);
        let page = journal.page(0, 10);
        assert_eq!((numbers(&page), page.truncated), (vec![4, 5], true));
        assert!(!journal.page(3, 10).truncated);
    }

    #[test]
    fn a_cursor_from_the_future_stays_where_the_end_is() {
        let page = journal(2, 2).page(u64::MAX - 1, 10);
        assert_eq!((numbers(&page), page.next), (vec![], 2));
    }
}
