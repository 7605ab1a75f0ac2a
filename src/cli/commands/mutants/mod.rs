//! `mutants`: shows that the suite can fail, one deliberate violation of the mock after another.

mod json;
mod selection;
mod self_check;
mod text;

use indicatif::MultiProgress;

use crate::cli::args::{MatrixFile, MutantsArguments};
use crate::cli::bench::Stand;
use crate::cli::console::Console;
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session, Stop};
use crate::cli::{files, interruption};
use crate::clock::Instant;
use crate::mock::Defect;
use crate::mutation::{KillMatrix, measure};
use crate::report::describe;
use crate::report::progress::Tally;
use crate::runner::Interrupt;

/// Tries the chosen mutants, shows the matrix, and ends as it says.
pub(crate) fn mutants(session: &mut Session, arguments: &MutantsArguments) -> Ending {
    let stand = Stand::set_up(session, arguments.suite.suite.as_deref())?;
    let defects = selection::choose(session, arguments, &stand.prepared.suite)?;
    if arguments.self_check {
        return self_check::check(session, arguments, &defects);
    }
    let begun = Instant::now();
    let matrix = try_all(session, arguments, &stand, &defects)?;
    publish(session, arguments, &stand, &matrix)?;
    session.console.note(&format!("in {}", describe::time(begun.elapsed())));
    Ok(exit(&matrix))
}

fn exit(matrix: &KillMatrix) -> Exit {
    match (matrix.interrupted, matrix.is_satisfied()) {
        (true, _) => Exit::Interrupted,
        (false, true) => Exit::Satisfied,
        (false, false) => Exit::Violation,
    }
}

fn try_all(
    session: &mut Session,
    arguments: &MutantsArguments,
    stand: &Stand,
    defects: &[&'static Defect],
) -> Result<KillMatrix, Stop> {
    let (interrupter, interrupt) = Interrupt::new();
    interruption::listen(session.console, interrupter);
    let watched = with_progress(session.console, defects.len(), |tell| {
        measure(&stand.bench(interrupt), defects, threads(arguments), tell)
    });
    watched.map_err(|reason| session.not_started(&reason))
}

/// Does something that tells of each defect that is done, and shows that on a terminal.
fn with_progress<T>(
    console: Console,
    steps: usize,
    work: impl FnOnce(&(dyn Fn(&'static Defect) + Sync)) -> T,
) -> T {
    let tally = console.shows_progress().then(|| Tally::new(&MultiProgress::new(), steps));
    work(&|defect| {
        if let Some(tally) = &tally {
            tally.step(defect.id);
        }
    })
}

fn threads(arguments: &MutantsArguments) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    arguments.concurrency.map_or_else(cores, usize::from)
}

/// The text for people goes to standard output unless the document was asked for there.
fn publish(
    session: &mut Session,
    arguments: &MutantsArguments,
    stand: &Stand,
    matrix: &KillMatrix,
) -> Result<(), Stop> {
    let all = arguments.verbose || !matrix.whole;
    let text = |palette| text::render(matrix, all, &palette);
    let document = || json::render(matrix, &stand.prepared.suite.digest);
    match &arguments.report {
        Some(MatrixFile { path: None }) => {
            session.console.remark(&text(session.console.palette_of_notes()));
            session.show_exactly(&document())
        }
        Some(MatrixFile { path: Some(path) }) => {
            session.show(&text(session.console.palette_of_results()))?;
            let written = files::replace(path, document().as_bytes());
            session.stored(written)
        }
        None => session.show(&text(session.console.palette_of_results())),
    }
}
