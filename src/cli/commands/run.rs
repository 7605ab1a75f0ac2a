//! `run`: judges a server, shows and writes the result, and ends as the gate says.

use std::time::Duration;

use crate::cli::args::{FailOn, GateArguments, GateReach, ReportFile, RunArguments, Seed, Tolerated};
use crate::cli::exit_code::Exit;
use crate::cli::keeping::Keeper;
use crate::cli::preparation::{Prepared, prepare};
use crate::cli::session::{Ending, Session, Stop, unshown};
use crate::cli::{
    baseline, callbacks, files, github, header, interruption, last_failed, progress, reports, rerun, shard,
    way,
};
use crate::clock::format_duration;
use crate::diagnostic::Diagnostic;
use crate::outcome::gate::Options;
use crate::outcome::{RunOutcome, Sink, phrase};
use crate::report;
use crate::report::live::Live;
use crate::runner::{self, Cause, Interrupt, Run, Settings};

/// Runs the selected cases.
pub(crate) fn run(session: &mut Session, arguments: &RunArguments) -> Ending {
    let folder = arguments.suite.suite.as_deref();
    let known = baseline::load(session, &arguments.gate)?;
    let prepared = prepare(session, &arguments.selection, &arguments.place, folder, known.as_ref())?;
    check_limit(session, &prepared)?;
    session.diagnostics.extend(shard::disturbed(&prepared));
    session.settle()?;
    reports::check(session, &arguments.reports)?;
    let keeper = Keeper::new(&arguments.snapshot, (&prepared.chosen, folder), session.machine.is_ci());
    let checked = keeper.check(&prepared.plan);
    session.settled(checked)?;
    let callbacks = callbacks::open(session, &prepared)?;
    let at = callbacks.as_ref().map(|listening| listening.url.as_str());
    session.console.remark(&header::render(&prepared, at, &session.console.palette_of_notes()));
    let settings = Settings {
        baseline: known.map(|known| known.into_baseline(session)),
        callbacks,
        ..settings(session, arguments, &prepared, &keeper)?
    };
    let (interrupter, interrupt) = Interrupt::new();
    interruption::listen(session.console, interrupter);
    let job = github::Job::of(session.machine, &arguments.reports);
    let hindrance = look(session, &prepared, arguments, &job)?;
    let settings = Settings { hindrance, ..settings };
    let (outcome, mut unwritten) = execute(session, &prepared, (settings, interrupt), &arguments.reports)?;
    remember(session, &outcome)?;
    let kept = keeper.keep(&outcome, &prepared.suite, &session.sources);
    unwritten.extend(publish(session, &arguments.reports, &outcome, &job));
    kept.told.iter().for_each(|line| session.console.note(line));
    unwritten.extend(kept.failure);
    session.diagnostics.extend(missed_faults(&outcome));
    Ok(ending(session, outcome.gate.exit.into(), unwritten))
}

/// The way out where a fault that was asked for met no call; in a shard another one may show it.
fn missed_faults(outcome: &RunOutcome) -> Option<Diagnostic> {
    let options = &outcome.gate.options;
    let missed = options.unmet_faults.join(", ");
    let message = format!("no call met the fault {missed}: what it would have shown is undecided");
    let help = "select cases that make such calls, or say `optional: true` in its rule";
    (!missed.is_empty() && !options.part).then(|| Diagnostic::warning("missed-fault", message).help(help))
}

/// A result that nobody can read is none, whatever the gate says of it.
fn ending(session: &mut Session, exit: Exit, unwritten: Vec<Diagnostic>) -> Exit {
    session.diagnostics.extend(unwritten);
    match session.settle() {
        Err(_) if exit != Exit::Interrupted => Exit::Environment,
        _ => exit,
    }
}

/// A folder that cannot be written to costs `--last-failed`, not the result.
fn remember(session: &mut Session, outcome: &RunOutcome) -> Result<(), Stop> {
    if let Err(unwritten) = last_failed::remember(&outcome.cases) {
        let warning = Diagnostic::warning(unwritten.code, unwritten.message);
        session.diagnostics.push(warning.help("only `--last-failed` needs this file"));
    }
    session.settle()
}

/// A server is not asked for more jobs than its owner allows, by all shards together.
fn check_limit(session: &mut Session, prepared: &Prepared) -> Result<(), Stop> {
    let (jobs, limit) = (prepared.plan.jobs_of_all_shards(), prepared.chosen.target.limits.jobs);
    if jobs <= limit {
        return Ok(());
    }
    let number = phrase::count(usize::try_from(jobs).unwrap_or(usize::MAX), "job");
    let message = format!("the run would create up to {number}, and limits.jobs is {limit}");
    let help = format!("select fewer cases, or allow it: --set limits.jobs={jobs}");
    Err(session.refuse(Diagnostic::error("too-many-jobs", message).help(help)))
}

/// Looks whether anybody is there who speaks HTTP; how they behave is for scenarios. Otherwise it ends here, unless
/// reports are asked for: then they tell who was tried, or are given the reason why nobody could be.
fn look(
    session: &mut Session,
    prepared: &Prepared,
    arguments: &RunArguments,
    job: &github::Job,
) -> Result<Option<String>, Stop> {
    let (target, wait) = (&prepared.chosen.target, arguments.pace.wait);
    let Some(network) = prepared.chosen.network() else { return Ok(None) };
    let Err(found) = runner::preflight(target, &network, wait) else { return Ok(None) };
    session.refuse(way::refusal(target, &found, |keys| way_out(keys, wait)));
    let is_reported = job.shows_anything() || !arguments.reports.is_empty();
    match &found.cause {
        _ if !is_reported => Err(Stop(Exit::Environment)),
        Cause::Foreign { .. } => Ok(Some(found.describe())),
        Cause::Nobody(_) | Cause::Silent(_) => Ok(None),
    }
}

/// Who has waited in vain is not told to wait.
fn way_out(keys: &str, waited: Option<Duration>) -> String {
    match waited.map(format_duration) {
        None => format!("check {keys} in the target file, or wait for the server: --wait 60s"),
        Some(waited) => {
            format!("--wait {waited} has run out: check {keys} in the target file, or the server")
        }
    }
}

/// Runs, and gives the outcome with what of the live reports could not be written.
fn execute(
    session: &mut Session,
    prepared: &Prepared,
    (settings, interrupt): (Settings, Interrupt),
    reports: &[ReportFile],
) -> Result<(RunOutcome, Vec<Diagnostic>), Stop> {
    let streams = reports::streams(reports, &session.sources);
    let streams = match streams {
        Ok(streams) => streams,
        Err(unwritable) => return Err(session.refuse(unwritable)),
    };
    let progress = progress::progress(session.console, settings.baseline.as_ref());
    let mut listeners: Vec<&dyn Sink> = vec![progress.as_ref()];
    listeners.extend(streams.iter().map(|stream| stream as &dyn Sink));
    let ran = runner::run(&Run {
        plan: &prepared.plan,
        suite: &prepared.suite,
        target: &prepared.chosen.target,
        world: prepared.chosen.world(),
        settings,
        sink: &listeners,
        system: &session.machine,
        interrupt,
    });
    let unwritten = streams.into_iter().filter_map(Live::failure);
    let unwritten = unwritten.map(|(place, error)| files::unwritable(&place, &error)).collect();
    ran.map(|outcome| (outcome, unwritten)).map_err(|reason| session.not_started(&reason))
}

fn settings(
    session: &mut Session,
    arguments: &RunArguments,
    prepared: &Prepared,
    keeper: &Keeper,
) -> Result<Settings, Stop> {
    let pace = &arguments.pace;
    let stored = keeper.stored();
    Ok(Settings {
        seed: seed(session, arguments, prepared),
        shuffle: pace.shuffle.is_some(),
        fail_fast: pace.fail_fast,
        concurrency: pace.concurrency.map(usize::from),
        gate: options(arguments, keeper),
        filters: prepared.filter.words(),
        rerun: rerun::arguments(arguments),
        folder: prepared.chosen.folder.clone(),
        snapshots: session.settled(stored)?,
        baseline: None,
        callbacks: None,
        hindrance: None,
    })
}

/// The embedded mock forgets everything between runs, so that its runs can be equal; on a real server what two
/// runs make up must differ.
fn seed(session: &Session, arguments: &RunArguments, prepared: &Prepared) -> u64 {
    match arguments.pace.shuffle {
        Some(Seed::Number(seed)) => seed,
        Some(Seed::Any) => session.machine.seed(),
        None if prepared.chosen.is_real() => session.machine.seed(),
        None => 0,
    }
}

fn options(arguments: &RunArguments, keeper: &Keeper) -> Options {
    let GateArguments { fail_on, gate, allow, .. } = &arguments.gate;
    Options {
        fail_on_warn: *fail_on == Some(FailOn::Warn),
        full: *gate == Some(GateReach::Full),
        interrupted: false,
        part: false,
        refused_snapshots: keeper.refused(allow.contains(&Tolerated::Snapshot)),
        unmet_faults: Vec::new(),
        unjudged: Vec::new(),
    }
}

/// Shows the text for people, on standard output unless a report was asked for there, and writes the reports; gives what
/// could not be written.
fn publish(
    session: &mut Session,
    reports: &[ReportFile],
    outcome: &RunOutcome,
    job: &github::Job,
) -> Vec<Diagnostic> {
    let console = session.console;
    let text = |palette| {
        let text = report::terminal::render(outcome, &session.sources, &palette);
        job.annotated(text, outcome, &session.sources)
    };
    let mut unwritten = Vec::new();
    if reports::take_standard_output(reports) {
        console.remark(&text(console.palette_of_notes()));
    } else {
        unwritten.extend(unshown(console.prose(&text(console.palette_of_results()))));
    }
    unwritten.extend(reports::write(session, reports, outcome));
    session.diagnostics.extend(job.summarize(outcome, &session.sources));
    unwritten
}
