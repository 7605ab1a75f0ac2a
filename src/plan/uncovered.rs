//! Checks that no requirement stands on: whatever they see, nothing would come of it.

use std::collections::BTreeSet;

use super::program::{Act, CheckId, Instruction, Program};
use crate::diagnostic::Diagnostic;

/// A mistake for each check that neither covers a requirement nor belongs to a control.
pub(super) fn refuse(program: &Program) -> Vec<Diagnostic> {
    let mut pendings = BTreeSet::new();
    collect_pendings(&program.steps, &mut pendings);
    collect_pendings(&program.cleanup, &mut pendings);
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

/// Blocks that need cover nothing, because they also say what does not end a poll.
fn collect_pendings(steps: &[Instruction], pendings: &mut BTreeSet<CheckId>) {
    for step in steps {
        match &step.act {
            Act::Poll(poll) => pendings.extend(poll.pending.iter().map(|pending| pending.id)),
            Act::Repeat(repeat) => collect_pendings(&repeat.steps, pendings),
            Act::Parallel(branches) => branches.iter().for_each(|branch| collect_pendings(branch, pendings)),
            Act::Either(ways) => ways.iter().for_each(|way| collect_pendings(&way.steps, pendings)),
            Act::Use(fragment) => collect_pendings(&fragment.steps, pendings),
            Act::Request { .. } | Act::Hook(_) | Act::Wait(_) | Act::Await(_) => {}
        }
    }
}
