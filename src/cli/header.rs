//! What a run is about to do: on which server, as whom, and how much.

use super::preparation::Prepared;
use super::way;
use crate::outcome::phrase::count;
use crate::report::Palette;
use crate::report::palette::paint;
use crate::target::{Principal, Protocol, Target};

/// A line for the run, one for each protocol, and one for the URL at which the server may call.
pub(crate) fn render(prepared: &Prepared, callbacks: Option<&str>, palette: &Palette) -> String {
    let first = format!("{} on {}, {}", cases(prepared), prepared.chosen.describe(), jobs(prepared));
    let target = &prepared.chosen.target;
    let protocols = target.protocols.iter().filter(|protocol| is_used(prepared, protocol));
    let lines: String =
        protocols.map(|protocol| format!("\n{}{}", line(protocol), by_way_of(target, protocol))).collect();
    let calls = callbacks.map(|url| format!("\n  call-backs at {url}")).unwrap_or_default();
    format!("{}{}{lines}{calls}\n", paint(palette.strong, &first), part(prepared))
}

/// Which shard it is, of how many cases, and which variables said so.
fn part(prepared: &Prepared) -> String {
    let (Some((shard, rest)), Some(told)) = (prepared.plan.shard, &prepared.told) else {
        return String::new();
    };
    let all = count(prepared.plan.cases.len() + rest.cases, "case");
    let by = told.by.as_ref().map(|by| format!(", as {by} says")).unwrap_or_default();
    format!("\n  shard {shard} of {all}{by}")
}

/// All that were selected, as every report counts them.
fn cases(prepared: &Prepared) -> String {
    let (all, run) = (prepared.plan.cases.len(), prepared.plan.runnable().count());
    let all = count(all, "case");
    if run == prepared.plan.cases.len() { all } else { format!("{all}, {run} run,") }
}

/// What the plan needs; on somebody else's server also what no disturbance lets a run go beyond.
fn jobs(prepared: &Prepared) -> String {
    let target = &prepared.chosen.target;
    match prepared.plan.jobs() {
        0 => "no jobs".to_owned(),
        planned => {
            let most = format!("at most {}", count(usize::try_from(planned).unwrap_or(usize::MAX), "job"));
            let beginnings = target.disturbances.max_per_case.saturating_add(1);
            let worst = planned.saturating_mul(beginnings).min(target.limits.jobs);
            let repeats = prepared.chosen.is_real() && planned < worst;
            if repeats { format!("{most} ({worst} if 502s make cases start over)") } else { most }
        }
    }
}

fn is_used(prepared: &Prepared, protocol: &Protocol) -> bool {
    prepared.plan.runnable().any(|case| case.profile() == protocol.profile)
}

fn by_way_of(target: &Target, protocol: &Protocol) -> String {
    let proxy = way::proxy(target, protocol);
    proxy.map(|proxy| format!(", through the proxy {}", proxy.origin)).unwrap_or_default()
}

fn line(protocol: &Protocol) -> String {
    let known = protocol.principals.iter().filter(|(_, principal)| matches!(principal, Principal::Known(_)));
    let names: Vec<&str> = known.map(|(name, _)| name.as_str()).collect();
    let names = if names.is_empty() { "nobody".to_owned() } else { names.join(", ") };
    format!("  {:7} {}  as {names}", protocol.profile, protocol.base.as_str())
}
