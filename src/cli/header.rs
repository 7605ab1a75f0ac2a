//! What a run is about to do: on which server, as whom, and how much.

use super::preparation::Prepared;
use crate::outcome::phrase::count;
use crate::report::Palette;
use crate::report::palette::paint;
use crate::target::{Principal, Protocol};

/// A line for the run and one for each protocol.
pub(crate) fn render(prepared: &Prepared, palette: &Palette) -> String {
    let cases = prepared.plan.runnable().count();
    let jobs = usize::try_from(prepared.plan.jobs()).unwrap_or(usize::MAX);
    let most = if jobs == 0 { "no jobs".to_owned() } else { format!("at most {}", count(jobs, "job")) };
    let first = format!("{} on {}, {most}", count(cases, "case"), prepared.chosen.describe());
    let protocols = prepared.chosen.target.protocols.iter().filter(|protocol| is_used(prepared, protocol));
    let lines: String = protocols.map(|protocol| format!("\n{}", line(protocol))).collect();
    format!("{}{lines}\n", paint(palette.strong, &first))
}

fn is_used(prepared: &Prepared, protocol: &Protocol) -> bool {
    prepared.plan.runnable().any(|case| case.profile() == protocol.profile)
}

fn line(protocol: &Protocol) -> String {
    let known = protocol.principals.iter().filter(|(_, principal)| matches!(principal, Principal::Known(_)));
    let names: Vec<&str> = known.map(|(name, _)| name.as_str()).collect();
    let names = if names.is_empty() { "nobody".to_owned() } else { names.join(", ") };
    format!("  {:7} {}  as {names}", protocol.profile, protocol.base.as_str())
}
