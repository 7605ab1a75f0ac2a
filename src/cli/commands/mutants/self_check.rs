//! `mutants --self-check`: whether each defect does what its entry in the registry says.

use super::{threads, with_progress};
use crate::cli::args::MutantsArguments;
use crate::cli::exit_code::Exit;
use crate::cli::interruption;
use crate::cli::session::{Ending, Session};
use crate::mock::Defect;
use crate::mutation::{Objection, self_check};
use crate::outcome::phrase::count;
use crate::runner::Interrupt;

/// Checks these defects, and says what is wrong with their entries.
pub(super) fn check(
    session: &mut Session,
    arguments: &MutantsArguments,
    defects: &[&'static Defect],
) -> Ending {
    let (interrupter, interrupt) = Interrupt::new();
    interruption::listen(session.console, interrupter);
    let checked = with_progress(session.console, defects.len(), |tell| {
        self_check(defects, threads(arguments), &interrupt, tell)
    });
    let Some(objections) = checked.map_err(|reason| session.not_started(&reason))? else {
        return Ok(Exit::Interrupted);
    };
    session.show(&render(&objections, defects.len()))?;
    Ok(if objections.is_empty() { Exit::Satisfied } else { Exit::Violation })
}

fn render(objections: &[Objection], checked: usize) -> String {
    let lines: String = objections.iter().map(|own| format!("{}: {}\n", own.defect, own.reason)).collect();
    let right = checked - objections.len();
    let all = count(checked, "defect");
    format!("{lines}{right} of {all} differ from the clean mock, first where they say\n")
}
