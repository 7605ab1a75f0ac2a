//! `mock`: a mock orchestrator for others to work with, until it is asked to end.

mod announcement;
mod described;
mod keeping;
mod setting;

use std::io;

use tokio::runtime;
use tokio::sync::oneshot;

use crate::cli::args::{ServerArguments, WrittenArguments};
use crate::cli::exit_code::Exit;
use crate::cli::files;
use crate::cli::interruption::{self, Asked};
use crate::cli::session::{Ending, Session, Stop};
use crate::diagnostic::Diagnostic;
use crate::mock::{Builder, Mock, StartError};
use keeping::Keeping;

/// Starts the mock, says where it is, and waits.
pub(crate) fn mock(session: &mut Session, arguments: &ServerArguments) -> Ending {
    let builder = setting::builder(session, arguments)?;
    let quick = arguments.manner.quick;
    let journal = arguments.written.journal_out.as_deref().map(Keeping::open).transpose();
    let journal = session.settled(journal)?;
    let runtime = runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| session.not_started(&error.to_string()))?;
    runtime.block_on(serve(session, builder, (&arguments.written, quick), journal))
}

async fn serve(
    session: &mut Session,
    builder: Builder,
    (written, quick): (&WrittenArguments, bool),
    journal: Option<Keeping>,
) -> Ending {
    let mut signals = interruption::Signals::catch();
    let mock = match builder.start().await {
        Ok(mock) => mock,
        Err(error) => return Err(not_started(session, &error)),
    };
    announce(session, &mock, (written, quick))?;
    let (ended, end) = oneshot::channel();
    let keeping = journal.map(|journal| tokio::spawn(journal.follow(mock.session().clone(), end)));
    let asked = signals.asked_to_end().await;
    // Where no journal is kept, nobody wants to know.
    let _ = ended.send(mock.finish().await);
    if let Some(keeping) = keeping {
        let kept = keeping.await.unwrap_or_else(|failed| Err(io::Error::other(failed)));
        session.stored(kept.map_err(|error| files::unwritable("the journal", &error)))?;
    }
    Ok(if asked == Asked::ByKey { Exit::Interrupted } else { Exit::Satisfied })
}

/// Says where the mock is, on standard output and wherever else it was asked for.
fn announce(
    session: &mut Session,
    mock: &Mock,
    (written, quick): (&WrittenArguments, bool),
) -> Result<(), Stop> {
    let line = announcement::line(mock);
    if let Some(path) = &written.target_out {
        let described = files::replace(path, described::target(mock, quick).as_bytes());
        session.stored(described)?;
    }
    session.show_exactly(&line)?;
    if session.console.shows_progress() {
        session.console.remark(&announcement::banner(mock));
    }
    match &written.ready_file {
        Some(path) => session.stored(files::replace(path, line.as_bytes())),
        None => Ok(()),
    }
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
        StartError::Tls(_) => {
            let help = "give PEM files of a certificate and its key, or `--tls self-signed`";
            (Diagnostic::error("certificate", message).help(help), Exit::Usage)
        }
    };
    session.refuse(diagnostic);
    Stop(exit)
}
