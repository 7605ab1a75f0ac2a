//! `suite coverage`: which requirements the suite judges, as a run on the embedded mock shows it, or as its scenarios say
//! where the mock does not speak the protocol.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use crate::cli::bench::Stand;
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};
use crate::diagnostic::Diagnostic;
use crate::mock::DEFECTS;
use crate::outcome::{RequirementOutcome, RunOutcome, totals};
use crate::plan::{Plan, TestCase};
use crate::profile::has_prepared_jobs;
use crate::requirement::{Registry, RequirementId, Who};
use crate::runner::Interrupt;

const HEAD: &str = "# What the suite covers\n\n\
    Computed from a run on the embedded mock, and written by `orchspec suite coverage`: a scenario counts where one of its\n\
    checks cites the requirement and the run had something to try it on. `orchspec explain ID` shows more of each.\n";

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
    session.show_exactly(&page.render(&stand.prepared.suite.registries))?;
    Ok(Exit::Satisfied)
}

/// What the page is made from.
struct Page<'a> {
    plan: &'a Plan,
    outcome: &'a RunOutcome,
}

impl Page<'_> {
    fn render(&self, registries: &[Registry]) -> String {
        registries.iter().fold(HEAD.to_owned(), |page, registry| page + &self.section(registry))
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
        text += "\n| requirement | level | scenarios | cases | checks | what must be so |\n|---|---|--:|--:|--:|---|\n";
        text + &judged + "\n| not judged | level | why |\n|---|---|---|\n" + &rest
    }

    fn run(&self, registry: &Registry) -> String {
        let own = self.outcome.requirements.iter().filter(|own| own.profile == registry.profile);
        let (untested, judged): (Vec<_>, Vec<_>) = own.partition(|own| own.untested.is_some());
        let mut text = format!("\n## {}: {}\n\n", registry.profile, registry.title);
        text += &self.levels(registry);
        text += "\n| requirement | level | scenarios | cases | checks | defects | on the mock | what must be so |\n";
        text += "|---|---|--:|--:|--:|--:|---|---|\n";
        text.extend(judged.into_iter().map(|own| self.row(own)));
        text += "\n| not judged | level | why |\n|---|---|---|\n";
        text.extend(untested.into_iter().map(|own| {
            let why = own.untested.as_deref().unwrap_or_default();
            format!("| {} | {} | {} |\n", own.id, escaped(own.level.as_str()), escaped(why))
        }));
        text
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

/// A text that stays in its cell.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('*', "\\*").replace('<', "&lt;")
}
