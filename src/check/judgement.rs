//! What a check says after it looked.

use crate::scenario::Unbound;
use crate::source::Span;

/// What came of a check on one exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// What it demands was seen.
    Held,
    /// What it demands was seen in a form that only a lenient policy accepts; says which.
    HeldWithWarning(String),
    /// What it demands was not so.
    Violated(Vec<Mismatch>),
    /// It could not be looked at, because of this.
    NotReached(String),
    /// There was nothing to look at, because of this.
    Vacuous(String),
}

/// One place that is not as demanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// What was looked at: `status`, `header location`, `/task/status`, `result`, `total time`.
    pub place: String,
    /// What should have been there.
    pub expected: String,
    /// What was there.
    pub actual: String,
    /// Where the demand is written.
    pub span: Span,
}

impl Mismatch {
    /// All of it in a few words: `method is "GET" and not "POST"`.
    pub fn describe(&self) -> String {
        format!("{} is {} and not {}", self.place, self.actual, self.expected)
    }

    /// The same, seen from further outside: `/status` of `value task` is at `value task/status`.
    #[must_use]
    pub(super) fn below(mut self, outer: &str) -> Self {
        self.place.insert_str(0, outer);
        self
    }
}

/// Why a look could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreached(pub(super) String);

impl From<Unbound> for Unreached {
    fn from(unbound: Unbound) -> Self {
        match unbound {
            Unbound::Name(name) => Self::uncaptured(&name),
            Unbound::Sum(reason) => Self(reason),
        }
    }
}

impl Unreached {
    /// A name that nothing gave a value.
    pub(super) fn uncaptured(name: &str) -> Self {
        Self(format!("`{name}` was not captured"))
    }
}

/// What the conditions of one check found so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    mismatches: Vec<Mismatch>,
    warnings: Vec<String>,
    unreached: Option<Unreached>,
}

impl Tally {
    /// Notes what one condition found.
    pub(super) fn add(&mut self, found: Result<Vec<Mismatch>, Unreached>) {
        match found {
            Ok(mismatches) => self.mismatches.extend(mismatches),
            Err(unreached) => {
                self.unreached.get_or_insert(unreached);
            }
        }
    }

    /// Notes that something holds only because a policy is lenient.
    pub(super) fn warn(&mut self, warning: String) {
        self.warnings.push(warning);
    }

    /// The judgement: a violation is one, whatever else could not be looked at.
    pub(super) fn judgement(self) -> Judgement {
        match (self.mismatches.is_empty(), self.unreached, self.warnings.is_empty()) {
            (false, _, _) => Judgement::Violated(self.mismatches),
            (true, Some(Unreached(reason)), _) => Judgement::NotReached(reason),
            (true, None, false) => Judgement::HeldWithWarning(self.warnings.join("; ")),
            (true, None, true) => Judgement::Held,
        }
    }
}
