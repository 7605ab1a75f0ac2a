//! `suite coverage`: which requirements the suite judges, as a run on the embedded mock shows it, or as its scenarios say
//! where the mock does not speak the protocol.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use crate::cli::bench::Stand;
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};
use crate::cli::suite;
use crate::diagnostic::Diagnostic;
use crate::mock::DEFECTS;
use crate::outcome::{RequirementOutcome, RunOutcome, totals};
use crate::plan::{Plan, TestCase};
use crate::profile::has_prepared_jobs;
use crate::requirement::{Registry, RequirementId, Who};
use crate::runner::Interrupt;

/// How the page came about, where a run on the embedded mock filled one of its tables at least.
const OF_A_RUN: &str = "Computed from a run on the embedded mock, and written by `orchspec suite coverage`: a scenario counts \
    where one of its\nchecks cites the requirement and the run had something to try it on.";

/// How it came about without a run.
const OF_SCENARIOS: &str =
    "Written by `orchspec suite coverage` from what the scenarios say; nothing was run.";

const JUDGED: &str =
    "| requirement | level | scenarios | cases | checks | what must be so |\n|---|---|--:|--:|--:|---|\n";

const JUDGED_IN_A_RUN: &str = "| requirement | level | scenarios | cases | checks | defects | on the mock | what must be so |\n\
     |---|---|--:|--:|--:|--:|---|---|\n";

const NOT_JUDGED: &str = "| not judged | level | why |\n|---|---|---|\n";

/// Prints the page as Markdown.
pub(crate) fn coverage(session: &mut Session, folder: Option<&Path>) -> Ending {
    let stand = Stand::of_any_suite(session, folder)?;
    let (_interrupter, interrupt) = Interrupt::new();
    let spoken =
        stand.prepared.plan.cases.iter().filter(|case| has_prepared_jobs(case.profile())).cloned().collect();
    let outcome = stand.bench(interrupt).run(None, spoken);
    let outcome = session
        .settled(outcome.map_err(|reason| {
            Diagnostic::error("not-started", format!("the run could not begin: {reason}"))
        }))?;
    let page = Page { plan: &stand.prepared.plan, outcome: &outcome };
    let registries: Vec<&Registry> = stand.prepared.suite.own_registries().collect();
    session.show_exactly(&page.render(&registries, &suite::argument(folder)))?;
    Ok(Exit::Satisfied)
}

/// What the page is made from.
struct Page<'a> {
    plan: &'a Plan,
    outcome: &'a RunOutcome,
}

impl Page<'_> {
    /// The page; `argument` is what `explain` needs besides an id.
    fn render(&self, registries: &[&Registry], argument: &str) -> String {
        let was_run = registries.iter().any(|registry| has_prepared_jobs(&registry.profile));
        let how = if was_run { OF_A_RUN } else { OF_SCENARIOS };
        let head =
            format!("# What the suite covers\n\n{how} `orchspec explain ID{argument}` shows more of each.\n");
        registries.iter().fold(head, |page, registry| page + &self.section(registry))
    }

    fn section(&self, registry: &Registry) -> String {
        if has_prepared_jobs(&registry.profile) { self.run(registry) } else { self.planned(registry) }
    }

    /// What the scenarios cite, where there is no mock that could show more.
    fn planned(&self, registry: &Registry) -> String {
        let mut text = format!("\n## {}: {}\n\n", registry.profile, registry.title);
        text += "The embedded mock does not speak this protocol: what the scenarios cite is counted, and nothing was run.\n";
        let mut judged = String::new();
        let mut rest = String::new();
        for own in registry.binding(Who::Server) {
            let (level, statement) = (escaped(own.level.as_str()), escaped(&own.statement));
            let (scenarios, cases, checks) = Self::reach(&own.id, &self.plan.cases, |_, _| true);
            match &own.untested {
                None if checks > 0 => {
                    let _ = writeln!(
                        judged,
                        "| {} | {level} | {scenarios} | {cases} | {checks} | {statement} |",
                        own.id
                    );
                }
                why => {
                    let why = why.as_deref().unwrap_or("no scenario cites it");
                    let _ = writeln!(rest, "| {} | {level} | {} |", own.id, escaped(why));
                }
            }
        }
        text += &table(JUDGED, &judged);
        text + &table(NOT_JUDGED, &rest)
    }

    fn run(&self, registry: &Registry) -> String {
        let own = self.outcome.requirements.iter().filter(|own| own.profile == registry.profile);
        let (untested, judged): (Vec<_>, Vec<_>) = own.partition(|own| own.untested.is_some());
        let mut text = format!("\n## {}: {}\n\n", registry.profile, registry.title);
        text += &self.levels(registry);
        let rows: String = judged.into_iter().map(|own| self.row(own)).collect();
        text += &table(JUDGED_IN_A_RUN, &rows);
        let why = |own: &RequirementOutcome| {
            let why = own.untested.as_deref().unwrap_or_default();
            format!("| {} | {} | {} |\n", own.id, escaped(own.level.as_str()), escaped(why))
        };
        text + &table(NOT_JUDGED, &untested.into_iter().map(why).collect::<String>())
    }

    /// How many requirements of each level got how far.
    fn levels(&self, registry: &Registry) -> String {
        let own: Vec<RequirementOutcome> =
            self.outcome.requirements.iter().filter(|own| own.profile == registry.profile).cloned().collect();
        let mut text = "| level | registered | observable | attainable | exercised | held |\n".to_owned();
        text += "|---|--:|--:|--:|--:|--:|\n";
        for (level, row) in totals::counts(&own, &self.outcome.cases) {
            let level = escaped(level.as_str());
            let _ = writeln!(
                text,
                "| {level} | {} | {} | {} | {} | {} |",
                row.registered, row.observable, row.attainable, row.exercised, row.held
            );
        }
        text
    }

    fn row(&self, own: &RequirementOutcome) -> String {
        let (scenarios, cases, checks) =
            Self::reach(&own.id, self.plan.runnable(), |case, number| case.active[number]);
        let defects = DEFECTS.iter().filter(|defect| defect.requirements.contains(&own.id.as_str())).count();
        let (level, statement) = (escaped(own.level.as_str()), escaped(&own.statement));
        let verdict = own.verdict;
        format!(
            "| {} | {level} | {scenarios} | {cases} | {checks} | {defects} | {verdict} | {statement} |\n",
            own.id
        )
    }

    /// The scenarios, cases and checks that judge a requirement, of these cases and of their checks that count.
    fn reach<'c>(
        id: &RequirementId,
        of: impl IntoIterator<Item = &'c TestCase>,
        counts: impl Fn(&TestCase, usize) -> bool,
    ) -> (usize, usize, usize) {
        let (mut scenarios, mut cases, mut checks) = (BTreeSet::new(), 0, BTreeSet::new());
        for case in of {
            let scenario = case.program.scenario.id.as_str();
            let all = case.program.checks.iter().enumerate().filter(|(number, _)| counts(case, *number));
            let citing: Vec<usize> =
                all.filter(|(_, check)| check.covers.contains(id)).map(|(number, _)| number).collect();
            if !citing.is_empty() {
                cases += 1;
                scenarios.insert(scenario);
                checks.extend(citing.into_iter().map(|number| (scenario, number)));
            }
        }
        (scenarios.len(), cases, checks.len())
    }
}

/// A table of which there is at least one row.
fn table(head: &str, rows: &str) -> String {
    if rows.is_empty() { String::new() } else { format!("\n{head}{rows}") }
}

/// A text that stays in its cell.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('*', "\\*").replace('<', "&lt;")
}
