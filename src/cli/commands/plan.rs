//! `plan`: what would run, on which jobs, why the rest would not, and how long it could take.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use crate::cli::args::{PlaceArguments, SelectionArguments};
use crate::cli::exit_code::Exit;
use crate::cli::preparation::{Prepared, prepare};
use crate::cli::session::{Ending, Session};
use crate::cli::{header, table};
use crate::clock::format_duration;
use crate::outcome::phrase::count;
use crate::plan::{Act, Instruction, NotRun, TestCase};
use crate::report::Palette;
use crate::scenario::{Scenario, Step};
use crate::target::Job;
use crate::yaml::{Kind, Node, emit};

/// Prints the plan; nothing is sent.
pub(crate) fn plan(
    session: &mut Session,
    selection: &SelectionArguments,
    place: &PlaceArguments,
    folder: Option<&Path>,
) -> Ending {
    let prepared = prepare(session, selection, place, folder, None)?;
    let mut text = format!("{}\n", header::render(&prepared, None, &Palette::plain()));
    match (prepared.filter.is_empty(), only_scenario(&prepared)) {
        (true, _) => text.push_str(&overview(&prepared)),
        (false, Some(scenario)) => {
            let cases = prepared.plan.runnable().map(|case| detail(case, ""));
            text.extend(cases);
            text.push_str(&written_out(scenario));
        }
        (false, None) => {
            let cases = prepared.plan.runnable().map(|case| detail(case, &steps(case)));
            text.push_str(&cases.collect::<Vec<_>>().join("\n"));
        }
    }
    text.push_str(&left_out(&prepared));
    text.push_str(&duration(&prepared));
    session.show(&text)?;
    Ok(Exit::Satisfied)
}

/// A line for each case.
fn overview(prepared: &Prepared) -> String {
    let row = |case: &TestCase| {
        let jobs: Vec<String> = case.bindings.iter().map(|(alias, job)| bound(alias, job)).collect();
        vec![case.id.clone(), format_duration(case.predicted), jobs.join(", ")]
    };
    table::render(&prepared.plan.runnable().map(row).collect::<Vec<_>>())
}

fn bound(alias: &str, job: &Job) -> String {
    if alias == job.label { job.label.clone() } else { format!("{alias} = {}", job.label) }
}

/// The scenario that all cases come from, if it is one.
fn only_scenario(prepared: &Prepared) -> Option<&Scenario> {
    let mut scenarios = prepared.plan.cases.iter().map(|case| &case.program.scenario);
    let first = scenarios.next()?;
    scenarios.all(|scenario| scenario.id == first.id).then_some(first)
}

/// The steps of a scenario as they are understood.
fn written_out(scenario: &Scenario) -> String {
    let list = |steps: &[Step]| -> String {
        let steps = steps.iter().map(|step| step.written_out.clone()).collect();
        emit(&Node { span: scenario.span, kind: Kind::Sequence(steps) })
    };
    let mut text = format!("\nsteps, with every short form written out:\n{}", list(&scenario.steps));
    if !scenario.cleanup.is_empty() {
        _ = write!(text, "cleanup, last in, first out:\n{}", list(&scenario.cleanup));
    }
    text
}

/// A case with its jobs, its steps and what it judges.
fn detail(case: &TestCase, steps: &str) -> String {
    let mut text = format!("{}: {}\n", case.id, case.program.scenario.title);
    for (alias, job) in &case.bindings {
        let end = match (job.earliest_end(), job.latest_end()) {
            (earliest, latest) if earliest == latest => format_duration(latest),
            (earliest, latest) => format!("{} to {}", format_duration(earliest), format_duration(latest)),
        };
        _ = writeln!(text, "  {alias} is the job `{}`, which takes {end}", job.label);
    }
    text.push_str(steps);
    let ids: Vec<&str> = case.requirements().iter().map(|id| id.as_str()).collect();
    _ = writeln!(text, "  judges {}", ids.join(", "));
    _ = writeln!(text, "  at most {}, {}", format_duration(case.predicted), jobs(case.jobs));
    text
}

fn steps(case: &TestCase) -> String {
    let mut text = String::new();
    describe(&case.program.steps, 1, &mut text);
    text
}

/// Steps with what their short forms leave out.
fn describe(steps: &[Instruction], depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    for step in steps {
        let control = if step.control { ", a control" } else { "" };
        _ = writeln!(text, "{indent}step {} as {}{control}", step.label, step.principal);
        if let Some(line) = expansion(&step.act) {
            _ = writeln!(text, "{indent}  {line}");
        }
        match &step.act {
            Act::Repeat(repeat) => describe(&repeat.steps, depth + 2, text),
            Act::Parallel(branches) => {
                for branch in branches {
                    _ = writeln!(text, "{indent}  beside the others:");
                    describe(branch, depth + 2, text);
                }
            }
            Act::Either(ways) => {
                for way in ways {
                    _ = writeln!(text, "{indent}  if the server decides so by {}:", way.when.describe());
                    describe(&way.steps, depth + 2, text);
                }
            }
            Act::Use(fragment) => describe(&fragment.steps, depth + 2, text),
            _ => {}
        }
    }
}

fn expansion(act: &Act) -> Option<String> {
    let number = |number: u64, noun| count(usize::try_from(number).unwrap_or(usize::MAX), noun);
    match act {
        Act::Poll(poll) => Some(poll.seen.map_or("polls".to_owned(), |seen| {
            format!("polls, expects at least {}", number(seen, "pending answer"))
        })),
        Act::Request { follow: Some(follow), .. } => {
            let redirects = number(follow.max.into(), "redirect");
            Some(format!("follows at most {redirects} as {}", follow.principal))
        }
        Act::Repeat(repeat) => {
            let how = if repeat.at_once { "at once" } else { "one after the other" };
            Some(format!("{}, {how}:", number(repeat.times.into(), "round")))
        }
        Act::Await(wait) => {
            Some(format!("waits for {} at the call-back address `{}`", wait.count, wait.callback))
        }
        Act::Use(fragment) => Some(format!("the fragment `{}`:", fragment.fragment)),
        Act::Request { follow: None, .. }
        | Act::Parallel(_)
        | Act::Either(_)
        | Act::Hook(_)
        | Act::Wait(_) => None,
    }
}

fn jobs(number: u64) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), "job")
}

/// The reasons why cases do not run, each with its cases.
fn left_out(prepared: &Prepared) -> String {
    let mut reasons: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for case in &prepared.plan.cases {
        let Some(reason) = &case.not_run else { continue };
        let word = match reason {
            NotRun::Unattainable(_) => "unattainable",
            NotRun::Inconclusive(_) => "inconclusive",
        };
        reasons.entry(format!("{word}: {}", reason.reason())).or_default().push(&case.id);
    }
    let mut text = String::new();
    for (reason, ids) in reasons {
        _ = writeln!(text, "\n{reason}");
        text.extend(ids.iter().map(|id| format!("  {id}\n")));
    }
    text
}

/// Cases that run beside each other share the time, but none takes less than its own.
fn duration(prepared: &Prepared) -> String {
    let cases = || prepared.plan.runnable();
    let total: Duration = cases().map(|case| case.predicted).sum();
    let longest = cases().map(|case| case.predicted).max().unwrap_or_default();
    let at_once = prepared.chosen.target.limits.concurrency.max(1);
    let shared = total / u32::try_from(at_once).unwrap_or(u32::MAX);
    let time = format_duration(shared.max(longest));
    let clock = if prepared.chosen.network().is_none() { " of virtual time" } else { "" };
    format!("\nat most about {time}{clock}, with {} at once\n", count(at_once, "case"))
}
