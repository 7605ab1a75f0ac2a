//! `target check`: whether the file is right, whether the server is there, and how much can be attained with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::{fixtures, unmentioned};
use crate::cli::args::{MockArguments, PlaceArguments};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session, Stop};
use crate::cli::target_file::{self, Chosen};
use crate::cli::{files, suite, table, way};
use crate::http::client::Network;
use crate::plan::{self, Filter, Plan, Suite, SuiteFiles, TestCase};
use crate::report::curl::quote;
use crate::requirement::{Registry, RequirementId, Who};
use crate::runner;
use crate::target::{Hooks, Target};

/// What is to be checked.
#[derive(Debug)]
pub(crate) struct Checking {
    /// The target file.
    pub file: PathBuf,
    /// Whether what it does not mention is added as `none`.
    pub write: bool,
    /// Values that replace its own.
    pub settings: Vec<String>,
    /// Whether jobs are created to try the fixtures.
    pub jobs: bool,
    /// The suite that counts.
    pub suite: Option<PathBuf>,
}

/// Checks a target file.
pub(crate) fn check(session: &mut Session, checking: &Checking) -> Ending {
    let files = suite::files(session, checking.suite.as_deref())?;
    let suite = plan::load(&files, &|_| true, &mut session.sources, &mut session.diagnostics);
    session.settle()?;
    let place = PlaceArguments {
        target: Some(checking.file.clone()),
        settings: checking.settings.clone(),
        mock: MockArguments::default(),
    };
    let chosen = target_file::choose(session, &place, &suite.registries)?;
    let plan = plan::build(&suite, &chosen.target, &Filter::default());
    session.show(&attainable(&suite, &chosen, &plan))?;
    if checking.write {
        write(session, checking, &suite)?;
    }
    let Some(network) = chosen.network() else { return Ok(Exit::Satisfied) };
    let are_bases_right = reach(session, &chosen, &network)?;
    let are_hooks_right = greet(session, &chosen, &network)?;
    // Hooks that are not right would keep every other fixture from being tried.
    let hooks = if are_hooks_right { chosen.target.hooks.clone() } else { Hooks::None };
    let target = Target { hooks, ..chosen.target.clone() };
    let are_fixtures_right = !checking.jobs || try_fixtures(session, (&chosen, &target), &files)?;
    session.show(&format!("whether it behaves is judged by: {}\n", judging(checking)))?;
    Ok(if are_bases_right && are_hooks_right && are_fixtures_right {
        Exit::Satisfied
    } else {
        Exit::Violation
    })
}

/// The command that judges what was checked.
fn judging(checking: &Checking) -> String {
    let file = quote(&checking.file.display().to_string());
    format!("orchspec run{} --target {file}", suite::argument(checking.suite.as_deref()))
}

/// How many MUSTs each protocol has, and how many of them the target file lets the suite judge.
fn attainable(suite: &Suite, chosen: &Chosen, plan: &Plan) -> String {
    let mut rows = vec![["protocol", "MUSTs", "attainable", "cases"].map(str::to_owned).to_vec()];
    let spoken = |registry: &&Registry| chosen.target.protocol(&registry.profile).is_some();
    for registry in suite.registries.iter().filter(spoken) {
        let own = |case: &&TestCase| case.profile() == registry.profile;
        let attained: BTreeSet<&RequirementId> =
            plan.runnable().filter(own).flat_map(TestCase::requirements).collect();
        let musts =
            || registry.binding(Who::Server).filter(|row| row.level.is_must() && row.untested.is_none());
        let attainable = musts().filter(|must| attained.contains(&must.id)).count();
        let (runnable, all) = (plan.runnable().filter(own).count(), plan.cases.iter().filter(own).count());
        rows.push(vec![
            registry.profile.clone(),
            musts().count().to_string(),
            attainable.to_string(),
            format!("{runnable} of {all}"),
        ]);
    }
    if rows.len() == 1 {
        return "the suite judges no protocol of the target; name one that does: --suite DIR\n".to_owned();
    }
    let mut text = table::render(&rows);
    text.push_str(&missing(plan));
    text
}

/// What stands in the way of the cases that would not run: how many, and why.
fn missing(plan: &Plan) -> String {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in plan.cases.iter().filter_map(|case| case.not_run.as_ref()) {
        *reasons.entry(reason.reason()).or_default() += 1;
    }
    let mut reasons: Vec<(&str, usize)> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, cases)| std::cmp::Reverse(*cases));
    let line = |(reason, cases): &(&str, usize)| format!("{cases:5}  {reason}\n");
    let lines: String = reasons.iter().map(line).collect();
    if lines.is_empty() { lines } else { format!("\ncases that would not run, and why:\n{lines}") }
}

fn write(session: &mut Session, checking: &Checking, suite: &Suite) -> Result<(), Stop> {
    let bytes = files::read(&checking.file);
    let text = String::from_utf8_lossy(&session.settled(bytes)?).into_owned();
    let source = session.sources.add(checking.file.display().to_string(), text.as_str());
    let (completed, added) = unmentioned::declare(source, &text, suite);
    if added.is_empty() {
        session.console.note("nothing is left unmentioned");
        return Ok(());
    }
    let written = files::replace(&checking.file, completed.as_bytes());
    session.settled(written)?;
    session.console.note(&format!("added as `none`, for you to read: {}", added.join(", ")));
    Ok(())
}

/// Whether every base gives an HTTP answer.
fn reach(session: &mut Session, chosen: &Chosen, network: &Network) -> Result<bool, Stop> {
    session.show(&format!("\n{}", way::lines(&chosen.target)))?;
    match runner::preflight(&chosen.target, network, None) {
        Ok(silent) if silent.is_empty() => session.show("every base answers\n").map(|()| true),
        Ok(silent) => {
            let lines: String = silent.iter().map(|found| format!("{}\n", found.describe())).collect();
            session.show(&lines).map(|()| false)
        }
        Err(found) => {
            let refusal =
                way::refusal(&chosen.target, &found, |keys| format!("check {keys} in the target file"));
            session.refuse(refusal);
            Err(Stop(Exit::Environment))
        }
    }
}

/// Whether the hooks are as they should be; none are needed.
fn greet(session: &mut Session, chosen: &Chosen, network: &Network) -> Result<bool, Stop> {
    if chosen.target.hooks == Hooks::None {
        session.show("hooks are `none`: what needs them is left out\n")?;
        return Ok(true);
    }
    let greeted = runner::greet_hooks(&chosen.target, network, &session.machine, &chosen.folder);
    let line = match &greeted {
        Ok(()) => "the hooks answer, and refuse what does not exist\n".to_owned(),
        Err(reason) => format!("the hooks are not right: {reason}; to do without them: --set hooks=none\n"),
    };
    session.show(&line)?;
    Ok(greeted.is_ok())
}

fn try_fixtures(
    session: &mut Session,
    (chosen, target): (&Chosen, &Target),
    files: &SuiteFiles,
) -> Result<bool, Stop> {
    let tried = fixtures::try_all(session, chosen, target, files)?;
    session.show(&tried.text)?;
    Ok(tried.is_right)
}
