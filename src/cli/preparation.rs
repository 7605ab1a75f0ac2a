//! Everything before the first request: suite, target and plan, with every mistake of every file shown first.

use std::path::Path;

use super::args::{PlaceArguments, SelectionArguments};
use super::baseline::Known;
use super::exit_code::Exit;
use super::session::{Session, Stop};
use super::shard::{self, Told};
use super::target_file::{self, Chosen};
use super::{last_failed, suite};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::plan::{self, Filter, Plan, Suite};
use crate::system::System as _;

/// What a run or its plan needs.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// The suite, as far as it was asked for.
    pub suite: Suite,
    /// The server.
    pub chosen: Chosen,
    /// The cases.
    pub plan: Plan,
    /// What was asked for.
    pub filter: Filter,
    /// Which part of it this is, if not all.
    pub told: Option<Told>,
}

/// Loads, checks and plans; nothing is sent. Scenarios that a baseline knows are looked at even if they do not run.
pub(crate) fn prepare(
    session: &mut Session,
    selection: &SelectionArguments,
    place: &PlaceArguments,
    folder: Option<&Path>,
    known: Option<&Known>,
) -> Result<Prepared, Stop> {
    prepare_or(
        session,
        (selection, place),
        folder,
        known,
        "a suite of another protocol needs `--target FILE`",
    )
}

/// The same; `way_out` says what can be done with a suite of a protocol that the embedded mock does not speak.
pub(crate) fn prepare_or(
    session: &mut Session,
    (selection, place): (&SelectionArguments, &PlaceArguments),
    folder: Option<&Path>,
    known: Option<&Known>,
    way_out: &str,
) -> Result<Prepared, Stop> {
    let told = part(session, selection)?;
    let files = suite::files(session, folder)?;
    let ids: Vec<&str> = files.scenario_ids().collect();
    let filter = filter(selection, &ids);
    let filter = session.settled(filter)?;
    let listing = suite::listing(folder);
    filter.report_unmatched(&ids, &listing, &mut session.diagnostics);
    let is_known = |id: &str| known.is_some_and(|known| known.names_scenario(id));
    let wanted = |id: &str| filter.wants_scenario(id) || is_known(id);
    let suite = plan::load(&files, &wanted, &mut session.sources, &mut session.diagnostics);
    if let Some(known) = known {
        known.check(&suite, (&ids, &listing), &mut session.diagnostics);
    }
    let is_suite_broken = has_errors(&session.diagnostics);
    let chosen = target_file::choose(session, place, &suite.registries)?;
    if is_suite_broken {
        return Err(Stop(Exit::Usage));
    }
    let plan = plan::build(&suite, &chosen.target, &filter);
    if plan.cases.is_empty() {
        return Err(session.refuse(nothing_selected(&filter, &chosen, (&suite, folder), way_out)));
    }
    let plan = match &told {
        Some(told) => told.shard.take(plan),
        None => plan,
    };
    Ok(Prepared { suite, chosen, plan, filter, told })
}

fn part(session: &mut Session, selection: &SelectionArguments) -> Result<Option<Told>, Stop> {
    let machine = session.machine;
    let told = selection.shard.map(|choice| shard::choose(choice, &|name| machine.variable(name)));
    session.settled(told.transpose())
}

/// What of the suite with these scenarios is asked for.
pub(crate) fn filter(selection: &SelectionArguments, scenarios: &[&str]) -> Result<Filter, Diagnostic> {
    let patterns =
        if selection.last_failed { last_failed::recall(scenarios)? } else { selection.ids.clone() };
    Ok(Filter { patterns, tags: selection.tags.clone(), requirements: selection.requirements.clone() })
}

fn nothing_selected(
    filter: &Filter,
    chosen: &Chosen,
    (suite, folder): (&Suite, Option<&Path>),
    way_out: &str,
) -> Diagnostic {
    let message = match filter.words().as_slice() {
        [] if chosen.is_real() => "no case of the suite is for a protocol of the target".to_owned(),
        [] => "no case of the suite is for a protocol of the embedded mock".to_owned(),
        words => format!("no case is selected by `{}`", words.join("` and `")),
    };
    let protocols: Vec<&str> = chosen.target.protocols.iter().map(|own| own.profile.as_str()).collect();
    let spoken = protocols.join(", ");
    let mut profiles = suite.programs.iter().map(|program| &program.scenario.profile.value);
    let is_strange = profiles.any(|profile| !protocols.contains(&profile.as_str()));
    let help = if is_strange && !chosen.is_real() {
        format!("the embedded mock speaks {spoken}; {way_out}")
    } else {
        format!("the target speaks {spoken}; {}", scenarios_for(&protocols, (suite, folder)))
    };
    Diagnostic::error("nothing-selected", message).help(help)
}

/// Where scenarios are to be found for a target that speaks these protocols.
fn scenarios_for(protocols: &[&str], (suite, folder): (&Suite, Option<&Path>)) -> String {
    let registered: Vec<&str> = suite.registries.iter().map(|registry| registry.profile.as_str()).collect();
    if folder.is_some() || registered.iter().any(|own| protocols.contains(own)) {
        return format!("`{}` shows every scenario", suite::listing(folder));
    }
    let judged = registered.join(" and ");
    format!("the built-in suite is for {judged}: name a suite of your own with `--suite DIR`")
}
