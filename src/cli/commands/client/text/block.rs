//! A rule that was not kept: where, what was expected and what came, how it went, and what to change.

use std::fmt::Write as _;

use super::Page;
use crate::client::tally::Line;
use crate::outcome::{CaseOutcome, Finding};
use crate::report::palette::paint;
use crate::report::{describe, terminal};

/// One block.
pub(super) fn render(page: &Page<'_>, line: &Line) -> String {
    let mut text = format!("{}: {}\n", page.headline(line), line.statement);
    let found: Vec<(&CaseOutcome, &Finding)> =
        page.outcome.cases.iter().flat_map(|case| of(case, line)).collect();
    let shown = if page.verbose { found.len() } else { 1 };
    for (case, finding) in found.iter().take(shown) {
        text += &occasion(page, case, finding);
    }
    let others: Vec<&str> = found.iter().skip(shown).map(|(case, _)| case.id.as_str()).collect();
    if !others.is_empty() {
        _ = writeln!(text, "  and in {}", page.named(&others));
    }
    _ = writeln!(text, "  way out       {}", paint(page.palette.good, line.fix));
    if let Some((case, _)) = found.first() {
        _ = writeln!(text, "  run it again  {}", describe::rerun(&[&case.id], page.outcome));
    }
    text
}

fn of<'a>(case: &'a CaseOutcome, line: &Line) -> impl Iterator<Item = (&'a CaseOutcome, &'a Finding)> {
    let id = line.id;
    let own = move |finding: &&Finding| finding.requirements.first().is_some_and(|own| own.as_str() == id);
    case.findings.iter().filter(own).map(move |finding| (case, finding))
}

fn occasion(page: &Page<'_>, case: &CaseOutcome, finding: &Finding) -> String {
    let Finding { place, expected, actual, .. } = finding;
    let palette = &page.palette;
    let mut text = format!("  {}: {}\n", paint(palette.strong, &case.id), case.title);
    _ = writeln!(text, "      at        {place}");
    _ = writeln!(text, "      expected  {}", paint(palette.good, expected));
    _ = writeln!(text, "      actual    {}", paint(palette.bad, actual));
    let marked: Vec<usize> = finding.exchange.into_iter().collect();
    text += &terminal::course(case, &marked, palette);
    let played = page.played.iter().find(|own| own.judged.case.id == case.id);
    if let Some(played) = played {
        _ = writeln!(text, "      {}", paint(palette.faint, &played.ending));
    }
    text
}
