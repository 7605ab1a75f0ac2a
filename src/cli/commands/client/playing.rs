//! A client in one situation after the other, a few at a time; who listens is told how far it is.

use std::pin::pin;
use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use tokio::time::{Instant, interval};

use super::mocks::Mocks;
use super::process::{self, Bounds, Ended, Stopped};
use crate::client::judge::{ended_right, judge};
use crate::client::{Judged, Situation};
use crate::diagnostic::Diagnostic;
use crate::outcome::{Event, Sink, Wait, phrase};
use crate::runner::Interrupt;

/// What came of one situation.
pub(super) struct Played {
    pub(super) judged: Judged,
    /// How the client ended, and what it wrote last beside its result.
    pub(super) ending: String,
    /// Whether a right one ends so, after at least one request.
    pub(super) is_right: bool,
}

/// What is the same for all situations.
pub(super) struct Stage<'a> {
    pub(super) command: &'a [String],
    pub(super) at_once: usize,
    pub(super) sink: &'a dyn Sink,
    pub(super) interrupt: &'a Interrupt,
}

impl Stage<'_> {
    /// Runs the client once in each situation; what was not over when the run was interrupted is not judged.
    pub(super) async fn play(&self, situations: &[Situation]) -> Result<Vec<Played>, Diagnostic> {
        let playing = situations.iter().map(|situation| self.play_one(situation));
        let played = stream::iter(playing).buffer_unordered(self.at_once);
        played.try_filter_map(async |played| Ok(played)).try_collect().await
    }

    async fn play_one(&self, situation: &Situation) -> Result<Option<Played>, Diagnostic> {
        if self.interrupt.is_set() {
            return Ok(None);
        }
        self.sink.emit(Event::CaseStarted { id: &situation.id });
        let begun = Instant::now();
        let mocks = Mocks::start(situation).await.map_err(|reason| Diagnostic::error("no-mock", reason))?;
        let ended = self.beat(situation, self.run(&mocks, situation)).await?;
        if ended.stopped == Some(Stopped::Interrupted) {
            return Ok(None);
        }
        let ending = ending(&ended);
        let course = mocks.finish(situation, ended.end).await;
        let judged = judge(situation, &course, ended.stopped.map(|_| ended.how), begun.elapsed());
        self.sink.emit(Event::CaseFinished(&judged.case));
        Ok(Some(Played {
            judged,
            ending,
            is_right: !course.exchanges.is_empty() && ended_right(situation, &course),
        }))
    }

    async fn run(&self, mocks: &Mocks, situation: &Situation) -> Result<Ended, Diagnostic> {
        let bounds = Bounds {
            time: situation.limits.time,
            requests: (situation.limits.requests, mocks.overrun(&situation.limits)),
            interrupted: self.interrupt.wait(),
        };
        let ended = process::run(self.command, mocks.environment(situation), bounds).await;
        ended.map_err(|error| no_client(self.command, &error))
    }

    /// Tells each second that the client still runs.
    async fn beat<T>(&self, situation: &Situation, running: impl Future<Output = T>) -> T {
        const EVERY: Duration = Duration::from_secs(1);
        let (begun, mut beat, mut running) = (Instant::now(), interval(EVERY), pin!(running));
        loop {
            tokio::select! {
                biased;
                ended = &mut running => return ended,
                _ = beat.tick() => self.sink.emit(Event::Waiting {
                    id: &situation.id,
                    wait: Wait::Client(begun.elapsed()),
                    remaining: situation.limits.time.saturating_sub(begun.elapsed()),
                }),
            }
        }
    }
}

fn ending(ended: &Ended) -> String {
    let last = ended.remarks.lines().rev().find(|line| !line.trim().is_empty());
    match last {
        None => ended.how.clone(),
        Some(last) => format!("{}, and wrote {:?}", ended.how, last.trim()),
    }
}

fn no_client(command: &[String], error: &std::io::Error) -> Diagnostic {
    let program = command.first().map_or("", String::as_str);
    let message = format!("the client {program:?} cannot be started: {}", phrase::reason(error));
    Diagnostic::error("no-client", message).help("write the command after `--` as you would in a shell")
}
