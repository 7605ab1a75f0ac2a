//! Failures that are known and tolerated: read from a file, held against what came, and proposed for it.
//!
//! A baseline changes no verdict. It only says of which of them the gate is not to be closed, and closes the gate itself
//! where it is no longer true.

mod complaint;
mod decode;
mod judge;
mod propose;
mod rewrite;
mod shape;

pub use complaint::complaints;
pub use decode::{Placed, day_of, parse};
pub use judge::{divergence, is_violation, judge};
pub use propose::{Change, Proposal, Remark, propose};
pub use rewrite::rewrite;
pub use shape::SHAPE;

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{CaseOutcome, Verdict};
use crate::requirement::RequirementId;

/// A verdict that is known and tolerated, and everything by which it is told from another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The case.
    pub case: String,
    /// The requirement, which the case cites.
    pub requirement: RequirementId,
    /// The verdict.
    pub expect: Verdict,
    /// The first divergence that the verdict rests on.
    pub signature: String,
    /// Why it is tolerated.
    pub reason: String,
    /// Where its end is worked on.
    pub issue: Option<String>,
    /// The last day on which it is tolerated.
    pub expires: Option<Date>,
}

/// What stands between the case and the requirement of an entry's name.
const SEPARATOR: char = '#';

/// What stands for any text in a signature.
const ANY_TEXT: &str = "<any>";

impl Entry {
    /// `case#requirement`.
    pub fn name(&self) -> String {
        format!("{}{SEPARATOR}{}", self.case, self.requirement)
    }

    /// Whether this divergence is the one that is known.
    fn fits(&self, divergence: &str) -> bool {
        let Some((first, rest)) = self.signature.split_once(ANY_TEXT) else {
            return self.signature == divergence;
        };
        let (middle, last) = rest.rsplit_once(ANY_TEXT).unwrap_or(("", rest));
        let inner = divergence.strip_prefix(first).and_then(|inner| inner.strip_suffix(last));
        let step = |inner: &'_ str, part: &str| Some(inner.find(part)? + part.len());
        inner.is_some_and(|inner| {
            middle.split(ANY_TEXT).try_fold(0, |at, part| Some(at + step(&inner[at..], part)?)).is_some()
        })
    }
}

/// What a run is told to tolerate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// The file, as it was given.
    pub file: String,
    /// Its entries, in the order written.
    pub entries: Vec<Entry>,
    /// The day on which the run began: entries whose last day is before it excuse nothing.
    pub day: Date,
}

/// The day of a moment, in UTC.
pub fn day(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

/// Whether what an entry says is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It came as expected, and does not close the gate.
    Excused,
    /// Another verdict came, or the same one for another reason.
    Changed,
    /// It came as expected, but after the last day.
    Expired,
    /// The requirement holds.
    Passes,
    /// The target gives nothing to judge there any more.
    Stale,
    /// Whether it is still so could not be told.
    Undecided,
    /// The case was not run.
    Unjudged,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Excused,
        Self::Changed,
        Self::Expired,
        Self::Passes,
        Self::Stale,
        Self::Undecided,
        Self::Unjudged,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Excused => "excused",
            Self::Changed => "changed",
            Self::Expired => "expired",
            Self::Passes => "passes",
            Self::Stale => "stale",
            Self::Undecided => "undecided",
            Self::Unjudged => "unjudged",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.word())
    }
}

/// An entry and whether it is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The entry.
    pub entry: Entry,
    /// Whether it is so.
    pub standing: Standing,
}

/// A baseline held against the cases of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The file, as it was given.
    pub file: String,
    /// Its entries, in the order written.
    pub entries: Vec<Judged>,
}

impl Applied {
    /// The entries that stand like this.
    pub fn of(&self, standing: Standing) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |judged| judged.standing == standing).map(|judged| &judged.entry)
    }

    /// The entry by which a verdict does not close the gate.
    pub fn excuse(&self, case: &str, requirement: &RequirementId) -> Option<&Entry> {
        self.of(Standing::Excused).find(|entry| entry.case == case && entry.requirement == *requirement)
    }

    /// The entries by which a case that found the server wanting counts as known; none if anything else was violated in
    /// it, or left undecided.
    pub fn excuses(&self, case: &CaseOutcome) -> Vec<&Entry> {
        let grave = [Verdict::Error, Verdict::Fail, Verdict::Inconclusive];
        let grave = case.verdicts.iter().filter(|verdict| grave.contains(&verdict.verdict));
        let excuses = grave.map(|verdict| self.excuse(&case.id, &verdict.requirement));
        excuses.collect::<Option<Vec<_>>>().unwrap_or_default()
    }
}
