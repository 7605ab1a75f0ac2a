//! One case as markup: its verdicts, what was found wanting and where that is written, how to repeat it, and its exchanges
//! as a list, which is also what the diagram says for those who do not see it.

use askama::Template;

use crate::outcome::{
    CaseOutcome, CaseVerdict, Finding, RecordedExchange, RequirementOutcome, RunOutcome, Verdict, phrase,
    verdict,
};
use crate::report::{curl, describe, excerpt};
use crate::requirement::RequirementId;
use crate::source::SourceMap;

/// How many findings of a case are shown; a poll can find the same wanting on every attempt.
const SHOWN_FINDINGS: usize = 12;

#[derive(Template)]
#[template(path = "article.html")]
pub(super) struct Article<'a> {
    pub(super) case: &'a CaseOutcome,
    pub(super) outcome: &'a RunOutcome,
    pub(super) sources: &'a SourceMap,
}

impl<'a> Article<'a> {
    fn place(&self) -> String {
        self.sources.describe(self.case.span)
    }

    fn took(&self) -> String {
        describe::time(self.case.duration)
    }

    /// `7 exchanges, 1 job asked for`.
    fn effort(&self) -> String {
        let exchanges = phrase::count(self.case.exchanges.len(), "exchange");
        let jobs = phrase::count(self.case.jobs_created as usize, "job");
        format!("{exchanges}, {jobs} asked for")
    }

    fn rerun(&self) -> String {
        describe::rerun(&[&self.case.id], self.outcome)
    }

    fn requirement(&self, id: &RequirementId) -> Option<&'a RequirementOutcome> {
        self.outcome.requirements.iter().find(|requirement| requirement.id == *id)
    }

    fn findings(&self) -> impl Iterator<Item = Found<'a>> {
        let (case, outcome, sources) = (self.case, self.outcome, self.sources);
        case.findings.iter().take(SHOWN_FINDINGS).map(move |finding| Found {
            finding,
            case,
            outcome,
            sources,
        })
    }

    /// Whether the finding at this place is about the same answer as the one before it.
    fn is_of_same_answer(&self, place: usize) -> bool {
        let answer = |finding: &'a Finding| (&finding.step, finding.exchange);
        let shown = &self.case.findings[..self.case.findings.len().min(SHOWN_FINDINGS)];
        let [before, own] = [place.checked_sub(1), Some(place)].map(|at| shown.get(at?).map(answer));
        own.is_some() && before == own
    }

    /// `15 more findings`, if there are more than are shown.
    fn more_findings(&self) -> Option<String> {
        let more = self.case.findings.len().saturating_sub(SHOWN_FINDINGS);
        (more > 0).then(|| phrase::count(more, "more finding"))
    }

    /// Why a verdict is as it is, where that is not what was found wanting.
    fn because(&self, verdict: &'a CaseVerdict) -> Option<&'a str> {
        let fallback = self.case.not_run.as_deref().filter(|_| verdict.verdict != Verdict::Pass);
        verdict.because.as_deref().or(fallback)
    }

    fn lines(&self) -> impl Iterator<Item = Line<'a>> {
        let case = self.case;
        case.exchanges.iter().enumerate().map(move |(index, exchange)| Line {
            exchange,
            is_marked: case.findings.iter().any(|finding| finding.exchange == Some(index)),
        })
    }
}

/// A finding and what it speaks of.
struct Found<'a> {
    finding: &'a Finding,
    case: &'a CaseOutcome,
    outcome: &'a RunOutcome,
    sources: &'a SourceMap,
}

impl<'a> Found<'a> {
    /// The gravest verdict that it takes part in.
    fn verdict(&self) -> Verdict {
        verdict::roll_up(self.finding.requirements.iter().filter_map(|id| self.case.verdict_on(id)))
    }

    fn requirements(&self) -> impl Iterator<Item = &'a RequirementOutcome> {
        let ids = &self.finding.requirements;
        self.outcome.requirements.iter().filter(move |requirement| ids.contains(&requirement.id))
    }

    fn place(&self) -> String {
        self.sources.describe(self.finding.span)
    }

    fn excerpt(&self) -> String {
        excerpt::render(self.finding.span, self.sources)
    }

    fn exchange(&self) -> Option<&'a RecordedExchange> {
        self.case.exchanges.get(self.finding.exchange?)
    }

    fn sentence(&self) -> Option<String> {
        self.exchange().map(describe::exchange)
    }

    fn curl(&self) -> Option<String> {
        self.exchange().filter(|exchange| curl::is_of_use(self.outcome, exchange)).map(curl::command)
    }
}

/// An exchange in the list.
struct Line<'a> {
    exchange: &'a RecordedExchange,
    is_marked: bool,
}

impl Line<'_> {
    fn at(&self) -> String {
        describe::moment(self.exchange.sent)
    }

    fn request(&self) -> String {
        describe::request(self.exchange)
    }

    fn answer(&self) -> String {
        describe::answer(self.exchange)
    }
}
