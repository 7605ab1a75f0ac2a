//! Branches of a poll that say the same, so that one of them is never asked.

use super::program::{NumberedCheck, PollAct};
use crate::check::When;
use crate::diagnostic::Diagnostic;

/// A mistake for each branch that accepts one answer alone, and that one is another branch's already.
pub(super) fn refuse(poll: &PollAct) -> Vec<Diagnostic> {
    // In the order in which a run asks them.
    let branches = [
        ("until", Some(&poll.until)),
        ("fail_when", poll.fail_when.as_ref()),
        ("pending", poll.pending.as_ref()),
    ];
    let written: Vec<(&str, &NumberedCheck)> =
        branches.into_iter().filter_map(|(name, branch)| Some((name, branch?))).collect();
    let earlier = |number: usize| written[..number].iter().find(|(_, own)| is_same(own, written[number].1));
    let pairs = (0..written.len()).filter_map(|number| Some((*earlier(number)?, written[number])));
    pairs.map(|(first, second)| same(first, second)).collect()
}

/// Whether the first leaves nothing for the second; one with a `when` may leave everything.
fn is_same(first: &NumberedCheck, second: &NumberedCheck) -> bool {
    let constant = first.check.expects();
    constant.is_some() && constant == second.check.expects() && first.check.when == When::default()
}

fn same((first, own): (&str, &NumberedCheck), (second, other): (&str, &NumberedCheck)) -> Diagnostic {
    let message = format!("`{second}` of the poll is the same as `{first}`, which is asked before it");
    let help = "say what tells the two apart, such as a place of the body: `until: { status: 200, body: { at: { /state: done } } }`";
    Diagnostic::error("same-branches", message)
        .at(other.check.span, "never asked")
        .related(own.check.span, "asked first")
        .help(help)
}
