//! Annotations for GitHub: workflow commands that show the most important findings beside the files they are about.
//!
//! GitHub shows few of a kind for each step, so the rest is only counted. A run whose gate is closed has at least one error.

mod command;
mod place;

use command::{Annotation, Kind, Site};
use place::Places;

use super::{alike, describe, reasons};
use crate::outcome::gate::GateExit;
use crate::outcome::{CaseOutcome, Finding, RunOutcome, SnapshotState, Verdict, phrase};
use crate::source::SourceMap;

/// How many of a kind GitHub shows for one step.
const MOST: usize = 10;

/// How many ids stand behind a reason, and how many reasons in one annotation.
const SHOWN: usize = 6;

/// How much of what was expected and came is told.
const SHOWN_CHARACTERS: usize = 300;

/// The workflow commands, a line each.
pub fn render(outcome: &RunOutcome, sources: &SourceMap) -> String {
    let places = Places::new(outcome, sources);
    let mut all = vec![gate(outcome, &places)];
    all.extend(violations(outcome, &places));
    all.extend(errors(outcome, &places));
    all.extend(warnings(outcome, &places));
    all.extend(undecided(outcome, &places));
    all.extend(snapshots(outcome, &places));
    Kind::ALL.into_iter().flat_map(|kind| limited(kind, &all)).map(|own| own.to_string()).collect()
}

/// The annotations of a kind; if there are too many, the last one counts those that are not shown.
fn limited(kind: Kind, all: &[Annotation]) -> Vec<Annotation> {
    let mut own: Vec<Annotation> = all.iter().filter(|annotation| annotation.kind == kind).cloned().collect();
    if own.len() > MOST {
        let more = own.len() - (MOST - 1);
        own.truncate(MOST - 1);
        let title = format!("and {more} more");
        let message = "the log of this step and the reports have them all".to_owned();
        own.push(Annotation { kind, site: Site::default(), title, message });
    }
    own
}

/// What the whole run comes to.
fn gate(outcome: &RunOutcome, places: &Places<'_>) -> Annotation {
    let kind = if outcome.gate.exit == GateExit::Satisfied { Kind::Notice } else { Kind::Error };
    let (title, message) = (describe::verdict(outcome), describe::gate(outcome));
    Annotation { kind, site: places.target(), title, message }
}

fn violations(outcome: &RunOutcome, places: &Places<'_>) -> Vec<Annotation> {
    let violation = |(case, like_it): &alike::Alike<'_>| {
        let finding = alike::decisive(case).next();
        Annotation {
            kind: Kind::Error,
            site: places.of(finding.map_or(case.span, |finding| finding.span)),
            title: finding.map_or_else(|| case.title.clone(), |finding| blamed(outcome, case, finding)),
            message: told(outcome, places, case, like_it),
        }
    };
    alike::failing(outcome).iter().map(violation).collect()
}

/// `UIP-ASYNC-12 (MUST): That redirect names the output URI`.
fn blamed(outcome: &RunOutcome, case: &CaseOutcome, finding: &Finding) -> String {
    let fails = |row: &&crate::outcome::RequirementOutcome| {
        finding.requirements.contains(&row.id) && case.verdict_on(&row.id) == Some(Verdict::Fail)
    };
    outcome.requirements.iter().find(fails).map_or_else(|| case.title.clone(), describe::requirement)
}

fn told(outcome: &RunOutcome, places: &Places<'_>, case: &CaseOutcome, like_it: &[&CaseOutcome]) -> String {
    let mut lines = Vec::new();
    if let Some(finding) = alike::decisive(case).next() {
        lines.push(format!("step {}, {}", finding.step, places.describe(finding.span)));
        lines.extend(finding.exchange.and_then(|index| case.exchanges.get(index)).map(describe::exchange));
        lines.push(found(finding));
    }
    let likewise =
        if like_it.is_empty() { String::new() } else { format!(", and {}", alike::variants(like_it)) };
    lines.push(format!("in {}{likewise}", case.id));
    lines.push(describe::rerun(&[&case.id], outcome));
    lines.join("\n")
}

fn found(finding: &Finding) -> String {
    let [expected, actual] =
        [&finding.expected, &finding.actual].map(|text| describe::shortened(text, SHOWN_CHARACTERS));
    format!("{}: expected {expected}, actual {actual}", finding.place)
}

fn errors(outcome: &RunOutcome, places: &Places<'_>) -> Vec<Annotation> {
    let error = |(reason, cases): (&str, Vec<&CaseOutcome>)| Annotation {
        kind: Kind::Error,
        site: places.target(),
        title: format!("{} ended in an error", phrase::count(cases.len(), "case")),
        message: format!("{reason}\nin {}", first_of(&cases)),
    };
    reasons::errors(outcome).into_iter().map(error).collect()
}

fn warnings(outcome: &RunOutcome, places: &Places<'_>) -> Vec<Annotation> {
    let warning = |own: reasons::Warning<'_>| Annotation {
        kind: Kind::Warning,
        site: places.of(own.finding.map_or(own.cases[0].span, |finding| finding.span)),
        title: describe::requirement(own.requirement),
        message: format!(
            "{}in {}",
            own.finding.map(|finding| found(finding) + "\n").unwrap_or_default(),
            first_of(&own.cases)
        ),
    };
    reasons::warnings(outcome).into_iter().map(warning).collect()
}

/// All doubts in one: a reason for each would hide the violations that they follow from.
fn undecided(outcome: &RunOutcome, places: &Places<'_>) -> Option<Annotation> {
    let groups = reasons::grouped(outcome, Verdict::Inconclusive);
    let line = |(reason, group): &(&str, reasons::Group<'_>)| {
        let ids: Vec<&str> = group.requirements.iter().map(|row| row.id.as_str()).collect();
        format!("{reason}: {}", phrase::first_of(&ids, SHOWN))
    };
    let mut lines: Vec<String> = groups.iter().take(SHOWN).map(line).collect();
    if let more @ 1.. = groups.len().saturating_sub(SHOWN) {
        lines.push(format!("and {}", phrase::count(more, "more reason")));
    }
    let number = phrase::count(reasons::number(outcome, Verdict::Inconclusive), "requirement");
    (!groups.is_empty()).then(|| Annotation {
        kind: Kind::Warning,
        site: places.target(),
        title: format!("{number} could not be decided"),
        message: lines.join("\n"),
    })
}

fn snapshots(outcome: &RunOutcome, places: &Places<'_>) -> Vec<Annotation> {
    let cases = outcome.cases.iter();
    let all = cases.flat_map(|case| case.snapshots.iter().map(move |snapshot| (case, snapshot)));
    let changed = all.filter(|(_, snapshot)| snapshot.state == SnapshotState::Changed);
    let told = |(case, snapshot): (&CaseOutcome, &crate::outcome::SnapshotOutcome)| Annotation {
        kind: Kind::Warning,
        site: places.of(case.span),
        title: format!("snapshot {} is {}", snapshot.name, snapshot.state),
        message: format!("in {}; what changed is in the log of this step", case.id),
    };
    changed.map(told).collect()
}

fn first_of(cases: &[&CaseOutcome]) -> String {
    let ids: Vec<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    phrase::first_of(&ids, SHOWN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn what_github_would_not_show_is_counted() {
        let (mut outcome, sources) = sample::run();
        let failing = outcome.cases[0].clone();
        let other = |number| CaseOutcome { id: format!("tst/{number}"), ..failing.clone() };
        outcome.cases.extend((0..20).map(other));
        let text = render(&outcome, &sources);
        let errors: Vec<&str> = text.lines().filter(|line| line.starts_with("::error ")).collect();
        assert_eq!(errors.len(), MOST);
        // The gate, the violation of the sample, the twenty, and the error of the environment.
        assert!(errors[9].starts_with("::error title=and 14 more::"), "{}", errors[9]);
    }

    #[test]
    fn a_run_in_which_all_holds_has_one_notice() {
        let (outcome, sources) = sample::green();
        let text = render(&outcome, &sources);
        assert!(text.starts_with("::notice ") && text.lines().count() == 1, "{text}");
    }
}
