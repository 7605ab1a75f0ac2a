//! `mock`: a mock orchestrator for others to work with, until it is asked to end.

mod announcement;
mod described;
mod keeping;
mod log;
mod scribe;
mod setting;
mod verdicts;

use std::path::Path;

use tokio::runtime;

use crate::cli::args::{LogForm, ServerArguments};
use crate::cli::exit_code::Exit;
use crate::cli::interruption::{self, Asked};
use crate::cli::session::{Ending, Session, Stop};
use crate::cli::{files, reports};
use crate::diagnostic::Diagnostic;
use crate::mock::{Builder, Mock, StartError};
use crate::system::System as _;
use described::Circumstances;
use keeping::Keeping;
use log::Log;
use scribe::{Desk, Scribe};

/// Starts the mock, says where it is, and waits.
pub(crate) fn mock(session: &mut Session, arguments: &ServerArguments) -> Ending {
    let builder = setting::builder(session, arguments)?;
    reports::check(session, &arguments.judging.reports)?;
    for path in [&arguments.written.ready_file, &arguments.written.target_out].into_iter().flatten() {
        let room = files::make_room(path);
        session.settled(room)?;
    }
    let journal = arguments.written.journal_out.as_deref().map(Keeping::open).transpose();
    let journal = session.settled(journal)?;
    let seen = if session.console.shows_progress() { LogForm::Text } else { LogForm::Off };
    let log = Some(arguments.written.log.unwrap_or(seen)).filter(|form| *form != LogForm::Off);
    let runtime = runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| session.not_started(&error.to_string()))?;
    runtime.block_on(serve(session, builder, arguments, (journal, log)))
}

async fn serve(
    session: &mut Session,
    builder: Builder,
    arguments: &ServerArguments,
    (mut file, log): (Option<Keeping>, Option<LogForm>),
) -> Ending {
    let started = session.machine.now();
    let mut signals = interruption::Signals::catch();
    if let Some(file) = &mut file {
        session.stored(file.begin(&builder))?;
    }
    let desk = Desk { file, log: log.map(Log::new), console: session.console };
    let scribe = Scribe::start(desk);
    let builder = match &scribe {
        Some(scribe) => builder.watch(scribe.watcher()),
        None => builder,
    };
    let mock = match builder.start().await {
        Ok(mock) => mock,
        Err(error) => return Err(not_started(session, &error)),
    };
    announce(session, &mock, arguments)?;
    let asked = signals.asked_to_end().await;
    let finished = mock.finish().await;
    let kept = scribe.is_none_or(|scribe| scribe.conclude(finished.foreign));
    let gate = verdicts::publish(session, finished.sessions, &arguments.judging, started)?;
    if !kept {
        return Err(Stop(Exit::Environment));
    }
    Ok(if asked == Asked::ByKey { Exit::Interrupted } else { gate.into() })
}

/// Says where the mock is, on standard output and wherever else it was asked for.
fn announce(session: &mut Session, mock: &Mock, arguments: &ServerArguments) -> Result<(), Stop> {
    let written = &arguments.written;
    let line = announcement::line(mock);
    if let Some(path) = &written.target_out {
        let described = describe(mock, arguments, path);
        session.stored(described)?;
    }
    session.show_exactly(&line)?;
    if session.console.shows_progress() {
        // What is to be pasted stays in one piece, however narrow the terminal is.
        session.console.note(&announcement::banner(mock));
    }
    match &written.ready_file {
        Some(path) => session.stored(files::replace(path, line.as_bytes())),
        None => Ok(()),
    }
}

/// Writes the target file, and beside it the certificate that whoever runs it must trust.
fn describe(mock: &Mock, arguments: &ServerArguments, path: &Path) -> Result<(), Diagnostic> {
    let beside = path.with_extension("pem");
    let name = beside.file_name().map(|name| name.to_string_lossy().into_owned());
    let trusted = mock.certificate().zip(name);
    if let Some((certificate, _)) = &trusted {
        files::replace(&beside, certificate.as_bytes())?;
    }
    let ca = trusted.as_ref().map(|(_, name)| name.as_str());
    let (quick, guarded) = (arguments.manner.quick, arguments.place.control_token.is_some());
    let circumstances = Circumstances { quick, ca, guarded };
    files::replace(path, described::target(mock, &circumstances).as_bytes())
}

fn not_started(session: &mut Session, error: &StartError) -> Stop {
    let message = error.to_string();
    let (diagnostic, exit) = match error {
        StartError::Listen(..) => {
            let help = "give another address; port 0 is any free one";
            (Diagnostic::error("no-mock", message).help(help), Exit::Environment)
        }
        StartError::Unguarded(_) => {
            let help = "add `--control-token TOKEN`, or serve it on this machine alone";
            (Diagnostic::error("unguarded-control", message).help(help), Exit::Usage)
        }
        StartError::Thread(_) => (Diagnostic::error("no-mock", message), Exit::Environment),
        StartError::Tls(_) => {
            let help = "give PEM files of a certificate and its key, or `--tls self-signed`";
            (Diagnostic::error("certificate", message).help(help), Exit::Usage)
        }
    };
    session.refuse(diagnostic);
    Stop(exit)
}
