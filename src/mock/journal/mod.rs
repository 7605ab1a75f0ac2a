//! What a mock has seen and done, in order: a bounded ring of entries. It judges nothing, and shows no secret.
//!
//! An exchange has up to three entries: it was opened, it was decided, it was closed. Each is written once and never
//! changed, so that a number is a stable cursor. Secrets in it are hidden before anybody reads it, and not sooner: in a
//! ring most entries are dropped unread.

mod entry;
mod mask;
mod trail;
mod watcher;
mod written;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Notify;

pub use entry::{Closed, Decided, Entry, Event, Nowhere, Opened};
pub(super) use mask::Mask;
pub use trail::Origin;
use trail::Trail;
pub(super) use watcher::{Outlet, Watcher};
pub(super) use written::milliseconds;

/// A mock's journal.
#[derive(Debug)]
pub(super) struct Journal {
    mask: Mask,
    trail: Trail,
    begun: Timestamp,
    capacity: usize,
    ring: Mutex<Ring>,
    written: Notify,
    outlet: Option<Outlet>,
}

/// How many bytes all entries may hold.
const HEAVIEST: usize = 128 << 20;

#[derive(Debug, Default)]
struct Ring {
    entries: VecDeque<Kept>,
    /// How many entries were ever written.
    count: u64,
    /// How many exchanges were ever opened.
    exchanges: u64,
    /// What the entries weigh together.
    weight: usize,
    /// How many entries were written before the last reset; nobody asks for them any more.
    floor: u64,
    /// How many of those behind it were dropped.
    dropped: u64,
    /// How calls were answered, by what they were about and by status code.
    answers: Answers,
    /// Nothing is left to be written but how the last exchanges end.
    closed: bool,
}

/// An entry before anybody asks for it. To write is what every call pays for, to read is not.
#[derive(Debug)]
struct Kept {
    number: u64,
    exchange: u64,
    moment: Moment,
    event: Event,
    /// What it weighed when it was written.
    weight: usize,
    /// Its secrets are hidden.
    masked: bool,
}

/// How many calls were answered with which status code, by what they were about.
pub type Answers = BTreeMap<(Option<&'static str>, u16), u64>;

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
        let (ring, written) = (Mutex::default(), Notify::new());
        Self { mask, trail: Trail::default(), begun, capacity, ring, written, outlet: None }
    }

    /// The same, of which every entry is told.
    pub(super) fn told(self, outlet: Option<Outlet>) -> Self {
        Self { outlet, ..self }
    }

    /// The number of the next exchange.
    pub(super) fn exchange(&self) -> u64 {
        let mut ring = self.lock();
        ring.exchanges += 1;
        ring.exchanges
    }

    pub(super) fn write(&self, exchange: u64, moment: Moment, mut event: Event) {
        // What is too long is cut, and only behind a mask can it be cut without leaving half a secret.
        let masked = self.outlet.is_some() || event.is_long();
        if masked {
            self.mask.hide(&mut event);
        } else {
            event.detach();
        }
        let mut ring = self.lock();
        ring.count += 1;
        if let Event::Decided(decided) = &event {
            *ring.answers.entry((decided.operation, decided.status)).or_default() += 1;
        }
        let weight = event.weight();
        let mut kept = Kept { number: ring.count, exchange, moment, event, weight, masked };
        if let Some(outlet) = &self.outlet {
            outlet.tell(&self.show(&mut kept));
        }
        ring.weight += weight;
        // Room is made first, or a full ring would have to grow for a moment. The last entry is kept in any case.
        while ring.entries.len() >= self.capacity.max(1) || ring.weight > HEAVIEST {
            let Some(oldest) = ring.entries.pop_front() else { break };
            ring.weight -= oldest.weight;
            ring.dropped += 1;
        }
        ring.entries.push_back(kept);
        drop(ring);
        self.written.notify_waiters();
    }

    /// The entry as it may be read.
    fn show(&self, kept: &mut Kept) -> Entry {
        if !kept.masked {
            self.mask.hide(&mut kept.event);
            kept.masked = true;
        }
        let Kept { number, exchange, moment: Moment { elapsed, now }, ref event, .. } = *kept;
        let wall = self.begun.saturating_add(elapsed).unwrap_or(self.begun);
        Entry { number, exchange, wall, now, event: event.clone() }
    }

    /// Up to `limit` entries behind the cursor, of those that there are now.
    pub(super) fn page(&self, since: u64, limit: usize) -> Page {
        /// So few at once that no call has to wait until a long journal is read.
        const AT_ONCE: usize = 512;
        let end = self.end();
        let mut page = self.part(since, limit.min(AT_ONCE));
        while page.next < end && page.entries.len() < limit {
            let part = self.part(page.next, AT_ONCE.min(limit - page.entries.len()));
            (page.next, page.truncated) = (part.next, page.truncated || part.truncated);
            page.entries.extend(part.entries);
        }
        page
    }

    fn part(&self, since: u64, limit: usize) -> Page {
        let mut ring = self.lock();
        let since = since.max(ring.floor);
        let first = ring.entries.front().map_or(ring.count + 1, |kept| kept.number);
        let skipped = usize::try_from((since + 1).saturating_sub(first)).unwrap_or(usize::MAX);
        let behind = ring.entries.iter_mut().skip(skipped).take(limit);
        let entries: Vec<Entry> = behind.map(|kept| self.show(kept)).collect();
        let next = entries.last().map_or(since.min(ring.count), |entry| entry.number);
        Page { entries, next, truncated: since + 1 < first }
    }

    /// The exchanges about this job, as far as entries of them are still there.
    pub(super) fn exchanges_about(&self, job: u64) -> BTreeSet<u64> {
        let ring = self.lock();
        let about = ring.entries.iter().filter(|kept| kept.event.is_about(job));
        about.map(|kept| kept.exchange).collect()
    }

    /// The cursor behind everything that was written so far.
    pub(super) fn end(&self) -> u64 {
        self.lock().count
    }

    /// How many entries were dropped because the ring was full.
    pub(super) fn dropped(&self) -> u64 {
        self.lock().dropped
    }

    /// How calls were answered.
    pub(super) fn answers(&self) -> Answers {
        self.lock().answers.clone()
    }

    /// Returns when there is something behind the cursor, or when the journal is closed.
    pub(super) async fn grown(&self, since: u64) {
        loop {
            let written = self.written.notified();
            if self.is_closed() || self.end() > since {
                return;
            }
            written.await;
        }
    }

    /// Forgets every entry. Numbers go on, so that a cursor stays one.
    pub(super) fn clear(&self) {
        let mut ring = self.lock();
        ring.entries.clear();
        ring.answers.clear();
        (ring.weight, ring.dropped, ring.floor) = (0, 0, ring.count);
        drop(ring);
        self.trail.clear();
    }

    /// The session ends: nobody waits for a further entry.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.written.notify_waiters();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lock().closed
    }

    pub(super) fn mask(&self) -> &Mask {
        &self.mask
    }

    /// Which exchange led to which.
    pub(super) fn trail(&self) -> &Trail {
        &self.trail
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
            let event = Event::Closed(Closed { bytes: exchange, whole: true, end: None });
            journal.write(exchange, Moment::default(), event);
        }
        journal
    }

    #[test]
    fn a_long_journal_is_read_whole() {
        let page = journal(usize::MAX, 2_000).page(100, 1_500);
        assert_eq!((page.entries.len(), page.next, page.truncated), (1_500, 1_600, false));
        assert!(numbers(&page).into_iter().eq(101..=1_600));
    }

    #[test]
    fn long_entries_do_not_fill_the_memory() {
        let journal = Journal::new(Timestamp::UNIX_EPOCH, usize::MAX, Mask::default());
        let head = bytes::Bytes::from(vec![b'a'; HEAVIEST / 4]);
        for exchange in 1..=9 {
            let opened = Opened { head: head.clone(), ..Opened::default() };
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
    fn what_a_reset_forgets_is_not_missing() {
        let journal = journal(2, 5);
        journal.clear();
        assert_eq!((journal.dropped(), journal.end()), (0, 5));
        let event = Event::Closed(Closed { bytes: 0, whole: true, end: None });
        journal.write(6, Moment::default(), event);
        let page = journal.page(1, 10);
        assert_eq!((numbers(&page), page.next, page.truncated), (vec![6], 6, false));
    }

    #[tokio::test]
    async fn nobody_waits_for_a_journal_that_is_closed() {
        let journal = journal(2, 1);
        journal.close();
        journal.grown(9).await;
        assert!(journal.is_closed());
    }

    #[test]
    fn a_cursor_from_the_future_stays_where_the_end_is() {
        let page = journal(2, 2).page(u64::MAX - 1, 10);
        assert_eq!((numbers(&page), page.next), (vec![], 2));
    }
}
