//! What happens in a mock, for people who watch it: a line for each call, once it is answered.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};

use super::keeping;
use crate::cli::args::LogForm;
use crate::cli::console::Console;
use crate::mock::{Closed, Decided, Entry, Event};

/// A log that is being written.
#[derive(Debug, Default)]
pub(super) struct Log {
    form: LogForm,
    /// The calls that are not answered yet, by session and exchange.
    open: BTreeMap<(String, u64), Call>,
}

#[derive(Debug)]
struct Call {
    begun: Timestamp,
    words: String,
}

impl Log {
    pub(super) fn new(form: LogForm) -> Self {
        Self { form, ..Self::default() }
    }

    /// Writes what an entry tells.
    pub(super) fn write(&mut self, console: Console, session: &str, entry: &Entry) {
        match self.form {
            LogForm::Off => {}
            LogForm::Json => console.note(&keeping::line(session, entry).to_string()),
            LogForm::Text => {
                if let Some(line) = self.line(session, entry) {
                    console.note(&line);
                }
            }
        }
    }

    fn line(&mut self, session: &str, entry: &Entry) -> Option<String> {
        let key = (session.to_owned(), entry.exchange);
        match &entry.event {
            Event::Opened(opened) => {
                let words = format!("#{} {} {}", entry.exchange, opened.method, opened.target);
                self.open.insert(key, Call { begun: entry.wall, words });
                None
            }
            Event::Decided(decided) => {
                let call = self.open.get(&key)?;
                let took = entry.wall.duration_since(call.begun);
                Some(format!("{}  {}  {}", time(entry), call.words, answered(decided, took)))
            }
            Event::Closed(closed) => {
                let call = self.open.remove(&key)?;
                broken(*closed).map(|how| format!("{}  {}  {how}", time(entry), call.words))
            }
            Event::Steered(what) => {
                let place = if session == crate::mock::DEFAULT_SESSION {
                    String::new()
                } else {
                    format!("/s/{session} ")
                };
                Some(format!("{}  {place}{what}", time(entry)))
            }
        }
    }
}

/// When, by the wall clock and to the millisecond.
fn time(entry: &Entry) -> String {
    entry.wall.strftime("%H:%M:%S%.3f").to_string()
}

fn answered(decided: &Decided, took: SignedDuration) -> String {
    let mut line = decided.status.to_string();
    // Writing to a text cannot fail.
    let mut add = |part: std::fmt::Arguments<'_>| _ = line.write_fmt(part);
    if let Some(operation) = decided.operation {
        add(format_args!(" {operation}"));
    }
    if let Some(job) = decided.job {
        add(format_args!(", job {job}"));
    }
    add(format_args!(", {} ms", took.as_millis()));
    if let Some(because) = &decided.because {
        add(format_args!(": {because}"));
    }
    if let Some(fault) = &decided.fault {
        add(format_args!(" (fault {fault})"));
    }
    for defect in &decided.defects {
        add(format_args!(" (defect {defect})"));
    }
    line
}

fn broken(closed: Closed) -> Option<String> {
    (!closed.whole).then(|| format!("broken off after {} bytes of the answer", closed.bytes))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::mock::Opened;

    fn entry(event: Event) -> Entry {
        Entry { number: 1, exchange: 7, wall: Timestamp::UNIX_EPOCH, now: Duration::ZERO, event }
    }

    fn lines(events: impl IntoIterator<Item = Event>) -> Vec<String> {
        let mut log = Log::new(LogForm::Text);
        events.into_iter().filter_map(|event| log.line("default", &entry(event))).collect()
    }

    fn opened() -> Event {
        let opened = Opened { method: "GET".to_owned(), target: "/nowhere".to_owned(), ..Opened::default() };
        Event::Opened(Box::new(opened))
    }

    #[test]
    fn a_call_is_a_line_once_it_is_answered() {
        let decided = Decided {
            operation: Some("poll"),
            job: Some(3),
            status: 303,
            because: Some("a reason".to_owned()),
            fault: Some("cut".into()),
            defects: vec!["ID/slug"],
            ..Decided::default()
        };
        let told = lines([
            opened(),
            Event::Decided(Box::new(decided)),
            Event::Closed(Closed { bytes: 9, whole: true, end: None }),
        ]);
        let line =
            "00:00:00.000  #7 GET /nowhere  303 poll, job 3, 0 ms: a reason (fault cut) (defect ID/slug)";
        assert_eq!(told, [line]);
    }

    #[test]
    fn a_call_that_breaks_off_is_told_and_so_is_what_is_done_from_outside() {
        let told = lines([
            opened(),
            Event::Closed(Closed { bytes: 0, whole: false, end: None }),
            Event::Steered("hold job 1".to_owned()),
        ]);
        let broken = "00:00:00.000  #7 GET /nowhere  broken off after 0 bytes of the answer";
        assert_eq!(told, [broken, "00:00:00.000  hold job 1"]);
    }
}
