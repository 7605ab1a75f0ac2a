//! The verdicts on a client for people: what is wrong first, with the way out; then every rule in a table, the gate last.

mod block;
mod table;

use std::collections::BTreeMap;

use super::playing::Played;
use crate::client::tally::{self, Line};
use crate::outcome::{RunOutcome, Verdict, phrase};
use crate::report::palette::paint;
use crate::report::{Palette, terminal};
use crate::source::SourceMap;

/// What every section looks at.
pub(super) struct Page<'a> {
    pub(super) outcome: &'a RunOutcome,
    pub(super) played: &'a [Played],
    pub(super) sources: &'a SourceMap,
    pub(super) palette: Palette,
    /// Whether every finding is shown with what was sent and answered, and not only the first of each rule.
    pub(super) verbose: bool,
}

impl Page<'_> {
    /// The whole text.
    pub(super) fn render(&self) -> String {
        let judged: Vec<_> = self.played.iter().map(|own| own.judged.clone()).collect();
        let lines = tally::lines(self.outcome, &judged);
        let wrong = lines.iter().filter(|line| is_wrong(line));
        let mut sections: Vec<String> = wrong.map(|line| block::render(self, line)).collect();
        sections.push(self.endings());
        sections.push(table::render(&lines));
        sections.push(terminal::tolerated(self.outcome, self.sources, &self.palette));
        sections.push(terminal::conclusion(self.outcome, self.sources, &self.palette) + "\n");
        sections.retain(|section| !section.is_empty());
        sections.join("\n")
    }

    /// How the client ended where a right one ends otherwise and no finding says so; the same words once.
    fn endings(&self) -> String {
        let mut endings: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let told = |own: &&Played| own.is_right || !own.judged.case.findings.is_empty();
        for own in self.played.iter().filter(|own| !told(own)) {
            endings.entry(&own.ending).or_default().push(&own.judged.case.id);
        }
        let line = |(ending, ids): (&str, Vec<&str>)| {
            let number = phrase::count(ids.len(), "situation");
            format!("in {number} {ending}\n  {}\n", self.named(&ids))
        };
        endings.into_iter().map(line).collect()
    }

    /// A few names, or all of them where everything is to be shown.
    fn named(&self, ids: &[&str]) -> String {
        const SHOWN: usize = 4;
        phrase::first_of(ids, if self.verbose { usize::MAX } else { SHOWN })
    }

    fn headline(&self, line: &Line) -> String {
        let word = line.verdict.word().to_uppercase();
        format!(
            "{}  {}",
            paint(self.palette.verdict(line.verdict), &word),
            paint(self.palette.strong, line.id)
        )
    }
}

fn is_wrong(line: &Line) -> bool {
    matches!(line.verdict, Verdict::Fail | Verdict::Warn | Verdict::Info)
}
