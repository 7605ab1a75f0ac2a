//! Checks that no requirement stands on: whatever they see, nothing would come of it.

use std::collections::BTreeSet;

use super::program::{Act, CheckId, Instruction, Program};
use crate::diagnostic::Diagnostic;

/// A mistake for each check that neither covers a requirement nor belongs to a control.
pub(super) fn refuse(program: &Program) -> Vec<Diagnostic> {
    let pendings: BTreeSet<CheckId> = program.every_step().filter_map(pending).collect();
    let checks = program.checks.iter().enumerate();
    let idle = checks
        .filter(|(id, check)| check.covers.is_empty() && !check.control && !pendings.contains(&CheckId(*id)));
    idle.map(|(_, check)| {
        let message = "the block covers no requirement, so nothing can come of it";
        let help = "add `covers: [ID]`, or `control: true` to the step";
        Diagnostic::error("covers-nothing", message).at(check.span, "").help(help)
    })
    .collect()
}

/// A block that need cover nothing, because it also says what does not end a poll.
fn pending(step: &Instruction) -> Option<CheckId> {
    let Act::Poll(poll) = &step.act else { return None };
    poll.pending.as_ref().map(|pending| pending.id)
}
