//! The part of the page that is plain markup: the verdict, the facts of the run, what failed, and the tables.

use askama::Template;

use super::article::Article;
use super::facts;
use super::kills::{Fate, Kills};
use crate::outcome::gate::GateExit;
use crate::outcome::{
    CaseOutcome, Counts, RequirementOutcome, RunOutcome, SnapshotOutcome, SnapshotState, Verdict, phrase,
};
use crate::report::counted::{self, COLUMNS};
use crate::report::reasons::{self, Group};
use crate::report::{cause, describe, difference, known, terminal};
use crate::requirement::Level;
use crate::source::SourceMap;

/// How many failing cases are written out; all are in the table.
const SHOWN_FAILURES: usize = 40;
/// How many of them are open from the start.
const OPEN_FAILURES: usize = 3;
/// How many ids stand behind a reason.
const SHOWN_IDS: usize = 8;
const SHOWN_CASES: usize = 3;

/// What neither passes nor fails, and what it is called.
const IN_DOUBT: [(Verdict, &str); 5] = [
    (Verdict::Error, "ended in an error of the environment"),
    (Verdict::Inconclusive, "could not be decided"),
    (Verdict::Skip, "skipped"),
    (Verdict::Unattainable, "not attainable with this target file"),
    (Verdict::Unsupported, describe::UNSUPPORTED),
];

#[derive(Template)]
#[template(path = "page.html")]
pub(super) struct Page<'a> {
    pub(super) outcome: &'a RunOutcome,
    pub(super) sources: &'a SourceMap,
    pub(super) kills: Option<&'a Kills>,
}

/// The requirements of one verdict, by reason.
struct Doubt<'a> {
    verdict: Verdict,
    heading: &'static str,
    reasons: Vec<(&'a str, Group<'a>)>,
}

/// How many rows of a table are in one state.
struct Share {
    state: &'static str,
    number: usize,
}

/// A snapshot that is not as it was.
struct Changed<'a> {
    name: &'a str,
    state: SnapshotState,
    lines: Vec<String>,
}

impl<'a> Page<'a> {
    /// `violated`: the class of the page's first box.
    fn result(&self) -> &'static str {
        match self.outcome.gate.exit {
            GateExit::Satisfied => "pass",
            GateExit::Undecided => "inconclusive",
            GateExit::Violation => "fail",
            GateExit::Environment | GateExit::Interrupted => "error",
        }
    }

    /// The gate's words, parted where they are set in different type.
    fn sentence(&self) -> (String, String) {
        let sentence = describe::gate(self.outcome);
        let (gate, because) = sentence.split_once(": ").unwrap_or((&sentence, ""));
        (gate.to_owned(), because.to_owned())
    }

    fn tally(&self) -> String {
        terminal::tally(self.outcome, self.sources)
    }

    /// One reason for everything, if there is one.
    fn causes(&self) -> impl Iterator<Item = String> {
        [cause::common(self.outcome), cause::withheld(self.outcome)].into_iter().flatten()
    }

    /// How many cases came to each verdict.
    fn cases_by_verdict(&self) -> Vec<Share> {
        shares(&self.outcome.cases, |case| case.verdict().word())
    }

    fn requirements_by_state(&self) -> Vec<Share> {
        shares(&self.outcome.requirements, state)
    }

    fn levels(&self) -> impl Iterator<Item = (&'a Level, &'a Counts)> {
        self.outcome.counts.iter().filter(|(_, counts)| counts.registered > 0)
    }

    /// What is wanting and was not known, the gravest first: failing cases, then those that only warn.
    fn wanting(&self) -> Vec<&'a CaseOutcome> {
        let is_new = |case: &&CaseOutcome| self.outcome.excuses(case).is_empty();
        let of =
            |verdict| self.outcome.cases.iter().filter(move |case| case.verdict() == verdict).filter(is_new);
        of(Verdict::Fail).chain(of(Verdict::Warn)).collect()
    }

    /// The first of them, each with whether it is open from the start.
    fn written_out(&self) -> Vec<(&'a CaseOutcome, bool)> {
        let cases = self.wanting().into_iter().take(SHOWN_FAILURES).enumerate();
        cases.map(|(place, case)| (case, place < OPEN_FAILURES)).collect()
    }

    fn not_written_out(&self) -> usize {
        self.wanting().len().saturating_sub(SHOWN_FAILURES)
    }

    fn article(&self, case: &'a CaseOutcome) -> Article<'a> {
        Article { case, outcome: self.outcome, sources: self.sources }
    }

    /// The place of a case in the run, by which the scripts find its data.
    fn index(&self, case: &CaseOutcome) -> usize {
        self.outcome.cases.iter().position(|own| own.id == case.id).unwrap_or_default()
    }

    fn doubts(&self) -> impl Iterator<Item = Doubt<'a>> {
        let outcome = self.outcome;
        let doubt =
            move |(verdict, heading)| Doubt { verdict, heading, reasons: reasons::grouped(outcome, verdict) };
        IN_DOUBT.into_iter().map(doubt).filter(|doubt| !doubt.reasons.is_empty())
    }

    fn policies(&self) -> impl Iterator<Item = (&'a str, String)> {
        let decided = reasons::policies(self.outcome).into_iter();
        decided.map(|(policy, ids)| (policy, phrase::first_of(&ids, SHOWN_IDS)))
    }

    fn snapshots(&self) -> Vec<Changed<'a>> {
        let taken = self.outcome.cases.iter().flat_map(|case| &case.snapshots);
        let changed = taken.filter(|snapshot| snapshot.state != SnapshotState::Same).map(changed);
        let unreferenced = self.outcome.unreferenced.iter().map(|name| Changed {
            name,
            state: SnapshotState::Unreferenced,
            lines: Vec::new(),
        });
        changed.chain(unreferenced).collect()
    }
}

/// What the table shows: a verdict, or why there is none.
fn state(requirement: &RequirementOutcome) -> &'static str {
    match requirement {
        RequirementOutcome { untested: Some(_), .. } => "untested",
        requirement if requirement.cases.is_empty() => "no-case",
        requirement => requirement.verdict.word(),
    }
}

/// Every state that occurs, the gravest verdict first, and what is no verdict last.
fn shares<T>(rows: &[T], state: impl Fn(&T) -> &'static str) -> Vec<Share> {
    let states = Verdict::ALL.map(Verdict::word).into_iter().chain(["no-case", "untested"]);
    let share = |word| Share { state: word, number: rows.iter().filter(|row| state(row) == word).count() };
    states.map(share).filter(|share| share.number > 0).collect()
}

fn changed(snapshot: &SnapshotOutcome) -> Changed<'_> {
    let stored = snapshot.stored.as_deref();
    let lines = stored.map(|stored| difference::lines(stored, &snapshot.content)).unwrap_or_default();
    Changed { name: &snapshot.name, state: snapshot.state, lines }
}

impl Doubt<'_> {
    fn number(&self) -> String {
        let number = self.reasons.iter().map(|(_, group)| group.requirements.len()).sum();
        phrase::count(number, "requirement")
    }
}

impl Group<'_> {
    fn ids(&self) -> String {
        let ids: Vec<&str> = self.requirements.iter().map(|requirement| requirement.id.as_str()).collect();
        phrase::first_of(&ids, SHOWN_IDS)
    }

    fn case_ids(&self) -> String {
        let ids: Vec<&str> = self.cases.iter().map(|case| case.id.as_str()).collect();
        phrase::first_of(&ids, SHOWN_CASES)
    }
}
