//! A baseline that is held against the situations, before any client is started.

use crate::cli::baseline::{Known, unknown_case};
use crate::diagnostic::{Diagnostic, nearest};
use crate::outcome::baseline::Placed;
use crate::rule::{RULES, rule};

/// The entries that no run of a client could ever judge; `ids` are those of all situations.
pub(super) fn unmatched(known: &Known, ids: &[String]) -> Vec<Diagnostic> {
    known.placed.iter().filter_map(|placed| no_situation(placed, ids).or_else(|| no_rule(placed))).collect()
}

fn no_situation(placed: &Placed, ids: &[String]) -> Option<Diagnostic> {
    let wanted = placed.entry.case.as_str();
    let help = || match nearest(wanted, ids.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the situations are {}", ids.join(", ")),
    };
    (!ids.iter().any(|id| id == wanted)).then(|| unknown_case(placed, help()))
}

fn no_rule(placed: &Placed) -> Option<Diagnostic> {
    let wanted = placed.entry.requirement.as_str();
    if rule(wanted).is_some() {
        return None;
    }
    let message = format!("there is no rule `{wanted}` for clients");
    let unknown = Diagnostic::error("unknown-rule", message).at(placed.name, "unknown name");
    Some(unknown.suggest(wanted, RULES.iter().map(|rule| rule.id)))
}
