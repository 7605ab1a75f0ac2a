//! The verdicts on the clients of a mock that has ended: a table for people, reports, and the exit code.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::cli::args::{FailOn, JudgingArguments};
use crate::cli::reports;
use crate::cli::session::{Session, Stop};
use crate::client::Suite;
use crate::client::judge::conclude;
use crate::client::watched::{self, Watched};
use crate::mock::{DEFAULT_SESSION, Verdicts};
use crate::outcome::gate::GateExit;
use crate::outcome::{RunOutcome, Selection, TargetSummary, gate};
use crate::source::Span;
use crate::system::System as _;

/// Shows the verdicts and writes the reports; gives what the gate says.
pub(super) fn publish(
    session: &mut Session,
    sessions: BTreeMap<String, Verdicts>,
    arguments: &JudgingArguments,
    started: Timestamp,
) -> Result<GateExit, Stop> {
    let watched = watched(session, sessions);
    let outcome = outcome(session, &watched, arguments, started);
    session.console.remark(&text(&watched, &outcome));
    let unwritten = reports::write_at_once(session, &arguments.reports, &outcome);
    for unwritten in unwritten {
        session.stored(Err(unwritten))?;
    }
    Ok(outcome.gate.exit)
}

/// The sessions that were used; of a mock that nobody asked for anything, the default one.
fn watched(session: &mut Session, sessions: BTreeMap<String, Verdicts>) -> Vec<Watched> {
    let used = sessions.values().any(|verdicts| verdicts.exchanges > 0);
    let kept = |name: &str, verdicts: &Verdicts| verdicts.exchanges > 0 || (!used && name == DEFAULT_SESSION);
    let kept = sessions.into_iter().filter(|(name, verdicts)| kept(name, verdicts));
    kept.map(|(name, verdicts)| {
        let place = session.sources.add(format!("session {name}"), "");
        Watched { name, verdicts, span: Span::new(place, 0..0) }
    })
    .collect()
}

fn outcome(
    session: &Session,
    watched: &[Watched],
    arguments: &JudgingArguments,
    started: Timestamp,
) -> RunOutcome {
    let lasted = session.machine.now().duration_since(started);
    let judged = watched::judged(watched);
    let fail_on_warn = arguments.fail_on == Some(FailOn::Warn);
    let suite = Suite {
        digest: String::new(),
        target: TargetSummary { identity: "clients of a mock".to_owned(), ..TargetSummary::default() },
        selection: Selection { complete: true, cases: judged.len(), ..Selection::default() },
        baseline: None,
        options: gate::Options { fail_on_warn, ..gate::Options::default() },
        rerun: Vec::new(),
        started,
        duration: Duration::try_from(lasted).unwrap_or_default(),
    };
    conclude(&judged, suite)
}

/// The verdicts of every session; those of a mock that nobody asked for anything are one line.
fn text(watched: &[Watched], outcome: &RunOutcome) -> String {
    let section = |own: &Watched| match own.verdicts.exchanges {
        0 => "\nclients: no request came, so nothing is known of any".to_owned(),
        _ if watched.len() > 1 => format!("\nsession {}\n\n{}", own.name, own.verdicts),
        _ => format!("\n{}", own.verdicts),
    };
    let gate = format!("gate {}: {}", outcome.gate.exit.word(), outcome.gate.because.join("; "));
    let sections = watched.iter().map(section).chain([gate.trim_end_matches(": ").to_owned()]);
    sections.collect::<Vec<_>>().join("\n")
}
