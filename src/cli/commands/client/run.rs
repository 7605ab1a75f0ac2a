//! `client run`: a client in every situation, and the verdicts on it.

use tokio::runtime::{self, Runtime};

use super::playing::{Played, Stage};
use super::selection::{Chosen, choose};
use super::{known, mocks, text};
use crate::cli::args::ClientRunArguments;
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session, Stop, unshown};
use crate::cli::{baseline, files, interruption, progress, reports};
use crate::client::judge::conclude;
use crate::client::{Judged, Suite};
use crate::diagnostic::Diagnostic;
use crate::outcome::baseline::Baseline;
use crate::outcome::{Event, RunOutcome, Sink, TargetSummary, phrase};
use crate::report::live::Live;
use crate::runner::Interrupt;
use crate::system::System as _;

/// Runs the client and judges it.
pub(super) fn run(session: &mut Session, arguments: &ClientRunArguments) -> Ending {
    let chosen = choose(session, arguments)?;
    for situation in &chosen.situations {
        session.diagnostics.extend(mocks::configuration(situation).err());
    }
    let baseline = baseline::load(session, &arguments.gate())?;
    session.diagnostics.extend(baseline.iter().flat_map(|known| known::unmatched(known, &chosen.ids)));
    session.settle()?;
    let baseline = baseline.map(|known| known.into_baseline(session));
    reports::check(session, &arguments.reports)?;
    let runtime = runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| session.not_started(&error.to_string()))?;
    session.console.remark(&header(&chosen, arguments));
    let executed = execute(session, &runtime, (arguments, chosen), baseline);
    let executed = executed.map_err(|broken| {
        session.refuse(broken);
        Stop(Exit::Environment)
    })?;
    publish(session, arguments, executed)
}

/// What is about to happen.
fn header(chosen: &Chosen, arguments: &ClientRunArguments) -> String {
    let number = phrase::count(chosen.situations.len(), "situation");
    let at_once = match usize::from(arguments.concurrency).min(chosen.situations.len()) {
        1 => "one after the other".to_owned(),
        several => format!("{several} at the same time"),
    };
    format!("{number}, {at_once}, each with a mock of its own, for `{}`\n", arguments.command_line())
}

/// Everything that came of a run.
struct Executed {
    outcome: RunOutcome,
    played: Vec<Played>,
    /// What of the live reports could not be written.
    unwritten: Vec<Diagnostic>,
}

fn execute(
    session: &Session,
    runtime: &Runtime,
    (arguments, chosen): (&ClientRunArguments, Chosen),
    baseline: Option<Baseline>,
) -> Result<Executed, Diagnostic> {
    let streams = reports::streams(&arguments.reports, &session.sources)?;
    let progress = progress::progress(session.console, baseline.as_ref());
    let mut listeners: Vec<&dyn Sink> = vec![progress.as_ref()];
    listeners.extend(streams.iter().map(|stream| stream as &dyn Sink));
    let (interrupter, interrupt) = Interrupt::new();
    interruption::listen(session.console, interrupter);
    let started = session.machine.now();
    listeners.emit(begin(&chosen, &target(arguments)));
    let at_once = usize::from(arguments.concurrency);
    let stage = Stage { command: &arguments.command, at_once, sink: &listeners, interrupt: &interrupt };
    let played = runtime.block_on(stage.play(&chosen.situations))?;
    let judged: Vec<Judged> = played.iter().map(|own| own.judged.clone()).collect();
    let lasted = session.machine.now().duration_since(started).unsigned_abs();
    let outcome = conclude(
        &judged,
        Suite {
            digest: chosen.digest,
            target: target(arguments),
            selection: chosen.selection,
            baseline,
            options: arguments.options(interrupt.is_set()),
            rerun: arguments.words(),
            started,
            duration: lasted,
        },
    );
    listeners.emit(Event::Finished(&outcome));
    let unwritten = streams.into_iter().filter_map(Live::failure);
    let unwritten = unwritten.map(|(place, error)| files::unwritable(&place, &error)).collect();
    Ok(Executed { outcome, played, unwritten })
}

fn target(arguments: &ClientRunArguments) -> TargetSummary {
    TargetSummary { identity: arguments.command_line(), ..TargetSummary::default() }
}

fn begin<'a>(chosen: &'a Chosen, target: &'a TargetSummary) -> Event<'a> {
    Event::Started {
        cases: chosen.situations.len(),
        jobs: 0,
        suite_digest: &chosen.digest,
        target,
        selection: &chosen.selection,
    }
}

/// Shows what came of it, on standard output unless a report was asked for there, and writes the reports.
fn publish(session: &mut Session, arguments: &ClientRunArguments, executed: Executed) -> Ending {
    let Executed { outcome, played, unwritten } = executed;
    let page = |palette| text::Page {
        outcome: &outcome,
        played: &played,
        sources: &session.sources,
        palette,
        verbose: arguments.verbose,
    };
    session.diagnostics.extend(unwritten);
    if reports::take_standard_output(&arguments.reports) {
        session.console.remark(&page(session.console.palette_of_notes()).render());
    } else {
        let shown = page(session.console.palette_of_results()).render();
        session.diagnostics.extend(unshown(session.console.prose(&shown)));
    }
    let unwritten = reports::write(session, &arguments.reports, &outcome);
    session.diagnostics.extend(unwritten);
    let exit = Exit::from(outcome.gate.exit);
    // A result that nobody can read is none, whatever the gate says of it.
    match session.settle() {
        Err(_) if exit != Exit::Interrupted => Ok(Exit::Environment),
        _ => Ok(exit),
    }
}
