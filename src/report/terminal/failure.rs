//! A failing case in full: what was demanded, what came, where it is written, how it went, how to repeat it.

use std::fmt::Write;

use super::{Page, finding, timeline};
use crate::outcome::{CaseOutcome, Verdict};
use crate::report::palette::paint;
use crate::report::{cause, curl, describe};

/// How many blocks are shown in full; a run in which everything fails for one reason shows fewer.
const SHOWN: usize = 20;
const SHOWN_WITH_COMMON_CAUSE: usize = 1;

/// A block for each failing case, equal failures of one scenario in one block.
pub(super) fn blocks(page: &Page<'_>) -> Vec<String> {
    let shown = if cause::common(page.outcome).is_some() { SHOWN_WITH_COMMON_CAUSE } else { SHOWN };
    let groups = grouped(page);
    let mut blocks: Vec<String> =
        groups.iter().take(shown).map(|(first, like_it)| block(page, first, like_it)).collect();
    blocks.push(groups.iter().skip(shown).map(|(case, like_it)| line(page, case, like_it)).collect());
    blocks
}

/// One block; `like_it` are the other cases of the scenario that fail in the same way.
pub(super) fn block(page: &Page<'_>, case: &CaseOutcome, like_it: &[&CaseOutcome]) -> String {
    let mut text = line(page, case, like_it);
    text.push_str(&finding::render(page, case));
    text.push_str(&circumstances(case));
    text.push_str(&timeline::render(page, case, &exchanges_found_wanting(case)));
    text.push_str(&ways_to_repeat(page, case));
    text
}

fn line(page: &Page<'_>, case: &CaseOutcome, like_it: &[&CaseOutcome]) -> String {
    let mut text = format!("{}  {}", paint(page.palette.bad, "FAIL"), paint(page.palette.strong, &case.id));
    if !like_it.is_empty() {
        let others: Vec<&str> = like_it.iter().map(|other| variant(&other.id)).collect();
        _ = write!(text, "  and in the same way {}", others.join(", "));
    }
    text.push('\n');
    text
}

/// What else bears on the violations: the policy that decided one, or a reason that is no finding.
fn circumstances(case: &CaseOutcome) -> String {
    let mut text = String::new();
    for verdict in case.verdicts.iter().filter(|verdict| verdict.verdict == Verdict::Fail) {
        if let Some(policy) = &verdict.policy {
            _ = writeln!(text, "    {} is judged under the policy {policy}", verdict.requirement);
        }
        if let Some(because) = &verdict.because {
            _ = writeln!(text, "    {}: {because}", verdict.requirement);
        }
    }
    text
}

fn exchanges_found_wanting(case: &CaseOutcome) -> Vec<usize> {
    finding::failing(case).filter_map(|finding| finding.exchange).collect()
}

fn ways_to_repeat(page: &Page<'_>, case: &CaseOutcome) -> String {
    let mut text = String::new();
    let first = exchanges_found_wanting(case).into_iter().next();
    if let Some(exchange) = first.and_then(|index| case.exchanges.get(index)) {
        _ = writeln!(text, "    this request  {}", curl::command(exchange));
    }
    _ = writeln!(text, "    this case     {}", describe::rerun(&case.id, page.outcome));
    text
}

/// Failing cases; those of one scenario with equal signatures behind the first of them.
fn grouped<'a>(page: &Page<'a>) -> Vec<(&'a CaseOutcome, Vec<&'a CaseOutcome>)> {
    let mut groups: Vec<(&CaseOutcome, Vec<&CaseOutcome>)> = Vec::new();
    for case in page.cases(Verdict::Fail) {
        match groups.iter_mut().find(|(first, _)| fails_like(first, case)) {
            Some((_, like_it)) => like_it.push(case),
            None => groups.push((case, Vec::new())),
        }
    }
    groups
}

fn fails_like(one: &CaseOutcome, other: &CaseOutcome) -> bool {
    let signatures =
        |case| finding::failing(case).map(|finding| finding.signature.as_str()).collect::<Vec<_>>();
    scenario(&one.id) == scenario(&other.id) && signatures(one) == signatures(other)
}

fn scenario(id: &str) -> &str {
    id.split_once('@').map_or(id, |(scenario, _)| scenario)
}

/// The part of a case's id that tells it from the others of its scenario.
fn variant(id: &str) -> &str {
    id.find('@').map_or(id, |at| &id[at..])
}
