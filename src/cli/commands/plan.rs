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
use crate::target::Job;

/// Prints the plan; nothing is sent.
pub(crate) fn plan(
    session: &mut Session,
    selection: &SelectionArguments,
    place: &PlaceArguments,
    folder: Option<&Path>,
) -> Ending {
    let prepared = prepare(session, selection, place, folder)?;
    let mut text = format!("{}\n", header::render(&prepared, &Palette::plain()));
    if prepared.filter.is_empty() {
        text.push_str(&overview(&prepared));
    } else {
        let details: Vec<String> = prepared.plan.runnable().map(detail).collect();
        text.push_str(&details.join("\n"));
    }
    text.push_str(&left_out(&prepared));
    text.push_str(&duration(&prepared));
    session.console.result(&text);
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

/// A case with its jobs, its steps and what it judges.
fn detail(case: &TestCase) -> String {
    let mut text = format!("{}: {}\n", case.id, case.program.scenario.title);
    for (alias, job) in &case.bindings {
        let end = match (job.earliest_end(), job.latest_end()) {
            (earliest, latest) if earliest == latest => format_duration(latest),
            (earliest, latest) => format!("{} to {}", format_duration(earliest), format_duration(latest)),
        };
        let _ = writeln!(text, "  {alias} is the job `{}`, which takes {end}", job.label);
    }
    case.program.steps.iter().for_each(|step| describe(step, case, 1, &mut text));
    let ids: Vec<&str> = case.requirements().iter().map(|id| id.as_str()).collect();
    let _ = writeln!(text, "  judges {}", ids.join(", "));
    let _ = writeln!(text, "  at most {}, {}", format_duration(case.predicted), jobs(case.jobs));
    text
}

/// A step with what its short form leaves out.
fn describe(step: &Instruction, case: &TestCase, depth: usize, text: &mut String) {
    let control = if step.control { ", a control" } else { "" };
    let indent = "  ".repeat(depth);
    let _ = writeln!(text, "{indent}step {} as {}{control}", step.label, step.principal);
    match &step.act {
        Act::Poll(poll) => {
            let every = if poll.every.is_some() { "at its own pace" } else { "every target.poll" };
            let seen = count(usize::try_from(poll.seen).unwrap_or(usize::MAX), "pending answer");
            let _ = writeln!(text, "{indent}  polls {every}, expects at least {seen}");
        }
        Act::Request { follow: Some(follow), .. } => {
            let redirects = count(usize::try_from(follow.max).unwrap_or(usize::MAX), "redirect");
            let _ = writeln!(text, "{indent}  follows at most {redirects} as {}", follow.principal);
        }
        Act::Repeat(repeat) => {
            let how = if repeat.at_once { "at once" } else { "one after the other" };
            let _ = writeln!(text, "{indent}  {} times, {how}:", repeat.times);
            repeat.steps.iter().for_each(|step| describe(step, case, depth + 2, text));
        }
        Act::Parallel(branches) => {
            for branch in branches {
                let _ = writeln!(text, "{indent}  beside the others:");
                branch.iter().for_each(|step| describe(step, case, depth + 2, text));
            }
        }
        Act::Request { follow: None, .. } | Act::Hook(_) | Act::Wait(_) => {}
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
        let _ = writeln!(text, "\n{reason}");
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
