//! `client run`: a client in every situation, and the verdicts on it.

use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream;
use tokio::runtime;

use super::mocks::{self, Mocks};
use super::process::{self, Ended};
use super::selection::{Chosen, choose};
use super::table;
use crate::cli::args::{ClientRunArguments, FailOn};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session, Stop, unshown};
use crate::cli::{baseline, files, reports};
use crate::client::judge::{conclude, ended_right, judge};
use crate::client::{Judged, Situation, Suite};
use crate::diagnostic::Diagnostic;
use crate::outcome::{Event, RunOutcome, Sink as _, gate};
use crate::report::live::Live;
use crate::system::System as _;

/// Runs the client and judges it.
pub(super) fn run(session: &mut Session, arguments: &ClientRunArguments) -> Ending {
    let chosen = choose(session, arguments)?;
    for situation in &chosen.situations {
        session.diagnostics.extend(mocks::configuration(situation).err());
    }
    let known = baseline::load(session, &arguments.gate())?;
    session.settle()?;
    let known = known.map(|known| known.into_baseline(session));
    reports::check(session, &arguments.reports)?;
    let started = session.machine.now();
    let runs = play(session, &arguments.command, &chosen.situations)?;
    let judged: Vec<Judged> = runs.iter().map(|run| run.judged.clone()).collect();
    let lasted = Duration::try_from(session.machine.now().duration_since(started)).unwrap_or_default();
    let outcome = conclude(&judged, Suite { baseline: known, ..suite(arguments, chosen, (started, lasted)) });
    let shown = table::render(&outcome, &runs, &session.console.palette_of_results());
    publish(session, arguments, &outcome, &shown)?;
    Ok(outcome.gate.exit.into())
}

/// What came of one situation.
pub(super) struct Played {
    pub(super) judged: Judged,
    /// What is to be said of how the client ended, if it did not end as a right one does.
    pub(super) remark: Option<String>,
}

fn play(session: &mut Session, command: &[String], situations: &[Situation]) -> Result<Vec<Played>, Stop> {
    /// More at once would only wait for each other.
    const AT_ONCE: usize = 4;
    let runtime = runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| session.not_started(&error.to_string()))?;
    let played = runtime.block_on(async {
        let playing = situations.iter().map(|situation| play_one(command, situation));
        stream::iter(playing).buffered(AT_ONCE).collect::<Vec<_>>().await
    });
    let played: Result<Vec<Played>, Diagnostic> = played.into_iter().collect();
    played.map_err(|unplayable| {
        session.refuse(unplayable);
        Stop(Exit::Environment)
    })
}

async fn play_one(command: &[String], situation: &Situation) -> Result<Played, Diagnostic> {
    let begun = tokio::time::Instant::now();
    let mocks = Mocks::start(situation).await.map_err(|reason| Diagnostic::error("no-mock", reason))?;
    let environment = mocks.environment(situation);
    let overrun = mocks.overrun(&situation.limits);
    let ended = process::run(command, environment, situation.limits.time, overrun).await;
    let Ended { end, remarks } = ended.map_err(|error| no_client(command, &error))?;
    let course = mocks.finish(situation, end).await;
    let judged = judge(situation, &course, begun.elapsed());
    let last = remarks.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let remark = (!ended_right(situation, &course)).then(|| match last {
        "" => format!("{}: {}", situation.id, how(course.end.report)),
        last => format!("{}: {}, and wrote {last:?}", situation.id, how(course.end.report)),
    });
    Ok(Played { judged, remark })
}

fn how(report: crate::rule::course::Report) -> &'static str {
    use crate::rule::course::Report::{Failure, Stopped, Success, Unseen};
    match report {
        Success => "the client reported success",
        Failure => "the client reported a failure",
        Stopped => "the client had to be stopped",
        Unseen => "nobody saw the client end",
    }
}

fn no_client(command: &[String], error: &std::io::Error) -> Diagnostic {
    let program = command.first().map_or("", String::as_str);
    let message = format!("the client {program:?} cannot be started: {error}");
    Diagnostic::error("no-client", message).help("write the command after `--` as you would in a shell")
}

fn suite(
    arguments: &ClientRunArguments,
    chosen: Chosen,
    (started, duration): (jiff::Timestamp, Duration),
) -> Suite {
    Suite {
        digest: chosen.digest,
        client: arguments.command.join(" "),
        selection: chosen.selection,
        baseline: None,
        options: gate::Options {
            fail_on_warn: arguments.fail_on == Some(FailOn::Warn),
            ..gate::Options::default()
        },
        started,
        duration,
    }
}

/// Shows the table, on standard output unless a report was asked for there, and writes the reports.
fn publish(
    session: &mut Session,
    arguments: &ClientRunArguments,
    outcome: &RunOutcome,
    shown: &str,
) -> Result<(), Stop> {
    if reports::take_standard_output(&arguments.reports) {
        session.console.remark(shown);
    } else {
        let unshown = unshown(session.console.prose(shown));
        session.diagnostics.extend(unshown);
    }
    let streams = reports::streams(&arguments.reports, &session.sources);
    let streams = match streams {
        Ok(streams) => streams,
        Err(unwritable) => return Err(session.refuse(unwritable)),
    };
    for stream in &streams {
        tell(stream, outcome);
    }
    let broken = streams.into_iter().filter_map(Live::failure);
    let broken: Vec<Diagnostic> = broken.map(|(place, error)| files::unwritable(&place, &error)).collect();
    let unwritten = reports::write(session, &arguments.reports, outcome);
    session.diagnostics.extend(broken.into_iter().chain(unwritten));
    session.settle().map_err(|_| Stop(Exit::Environment))
}

fn tell(stream: &Live<'_, Box<dyn std::io::Write + Send>>, outcome: &RunOutcome) {
    let RunOutcome { suite_digest, target, selection, .. } = outcome;
    stream.emit(Event::Started { cases: outcome.cases.len(), jobs: 0, suite_digest, target, selection });
    stream.emit(Event::Finished(outcome));
}
