//! What a run shows while it goes on: a bar on a terminal, a heartbeat line where there is none.
//!
//! Neither knows where its output goes or what time it is: both are handed in.

use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::describe;
use super::palette::{Palette, paint};
use crate::clock::format_duration;
use crate::outcome::baseline::{Baseline, is_violation};
use crate::outcome::{CaseOutcome, Event, Sink, Verdict, Wait, phrase};

/// How long a run that waits says nothing.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// A bar that counts cases and shows what the run waits for; failures stay on the screen above it.
#[derive(Debug)]
pub struct Bar {
    screen: MultiProgress,
    cases: ProgressBar,
    palette: Palette,
    known: Option<Baseline>,
}

impl Bar {
    /// A bar on `screen`, which decides where it is drawn and whether at all. What is `known` to fail is no news.
    pub fn new(screen: &MultiProgress, palette: Palette, known: Option<Baseline>) -> Self {
        let cases = screen.add(ProgressBar::no_length());
        cases.set_style(style());
        Self { screen: screen.clone(), cases, palette, known }
    }

    fn finished(&self, case: &CaseOutcome) {
        if let Some(line) = headline(case, self.known.as_ref(), &self.palette) {
            // A screen that cannot be written to is no reason to end a run.
            _ = self.screen.println(line);
        }
        self.cases.inc(1);
        self.cases.set_message("");
    }
}

/// What is worth knowing before the run is over.
fn headline(case: &CaseOutcome, known: Option<&Baseline>, palette: &Palette) -> Option<String> {
    let verdict = case.verdict();
    let is_news = match verdict {
        Verdict::Error => true,
        Verdict::Fail => known.is_none_or(|known| is_violation(Some(known), case)),
        _ => false,
    };
    let word = paint(palette.verdict(verdict), &verdict.word().to_uppercase());
    is_news.then(|| format!("{word}  {}", case.id))
}

impl Sink for Bar {
    fn emit(&self, event: Event<'_>) {
        match event {
            Event::Started { cases, .. } => self.cases.set_length(cases as u64),
            Event::CaseStarted { id } => self.cases.set_message(id.to_owned()),
            Event::Waiting { id, wait, remaining } => self.cases.set_message(waiting(id, wait, remaining)),
            Event::CaseFinished(case) => self.finished(case),
            Event::Finished(_) => self.cases.finish_and_clear(),
        }
    }
}

/// A bar that counts whatever is done; it leaves the screen when it is dropped.
#[derive(Debug)]
pub struct Tally(ProgressBar);

impl Tally {
    /// A bar for so many steps on `screen`, which decides where it is drawn and whether at all.
    pub fn new(screen: &MultiProgress, steps: usize) -> Self {
        let bar = screen.add(ProgressBar::new(steps as u64));
        bar.set_style(style());
        Self(bar)
    }

    /// One more is done.
    pub fn step(&self, done: &str) {
        self.0.set_message(done.to_owned());
        self.0.inc(1);
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A line now and then while a case waits, so that a log shows that the run is alive.
pub struct Heartbeat<W, C> {
    clock: C,
    state: Mutex<State<W>>,
}

struct State<W> {
    writer: W,
    last: Duration,
}

impl<W: Write + Send, C: Fn() -> Duration + Send + Sync> Heartbeat<W, C> {
    /// Writes to `writer`; `clock` tells how long the run has lasted.
    pub fn new(writer: W, clock: C) -> Self {
        let last = clock();
        Self { clock, state: Mutex::new(State { writer, last }) }
    }
}

impl<W: Write + Send, C: Fn() -> Duration + Send + Sync> Sink for Heartbeat<W, C> {
    fn emit(&self, event: Event<'_>) {
        let Event::Waiting { id, wait, remaining } = event else { return };
        let now = (self.clock)();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if now.saturating_sub(state.last) >= HEARTBEAT {
            state.last = now;
            let line = waiting(id, wait, remaining);
            // A log that cannot be written to is no reason to end a run.
            _ = writeln!(state.writer, "{} waiting: {line}", describe::time(now));
        }
    }
}

/// `elma/status/slow: attempt 7, last status 200, 25s left`.
fn waiting(id: &str, wait: Wait, remaining: Duration) -> String {
    let remaining = whole_seconds(remaining);
    match wait {
        Wait::Attempt { attempt, last_status } => {
            let last =
                last_status.map_or("no answer yet".to_owned(), |status| format!("last status {status}"));
            format!("{id}: attempt {attempt}, {last}, {remaining} left")
        }
        Wait::Answer(since) => {
            format!("{id}: no whole answer for {}, {remaining} left", whole_seconds(since))
        }
        Wait::CallBacks(come) => {
            format!("{id}: {} so far, {remaining} left", phrase::count(come, "call-back"))
        }
        Wait::Client(since) => {
            format!("{id}: the client runs for {}, {remaining} left", whole_seconds(since))
        }
    }
}

fn whole_seconds(duration: Duration) -> String {
    format_duration(Duration::from_secs(duration.as_secs()))
}

fn style() -> ProgressStyle {
    // The template is a constant; should it ever be wrong, the bar that the library draws by itself will do.
    ProgressStyle::with_template("{bar:24} {pos}/{len} {elapsed} {wide_msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::RunOutcome;
    use crate::outcome::baseline::divergence;
    use crate::outcome::sample as rows;
    use crate::report::sample;
    use indicatif::ProgressDrawTarget;
    use jiff::civil::date;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    fn wait(attempt: u32) -> Event<'static> {
        let remaining = Duration::from_millis(25_400);
        let wait = Wait::Attempt { attempt, last_status: Some(200) };
        Event::Waiting { id: "elma/status/slow", wait, remaining }
    }

    #[test]
    fn a_heart_beats_only_after_a_pause() {
        let seconds = Arc::new(AtomicU64::new(0));
        let clock = {
            let seconds = Arc::clone(&seconds);
            move || Duration::from_secs(seconds.load(Ordering::Relaxed))
        };
        let heartbeat = Heartbeat::new(Vec::new(), clock);
        for second in [1, 9, 10, 12, 19, 20] {
            seconds.store(second, Ordering::Relaxed);
            heartbeat.emit(wait(u32::try_from(second).unwrap()));
        }
        let written = heartbeat.state.into_inner().unwrap().writer;
        assert_eq!(
            String::from_utf8(written).unwrap(),
            "10.00 s waiting: elma/status/slow: attempt 10, last status 200, 25s left\n\
             20.00 s waiting: elma/status/slow: attempt 20, last status 200, 25s left\n"
        );
    }

    #[test]
    fn a_slow_answer_is_told_by_its_age() {
        let wait = Wait::Answer(Duration::from_millis(12_900));
        let line = waiting("uipath/long-polling/cap", wait, Duration::from_secs(19));
        assert_eq!(line, "uipath/long-polling/cap: no whole answer for 12s, 19s left");
    }

    #[test]
    fn the_bar_counts_cases_and_announces_failures() {
        let hidden = MultiProgress::with_draw_target(ProgressDrawTarget::hidden());
        let bar = Bar::new(&hidden, Palette::plain(), None);
        let (outcome, _) = sample::run();
        let RunOutcome { suite_digest, target, selection, .. } = &outcome;
        bar.emit(Event::Started { cases: outcome.cases.len(), jobs: 0, suite_digest, target, selection });
        bar.emit(wait(3));
        assert_eq!(bar.cases.message(), "elma/status/slow: attempt 3, last status 200, 25s left");
        outcome.cases.iter().for_each(|case| bar.emit(Event::CaseFinished(case)));
        assert_eq!((bar.cases.position(), bar.cases.message().as_str()), (outcome.cases.len() as u64, ""));
        let headlines: Vec<String> =
            outcome.cases.iter().filter_map(|case| headline(case, None, &Palette::plain())).collect();
        assert_eq!(
            headlines,
            [
                "FAIL  tst/cancel/by-another-system@get",
                "FAIL  tst/cancel/by-another-system@post",
                "ERROR  tst/main/unreachable"
            ]
        );
    }
    #[test]
    fn what_is_known_to_fail_is_no_news() {
        let (outcome, _) = sample::run();
        let case = outcome.cases.iter().find(|case| case.verdict() == Verdict::Fail).unwrap();
        let failed = case.verdicts.iter().filter(|verdict| verdict.verdict == Verdict::Fail);
        let entries = failed
            .map(|verdict| rows::entry(&case.id, verdict.requirement.as_str(), &divergence(case, verdict)))
            .collect();
        let mut known = Baseline { file: "b.yaml".to_owned(), entries, day: date(2026, 11, 22) };
        assert_eq!(headline(case, Some(&known), &Palette::plain()), None);
        known.entries.pop();
        assert!(headline(case, Some(&known), &Palette::plain()).is_some());
    }
}
