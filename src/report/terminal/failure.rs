//! A failing case in full: what was demanded, what came, where it is written, how it went, how to repeat it.

use std::fmt::Write;

use super::{Page, finding, timeline};
use crate::outcome::{CaseOutcome, RecordedExchange, Verdict};
use crate::report::palette::paint;
use crate::report::{alike, curl, describe};

/// A block for each failing case, equal failures of one scenario in one block.
pub(super) fn blocks(page: &Page<'_>) -> Vec<String> {
    let shown = alike::shown(page.outcome);
    let groups = alike::failing(page.outcome);
    let mut blocks: Vec<String> =
        groups.iter().take(shown).map(|(first, like_it)| block(page, first, like_it)).collect();
    blocks.push(groups.iter().skip(shown).map(|(case, like_it)| line(page, case, like_it)).collect());
    blocks
}

/// One block; `like_it` are the other cases of the scenario that fail in the same way.
pub(super) fn block(page: &Page<'_>, case: &CaseOutcome, like_it: &[&CaseOutcome]) -> String {
    let mut text = line(page, case, like_it);
    text.push_str(&findings(page, case));
    text.push_str(&timeline(page, case));
    text.push_str(&ways_to_repeat(page, case));
    text
}

/// What was found wanting, and what bears on it.
pub(super) fn findings(page: &Page<'_>, case: &CaseOutcome) -> String {
    finding::render(page, case) + &circumstances(case)
}

/// How it went.
pub(super) fn timeline(page: &Page<'_>, case: &CaseOutcome) -> String {
    let found_wanting: Vec<usize> = alike::decisive(case).filter_map(|finding| finding.exchange).collect();
    timeline::render(page.palette, case, &found_wanting)
}

fn line(page: &Page<'_>, case: &CaseOutcome, like_it: &[&CaseOutcome]) -> String {
    let mut text = format!("{}  {}", paint(page.palette.bad, "FAIL"), paint(page.palette.strong, &case.id));
    if !like_it.is_empty() {
        _ = write!(text, "  and in the same way {}", alike::variants(like_it));
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

/// The first exchange that was found wanting.
pub(super) fn culprit(case: &CaseOutcome) -> Option<&RecordedExchange> {
    let index = alike::decisive(case).find_map(|finding| finding.exchange)?;
    case.exchanges.get(index)
}

fn ways_to_repeat(page: &Page<'_>, case: &CaseOutcome) -> String {
    let mut text = String::new();
    if let Some(exchange) = culprit(case).filter(|exchange| curl::is_of_use(page.outcome, exchange)) {
        _ = writeln!(text, "    this request  {}", curl::command(exchange));
    }
    _ = writeln!(text, "    this case     {}", describe::rerun(&[&case.id], page.outcome));
    text
}
