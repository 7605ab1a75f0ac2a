//! JSON Lines while a run goes on: each line as soon as there is something to say, the footer at the end and only there,
//! so that a stream without one is that of a run that broke off.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use super::jsonl;
use crate::outcome::{Event, RunOutcome, Sink};
use crate::source::SourceMap;

/// Writes the lines of a run as it is told of it.
pub struct Live<'s, W> {
    place: String,
    sources: &'s SourceMap,
    state: Mutex<State<W>>,
}

struct State<W> {
    writer: W,
    /// The cases that have their line.
    written: BTreeSet<String>,
    /// What kept a line from being written; nothing is written after it.
    failure: Option<io::Error>,
}

impl<'s, W: Write> Live<'s, W> {
    /// Writes to `writer`, which messages call `place`.
    pub fn new(place: String, writer: W, sources: &'s SourceMap) -> Self {
        let state = State { writer, written: BTreeSet::new(), failure: None };
        Self { place, sources, state: Mutex::new(state) }
    }

    /// What kept the stream from being complete: its place and the reason.
    pub fn failure(self) -> Option<(String, io::Error)> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        state.failure.map(|error| (self.place, error))
    }
}

impl<W: Write> State<W> {
    fn line(&mut self, line: &str) {
        if self.failure.is_none() {
            let written = self.writer.write_all(line.as_bytes()).and_then(|()| self.writer.flush());
            self.failure = written.err();
        }
    }

    /// The cases that were never begun have no other moment than the end.
    fn finish(&mut self, outcome: &RunOutcome, sources: &SourceMap) {
        for case in &outcome.cases {
            if !self.written.contains(&case.id) {
                self.line(&jsonl::case(case, sources));
            }
        }
        self.line(&jsonl::footer(outcome, sources));
    }
}

impl<W: Write + Send> Sink for Live<'_, W> {
    fn emit(&self, event: Event<'_>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Started { suite_digest, target, selection, .. } => {
                state.line(&jsonl::header(suite_digest, target, selection));
            }
            Event::CaseFinished(case) => {
                state.line(&jsonl::case(case, self.sources));
                state.written.insert(case.id.clone());
            }
            Event::Finished(outcome) => state.finish(outcome, self.sources),
            Event::CaseStarted { .. } | Event::Waiting { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use std::collections::BTreeSet;

    fn started(outcome: &RunOutcome) -> Event<'_> {
        let RunOutcome { suite_digest, target, selection, .. } = outcome;
        Event::Started { cases: outcome.cases.len(), jobs: 0, suite_digest, target, selection }
    }

    fn text(live: Live<'_, Vec<u8>>) -> String {
        String::from_utf8(live.state.into_inner().unwrap().writer).unwrap()
    }

    #[test]
    fn in_the_end_every_line_is_there_once() {
        let (outcome, sources) = sample::run();
        let live = Live::new("here".to_owned(), Vec::new(), &sources);
        live.emit(started(&outcome));
        live.emit(Event::CaseFinished(&outcome.cases[3]));
        live.emit(Event::Finished(&outcome));
        let (live, whole) = (text(live), jsonl::render(&outcome, &sources));
        let lines = |text: &'_ str| text.lines().map(str::to_owned).collect::<BTreeSet<String>>();
        assert_eq!(lines(&live), lines(&whole));
        assert_eq!((live.lines().next(), live.lines().last()), (whole.lines().next(), whole.lines().last()));
    }

    #[test]
    fn a_run_that_breaks_off_has_no_footer() {
        let (outcome, sources) = sample::run();
        let live = Live::new("here".to_owned(), Vec::new(), &sources);
        live.emit(started(&outcome));
        live.emit(Event::CaseFinished(&outcome.cases[0]));
        assert!(!text(live).contains(r#""type":"footer""#));
    }

    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_could_not_be_written_is_told_in_the_end() {
        let (outcome, sources) = sample::run();
        let live = Live::new("here".to_owned(), Full, &sources);
        live.emit(started(&outcome));
        live.emit(Event::Finished(&outcome));
        let (place, error) = live.failure().unwrap();
        assert_eq!((place.as_str(), error.kind()), ("here", io::ErrorKind::StorageFull));
    }
}
