//! What is wrong with a scenario although every word of it is right: nothing in it could tell two servers apart.

use super::program::{Act, Instruction, NumberedCheck, PollAct, Program, every_step};
use crate::check::Constant;
use crate::diagnostic::Diagnostic;
use crate::scenario::Count;

/// The diagnostics of a compiled scenario.
pub fn lint(program: &Program) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    constant_answer(program, &mut diagnostics);
    nothing_covered(program, &mut diagnostics);
    diagnostics
}

/// A scenario whose every check expects one status or one reading is satisfied by a server that always gives it.
fn constant_answer(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    if every_step(&program.steps).any(asks_for_more) {
        return;
    }
    let checks = every_step(&program.steps).flat_map(checks);
    let constants: Vec<Option<Constant>> = checks.map(|numbered| numbered.check.expects()).collect();
    let Some(Some(first)) = constants.first() else { return };
    if constants.iter().all(|constant| *constant == Some(*first)) {
        let always = match first {
            Constant::Status(status) => status.to_string(),
            Constant::Reading(reading) => format!("so that it reads as {reading}"),
        };
        let message = format!("a server that always answers {always} would pass this scenario");
        let help = "add a step with `control: true` that such a server fails: the positive twin of a refusal, or a case that must be refused";
        diagnostics
            .push(Diagnostic::error("constant-answer", message).at(program.scenario.span, "").help(help));
    }
}

/// Whether a step asks for what no answer alone gives: a call of the server, or values that differ.
fn asks_for_more(step: &Instruction) -> bool {
    match &step.act {
        Act::Await(wait) => !matches!(wait.count, Count::Exactly(0) | Count::AtLeast(0)),
        Act::Repeat(repeat) => repeat.quantifiers.iter().any(|quantifier| quantifier.distinct),
        _ => false,
    }
}

fn nothing_covered(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    if program.requirements().is_empty() {
        let message = "no check of the scenario covers a requirement";
        let help = "name the requirement at the block that can be found wanting: `covers: [JOB-END-01]`";
        diagnostics
            .push(Diagnostic::error("covers-nothing", message).at(program.scenario.span, "").help(help));
    }
}

/// The checks of a step itself, but for what its invariants and its trace say.
fn checks(step: &Instruction) -> Vec<&NumberedCheck> {
    let mut checks: Vec<&NumberedCheck> = step.checks.iter().collect();
    match &step.act {
        Act::Request { follow: Some(follow), .. } => checks.extend(&follow.each),
        Act::Poll(poll) => {
            let PollAct { pending, until, fail_when, .. } = poll.as_ref();
            checks.extend(pending.iter().chain([until]).chain(fail_when.iter()));
        }
        _ => {}
    }
    checks
}
