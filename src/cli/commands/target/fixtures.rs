//! Whether the prepared jobs are as the target file says: one of each kind is created and seen to its end.

use crate::cli::session::{Session, Stop};
use crate::cli::target_file::Chosen;
use crate::cli::{interruption, table};
use crate::outcome::event::Silent;
use crate::outcome::phrase::count;
use crate::outcome::{CaseOutcome, Finding, RecordedAnswer, RunOutcome};
use crate::plan::{self, Filter, NotRun, Plan, Suite, SuiteFile, SuiteFiles, TestCase};
use crate::runner::{self, Interrupt, Run, Settings};
use crate::target::Target;

/// One scenario for each way in which a job ends; a row of its `cases` for each kind.
const SCENARIOS: [(&str, &str); 6] = [
    ("elma/ends.yaml", include_str!("fixtures/elma/ends.yaml")),
    ("elma/fails.yaml", include_str!("fixtures/elma/fails.yaml")),
    ("elma/released.yaml", include_str!("fixtures/elma/released.yaml")),
    ("uipath/ends.yaml", include_str!("fixtures/uipath/ends.yaml")),
    ("uipath/fails.yaml", include_str!("fixtures/uipath/fails.yaml")),
    ("uipath/released.yaml", include_str!("fixtures/uipath/released.yaml")),
];

/// What came of trying all fixtures.
pub(super) struct Tried {
    /// A line for each, and how many jobs were created.
    pub(super) text: String,
    /// Whether none is otherwise than the file says.
    pub(super) is_right: bool,
}

/// Creates a job of each kind that `target` offers; `files` gives registries and schemas.
pub(super) fn try_all(
    session: &mut Session,
    chosen: &Chosen,
    target: &Target,
    files: &SuiteFiles,
) -> Result<Tried, Stop> {
    let suite = load(session, files);
    session.settle()?;
    let plan = plan::build(&suite, target, &Filter::default());
    let limit = target.limits.jobs;
    if plan.jobs() > limit {
        let text =
            format!("no fixture was tried: that takes {} jobs, and limits.jobs is {limit}\n", plan.jobs());
        return Ok(Tried { text, is_right: true });
    }
    let (interrupter, interrupt) = Interrupt::new();
    interruption::listen(session.console, interrupter);
    let folder = chosen.folder.clone();
    let ran = runner::run(&Run {
        plan: &plan,
        suite: &suite,
        target,
        world: chosen.world(),
        settings: Settings { seed: session.machine.seed(), folder, ..Settings::default() },
        sink: &Silent,
        system: &session.machine,
        interrupt,
    });
    let outcome = ran.map_err(|reason| session.not_started(&reason))?;
    let is_right = plan.runnable().all(|case| wrong(case, &outcome).is_none());
    Ok(Tried { text: text(&plan, &outcome), is_right })
}

fn load(session: &mut Session, files: &SuiteFiles) -> Suite {
    let scenarios = SCENARIOS.map(|(path, text)| SuiteFile {
        path: path.to_owned(),
        name: format!("the built-in trial {path}"),
        bytes: text.as_bytes().into(),
    });
    let files = SuiteFiles { scenarios: scenarios.to_vec(), ..files.clone() };
    plan::load(&files, &|_| true, &mut session.sources, &mut session.diagnostics)
}

fn text(plan: &Plan, outcome: &RunOutcome) -> String {
    if plan.cases.is_empty() {
        return "no jobs are prepared for the protocols of the target, so that none was tried\n".to_owned();
    }
    let row = |case: &TestCase| {
        let [state, detail] = came_of(case, outcome);
        let kind = case.id.rsplit('@').next().unwrap_or(&case.id);
        vec![case.profile().to_owned(), kind.to_owned(), state, detail]
    };
    let mut rows = vec![["protocol", "kind", "", ""].map(str::to_owned).to_vec()];
    rows.extend(plan.cases.iter().map(row));
    let created: usize = outcome.cases.iter().map(|case| case.jobs_created as usize).sum();
    format!("\n{}{} asked for\n", table::render(&rows), count(created, "job"))
}

/// One word on a fixture, and what it is about.
fn came_of(case: &TestCase, outcome: &RunOutcome) -> [String; 2] {
    let label = case.bindings.values().next().map_or_else(String::new, |job| format!("`{}`", job.label));
    let (word, detail) = match (&case.not_run, wrong(case, outcome)) {
        (Some(NotRun::Unattainable(reason)), _) => ("none", reason.clone()),
        (Some(NotRun::Inconclusive(reason)), _) => ("unknown", reason.clone()),
        (None, Some(reason)) => ("wrong", format!("{label}, {reason}")),
        (None, None) => ("ok", label),
    };
    [word.to_owned(), detail]
}

/// What was otherwise than the file says, of a fixture that was tried.
fn wrong(case: &TestCase, outcome: &RunOutcome) -> Option<String> {
    let tried = outcome.cases.iter().find(|tried| tried.id == case.id)?;
    let described = |finding: &Finding| {
        let Finding { step, place, expected, actual, .. } = finding;
        format!("step {step}: {place}: expected {expected}, actual {actual}")
    };
    let unreached = || Some(format!("step {} was not reached", tried.failed_controls.first()?));
    let found = tried.findings.first().map(described).or_else(|| tried.not_run.clone());
    found.or_else(|| Some(format!("{}{}", unreached()?, unanswered(tried))))
}

/// Why the last request of a case got no answer, if it got none.
fn unanswered(tried: &CaseOutcome) -> String {
    match tried.exchanges.last().map(|exchange| &exchange.answer) {
        Some(RecordedAnswer::None(reason)) => format!(": {reason}"),
        _ => String::new(),
    }
}
