//! What neither passes nor fails: warnings one by one, everything undecided or left out by its reason.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Page;
use crate::outcome::{CaseOutcome, CaseVerdict, Finding, RequirementOutcome, Verdict, phrase};
use crate::report::describe;
use crate::report::palette::paint;

/// How many ids stand behind a reason.
const SHOWN_IDS: usize = 6;
const SHOWN_CASES: usize = 2;

/// Recommendations that are not followed, with the first finding of each.
pub(super) fn warnings(page: &Page<'_>) -> String {
    let mut text = String::new();
    for requirement in &page.outcome.requirements {
        let mut cases = judged(page, requirement, Verdict::Warn);
        let Some(case) = cases.next() else { continue };
        let label = paint(page.palette.doubtful, "WARN");
        _ = writeln!(text, "{label}  {}", describe::requirement(requirement));
        text.push_str(&first_finding(case, requirement));
        _ = writeln!(text, "      in        {}", and_more(&case.id, cases.count()));
    }
    text
}

/// The requirements of a verdict, by the reason that the cases give; a requirement without any case is only counted.
pub(super) fn grouped(page: &Page<'_>, verdict: Verdict, heading: &str) -> String {
    let rows = page.outcome.requirements.iter();
    let number = rows.filter(|row| row.verdict == verdict && !row.cases.is_empty()).count();
    if number == 0 {
        return String::new();
    }
    let heading = format!("{heading}: {}", phrase::count(number, "requirement"));
    let mut text = format!("{}\n", paint(page.palette.verdict(verdict), &heading));
    for (reason, group) in reasons(page, verdict) {
        let ids: Vec<&str> = group.requirements.iter().map(|requirement| requirement.id.as_str()).collect();
        let cases: Vec<&str> = group.cases.iter().map(|case| case.id.as_str()).collect();
        _ = writeln!(text, "  {:>3}  {reason}: {}", ids.len(), phrase::first_of(&ids, SHOWN_IDS));
        if verdict == Verdict::Inconclusive {
            text.push_str(&cause(group.cases[0]));
        }
        let cases = phrase::first_of(&cases, SHOWN_CASES);
        _ = writeln!(text, "       {}", paint(page.palette.faint, &format!("in {cases}")));
    }
    text
}

/// What was found wanting on the way to a verdict that could not be reached.
fn cause(case: &CaseOutcome) -> String {
    let line = |finding: &Finding| {
        let Finding { step, place, expected, actual, .. } = finding;
        format!("       step {step}: {place}: expected {expected}, actual {actual}\n")
    };
    case.findings.first().map(line).unwrap_or_default()
}

/// Which policies of the target file decided a verdict.
pub(super) fn policies(page: &Page<'_>) -> String {
    let mut policies: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for verdict in page.outcome.cases.iter().flat_map(|case| &case.verdicts) {
        let Some(policy) = &verdict.policy else { continue };
        let ids = policies.entry(policy).or_default();
        if !ids.contains(&verdict.requirement.as_str()) {
            ids.push(verdict.requirement.as_str());
        }
    }
    let line = |(policy, ids): (&&str, &Vec<&str>)| {
        format!("policy {policy} decided {}\n", phrase::first_of(ids, SHOWN_IDS))
    };
    policies.iter().map(line).collect()
}

#[derive(Default)]
struct Group<'a> {
    requirements: Vec<&'a RequirementOutcome>,
    cases: Vec<&'a CaseOutcome>,
}

/// The largest group first.
fn reasons<'a>(page: &Page<'a>, verdict: Verdict) -> Vec<(&'a str, Group<'a>)> {
    let mut groups: BTreeMap<&str, Group<'a>> = BTreeMap::new();
    for requirement in page.outcome.requirements.iter().filter(|row| row.verdict == verdict) {
        for case in judged(page, requirement, verdict) {
            let group = groups.entry(reason(case, requirement)).or_default();
            if group.requirements.last().is_none_or(|last| last.id != requirement.id) {
                group.requirements.push(requirement);
            }
            if !group.cases.iter().any(|own| own.id == case.id) {
                group.cases.push(case);
            }
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.requirements.len()));
    groups
}

fn judged<'a>(
    page: &Page<'a>,
    requirement: &'a RequirementOutcome,
    verdict: Verdict,
) -> impl Iterator<Item = &'a CaseOutcome> + use<'a> {
    let cases = page.outcome.cases.iter();
    cases.filter(move |case| case.verdict_on(&requirement.id) == Some(verdict))
}

fn reason<'a>(case: &'a CaseOutcome, requirement: &RequirementOutcome) -> &'a str {
    let own = case.verdicts.iter().find(|verdict| verdict.requirement == requirement.id);
    let because = own.and_then(|verdict: &CaseVerdict| verdict.because.as_deref());
    because.or(case.not_run.as_deref()).unwrap_or("no reason was recorded")
}

fn first_finding(case: &CaseOutcome, requirement: &RequirementOutcome) -> String {
    let Some(finding) = case.findings.iter().find(|finding| finding.requirements.contains(&requirement.id))
    else {
        return String::new();
    };
    format!(
        "      at        step {}: {}\n      expected  {}\n      actual    {}\n",
        finding.step, finding.place, finding.expected, finding.actual
    )
}

fn and_more(first: &str, more: usize) -> String {
    if more == 0 { first.to_owned() } else { format!("{first} and {more} more") }
}
