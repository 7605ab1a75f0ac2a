//! Everything that happens in a mock, written as it comes: into the journal's file, and as a log beside it. A thread of
//! its own writes, so that no caller waits for a disk or a terminal.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread::{self, JoinHandle};

use super::keeping::Keeping;
use super::log::Log;
use crate::cli::console::Console;
use crate::diagnostic::Diagnostic;
use crate::mock::Entry;
use crate::source::SourceMap;

/// What the thread is told.
enum Message {
    Entry(String, Entry),
    /// How many requests came to the origin that no credential may be sent to.
    End(u64),
}

/// How many entries wait to be written, at most; a disk that is slower than that loses some, and is told of in the end.
const WAITING: usize = 8 << 10;

/// Somebody who writes down what happens.
pub(super) struct Scribe {
    sender: SyncSender<Message>,
    missed: Arc<AtomicU64>,
    thread: JoinHandle<bool>,
}

/// What is written, and where.
pub(super) struct Desk {
    pub(super) file: Option<Keeping>,
    pub(super) log: Option<Log>,
    pub(super) console: Console,
}

impl Scribe {
    /// Begins to write; nobody does where there is nothing to be written.
    pub(super) fn start(desk: Desk) -> Option<Self> {
        if desk.file.is_none() && desk.log.is_none() {
            return None;
        }
        let (sender, receiver) = sync_channel(WAITING);
        let missed = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&missed);
        let thread = thread::spawn(move || desk.write(&receiver, &seen));
        Some(Self { sender, missed, thread })
    }

    /// What takes entries for it.
    pub(super) fn watcher(&self) -> impl Fn(&str, &Entry) + Send + Sync + use<> {
        let (sender, missed) = (self.sender.clone(), Arc::clone(&self.missed));
        move |session, entry| {
            if sender.try_send(Message::Entry(session.to_owned(), entry.clone())).is_err() {
                missed.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Writes what is still to be written, and the end; whether everything could be written.
    pub(super) fn conclude(self, foreign: u64) -> bool {
        // Whoever does not take it has come to a bad end, which shows below.
        let _ = self.sender.send(Message::End(foreign));
        self.thread.join().unwrap_or(false)
    }
}

impl Desk {
    /// Writes until the end; whether everything could be written.
    fn write(mut self, receiver: &Receiver<Message>, missed: &AtomicU64) -> bool {
        let mut is_right = true;
        while let Some(message) = self.next(receiver, &mut is_right) {
            match message {
                Message::Entry(session, entry) => {
                    if let Some(log) = &mut self.log {
                        log.write(self.console, &session, &entry);
                    }
                    self.file(&mut is_right, |file| file.write(&session, &entry));
                }
                Message::End(foreign) => {
                    let missed = missed.load(Ordering::Relaxed);
                    self.file(&mut is_right, |file| file.conclude(foreign, missed));
                    break;
                }
            }
        }
        is_right
    }

    /// The next message; as long as there is none, what was written so far can be read.
    fn next(&mut self, receiver: &Receiver<Message>, is_right: &mut bool) -> Option<Message> {
        match receiver.try_recv() {
            Ok(message) => Some(message),
            Err(TryRecvError::Disconnected) => None,
            Err(TryRecvError::Empty) => {
                self.file(is_right, Keeping::flush);
                receiver.recv().ok()
            }
        }
    }

    /// Does something with the file. Where that fails somebody is told at once, and the mock goes on without a file.
    fn file(&mut self, is_right: &mut bool, write: impl FnOnce(&mut Keeping) -> Result<(), Diagnostic>) {
        let Some(Err(unwritable)) = self.file.as_mut().map(write) else { return };
        *is_right = false;
        self.file = None;
        self.console.diagnostics(&[unwritable], &SourceMap::default());
    }
}
