//! The result of a run for a person: what failed first, then what is in doubt, then the sums, and the gate last.

mod case_list;
mod failure;
mod finding;
mod framing;
mod known;
mod remark;
mod snapshot;
mod table;
mod timeline;
mod unreached;

use std::fmt::Write;

use super::palette::{Palette, paint};
use super::{cause, describe, visible};
use crate::outcome::gate::GateExit;
use crate::outcome::{CaseOutcome, RecordedExchange, RequirementOutcome, RunOutcome, Verdict};
use crate::requirement::RequirementId;
use crate::source::SourceMap;

/// Everything there is to say about a run, ready for a terminal.
pub fn render(outcome: &RunOutcome, sources: &SourceMap, palette: &Palette) -> String {
    let page = Page { outcome, sources, palette };
    let mut sections = unreached::render(&page)
        .map_or_else(|| judged(&page), |text| vec![text, last_lines(&page, UNREACHED)]);
    sections.retain(|section| !section.is_empty());
    let mut text = sections.iter().map(|section| section.trim_end()).collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    visible::harmless(&text, &palette.escapes())
}

/// What the gate comes to if nobody answered; why is said above it.
const UNREACHED: &str = "gate error: nothing was judged";

/// Everything there is to say about a run that judged something, section by section.
fn judged(page: &Page<'_>) -> Vec<String> {
    let Page { outcome, palette, .. } = page;
    let causes = [cause::common(outcome), cause::withheld(outcome)];
    let mut sections: Vec<String> =
        causes.into_iter().flatten().map(|text| paint(palette.bad, &text)).collect();
    sections.extend(failure::blocks(page));
    sections.push(known::untrue(page));
    sections.push(known::excused(page));
    sections.push(case_list::errors(page));
    sections.push(remark::warnings(page));
    sections.push(remark::grouped(page, Verdict::Inconclusive, "could not be decided"));
    sections.push(remark::grouped(page, Verdict::Skip, "skipped"));
    sections.push(remark::grouped(page, Verdict::Unattainable, "not attainable with this target file"));
    sections.push(remark::grouped(page, Verdict::Unsupported, describe::UNSUPPORTED));
    sections.push(remark::policies(page));
    sections.push(snapshot::render(page));
    sections.push(table::render(page));
    sections.push(last_lines(page, &describe::gate(outcome)));
    sections
}

/// The block of one failing case, without colour; for formats that have a place for it.
pub fn failure(case: &CaseOutcome, outcome: &RunOutcome, sources: &SourceMap) -> String {
    failure::block(&Page { outcome, sources, palette: &Palette::plain() }, case, &[])
}

/// What of a failing case stands in different places of other formats, without colour.
pub struct FailureInParts<'a> {
    /// What was demanded and what came, step by step.
    pub findings: String,
    /// What was sent and what came.
    pub timeline: String,
    /// The first exchange that was found wanting.
    pub culprit: Option<&'a RecordedExchange>,
}

/// The parts of the block of one failing case.
pub fn failure_in_parts<'a>(
    case: &'a CaseOutcome,
    outcome: &RunOutcome,
    sources: &SourceMap,
) -> FailureInParts<'a> {
    let page = Page { outcome, sources, palette: &Palette::plain() };
    FailureInParts {
        findings: failure::findings(&page, case),
        timeline: failure::timeline(&page, case),
        culprit: failure::culprit(case),
    }
}

/// The exchanges of a case in order, with a mark at these.
pub fn course(case: &CaseOutcome, marked: &[usize], palette: &Palette) -> String {
    timeline::render(palette, case, marked)
}

/// What the baseline excuses, and where it is not so.
pub fn tolerated(outcome: &RunOutcome, sources: &SourceMap, palette: &Palette) -> String {
    let page = Page { outcome, sources, palette };
    let parts = [known::untrue(&page), known::excused(&page)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The sums of a run and its gate.
pub fn conclusion(outcome: &RunOutcome, sources: &SourceMap, palette: &Palette) -> String {
    last_lines(&Page { outcome, sources, palette }, &describe::gate(outcome))
}

/// How many cases came to which verdict, and what that took, in a line.
pub fn tally(outcome: &RunOutcome, sources: &SourceMap) -> String {
    case_list::tally(&Page { outcome, sources, palette: &Palette::plain() })
}

/// What every section looks at.
struct Page<'a> {
    outcome: &'a RunOutcome,
    sources: &'a SourceMap,
    palette: &'a Palette,
}

impl<'a> Page<'a> {
    fn requirement(&self, id: &RequirementId) -> Option<&'a RequirementOutcome> {
        self.outcome.requirements.iter().find(|requirement| requirement.id == *id)
    }

    /// The cases whose roll-up is this verdict.
    fn cases(&self, verdict: Verdict) -> impl Iterator<Item = &'a CaseOutcome> {
        self.outcome.cases.iter().filter(move |case| case.verdict() == verdict)
    }
}

fn last_lines(page: &Page<'_>, gate: &str) -> String {
    let Page { outcome, palette, .. } = page;
    let style = match outcome.gate.exit {
        GateExit::Satisfied => palette.good,
        GateExit::Undecided => palette.doubtful,
        GateExit::Violation | GateExit::Environment | GateExit::Interrupted => palette.bad,
    };
    let mut text = framing::started_over(&outcome.cases) + &framing::oddities(&outcome.cases);
    text += &case_list::tally(page);
    _ = write!(text, "\n{}", paint(style, gate));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn one_reason_for_everything_comes_first_and_once() {
        let (mut outcome, sources) = sample::run();
        outcome.cases.retain(|case| case.verdict() == Verdict::Fail);
        let other = outcome.cases[0].clone();
        outcome.cases.push(CaseOutcome { id: "tst/other/scenario".to_owned(), ..other });
        for exchange in outcome.cases.iter_mut().flat_map(|case| &mut case.exchanges) {
            exchange.answer = sample::exchange("", "GET", "/", 404, "").answer;
        }
        let text = render(&outcome, &sources, &Palette::plain());
        assert!(text.starts_with("every one of 18 answers was HTTP 404: is `base` right?\n"), "{text}");
        assert_eq!((text.matches("expected  refused").count(), text.matches("FAIL").count()), (1, 2));
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let (outcome, sources) = sample::run();
        let coloured = render(&outcome, &sources, &Palette::coloured());
        let plain = render(&outcome, &sources, &Palette::plain());
        assert_ne!(coloured, plain);
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
    }
}
