//! Markdown for a pull request, a wiki or a CI server's summary: the verdict first, what failed with its evidence folded,
//! then everything that is in doubt. The page is bounded in size.

mod bound;
mod doubt;
pub(super) mod escape;
mod failure;
mod snapshot;

use std::fmt::Write;

use bound::Section;
use escape::{code, text};

use super::counted::{self, COLUMNS};
use super::{alike, cause, describe, terminal};
use crate::outcome::RunOutcome;
use crate::source::SourceMap;

/// The longest page; two of them fit into the summary of one step on GitHub, which drops a longer one as a whole.
const LIMIT: usize = 500 * 1024;

/// The page.
pub fn render(outcome: &RunOutcome, sources: &SourceMap) -> String {
    let mut sections = vec![section("verdict", verdict(outcome, sources)), section("table", table(outcome))];
    sections.extend(failure::render(outcome, sources));
    sections.extend(doubt::render(outcome));
    sections.extend(snapshot::render(outcome));
    sections.push(section("command", again(outcome)));
    bound::page(&sections, LIMIT)
}

fn section(kind: &'static str, text: String) -> Section {
    Section { kind, text }
}

/// What came of it, in a sentence; everything else on the page says why.
fn verdict(outcome: &RunOutcome, sources: &SourceMap) -> String {
    let mut page = format!("## {}\n\n", text(&describe::verdict(outcome)));
    let causes = [cause::common(outcome), cause::withheld(outcome)];
    for line in causes.into_iter().flatten().chain([describe::gate(outcome)]) {
        _ = writeln!(page, "**{}**\n", text(&line));
    }
    _ = writeln!(page, "{}", text(&terminal::tally(outcome, sources)));
    page
}

fn table(outcome: &RunOutcome) -> String {
    let names = COLUMNS.map(|(name, _)| name).join(" | ");
    let mut page = format!("| requirements | {names} |\n|---|{}\n", "--:|".repeat(COLUMNS.len()));
    for (level, cells) in counted::rows(outcome) {
        _ = writeln!(page, "| {} | {} |", text(level), cells.join(" | "));
    }
    let remarks = counted::remarks(outcome);
    if !remarks.is_empty() {
        _ = writeln!(page, "\n{}", text(&remarks.join("; ")));
    }
    page
}

/// The command that runs all failing cases again, where there are several.
fn again(outcome: &RunOutcome) -> String {
    let groups = alike::failing(outcome);
    let cases = groups.iter().flat_map(|(first, like_it)| std::iter::once(first).chain(like_it));
    let ids: Vec<&str> = cases.map(|case| case.id.as_str()).collect();
    if !(2..=MOST_IDS).contains(&ids.len()) {
        return String::new();
    }
    format!("### All failing cases again\n\n{}", escape::block("sh", &describe::rerun(&ids, outcome)))
}

/// A command with more words is none that anybody copies.
const MOST_IDS: usize = 50;

/// How many ids stand behind a reason.
const SHOWN: usize = 6;

/// The first few ids, and how many more there are.
fn first_of(ids: &[&str]) -> String {
    let shown: Vec<String> = ids.iter().take(SHOWN).map(|id| code(id)).collect();
    match ids.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_page_about_thousands_of_failures_is_bounded_and_says_what_it_leaves_out() {
        let (mut outcome, sources) = sample::run();
        let mut failing = outcome.cases[0].clone();
        failing.exchanges.iter_mut().for_each(|exchange| exchange.url = format!("/{}", "x".repeat(40_000)));
        let other = |number| crate::outcome::CaseOutcome { id: format!("tst/{number}"), ..failing.clone() };
        outcome.cases.extend((0..200).map(other));
        let page = render(&outcome, &sources);
        assert!(page.len() < LIMIT, "{}", page.len());
        let last = page.trim_end().lines().last().unwrap();
        assert!(last.starts_with("Left out, because this page would be too long: "), "{last}");
    }
}
