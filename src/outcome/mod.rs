//! Recorded results: what was seen, what was found, and the verdicts on it.
//!
//! Everything here is data that has already been masked: a text in an outcome may go to any sink. Verdicts are
//! made in [`verdict`] and nowhere else.

pub mod baseline;
pub mod event;
pub mod failure;
pub mod gate;
pub mod phrase;
pub mod record;
pub mod signature;
pub mod totals;
pub mod verdict;

#[cfg(test)]
pub(crate) mod sample;

pub use event::{Event, Sink, Wait};
pub use record::{Recorded, RecordedAnswer, RecordedExchange};
pub use verdict::{CheckOutcome, Verdict};

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::requirement::{Level, RequirementId};
use crate::source::Span;

/// One unmet expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The requirements that the expectation covers; empty for a control without any.
    pub requirements: Vec<RequirementId>,
    /// Number and name of the step: `3, "another system cancels it"`.
    pub step: String,
    /// What was looked at: `status`, `header location`, `/task/status`.
    pub place: String,
    /// What should have been there.
    pub expected: String,
    /// What was there.
    pub actual: String,
    /// Where the expectation is written.
    pub span: Span,
    /// The exchange it looked at, as an index into [`CaseOutcome::exchanges`].
    pub exchange: Option<usize>,
    /// `requirement|step|place|expected|actual` with ids, instants, URLs and durations replaced by their class.
    pub signature: String,
}

/// The verdict on one requirement in one test case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseVerdict {
    /// The requirement.
    pub requirement: RequirementId,
    /// The verdict.
    pub verdict: Verdict,
    /// Why, where it is neither a pass nor explained by a finding.
    pub because: Option<String>,
    /// Whether a policy of the target file decided it: `redirect_codes = [303]`.
    pub policy: Option<String>,
}

/// How a snapshot compares to the stored one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SnapshotState {
    /// Equal to the stored one.
    Same,
    /// Different from the stored one.
    Changed,
    /// There is no stored one.
    New,
    /// Stored, but no case of the whole suite refers to it any more.
    Unreferenced,
}

impl SnapshotState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Same, Self::Changed, Self::New, Self::Unreferenced];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::New => "new",
            Self::Unreferenced => "unreferenced",
        }
    }
}

impl fmt::Display for SnapshotState {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.word())
    }
}

/// A snapshot that a test case took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotOutcome {
    /// Its name below the snapshots folder, without `.snap`.
    pub name: String,
    /// How it compares.
    pub state: SnapshotState,
    /// What was taken now, redacted.
    pub content: String,
    /// What is stored, if anything is.
    pub stored: Option<String>,
    /// The redactions of its step that fitted nothing.
    pub unused: Vec<String>,
}

/// What came of one test case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseOutcome {
    /// `scenario` or `scenario@case`.
    pub id: String,
    /// The scenario's title.
    pub title: String,
    /// The profile's name.
    pub profile: String,
    /// Where the scenario is written.
    pub span: Span,
    /// One for each requirement that the case cites, in the registry's order.
    pub verdicts: Vec<CaseVerdict>,
    /// Everything that was found wanting, in the order found.
    pub findings: Vec<Finding>,
    /// Names of the control steps that failed.
    pub failed_controls: Vec<String>,
    /// Why the case did not run, or not to its end.
    pub not_run: Option<String>,
    /// The snapshots it took.
    pub snapshots: Vec<SnapshotOutcome>,
    /// What was sent and what came.
    pub exchanges: Vec<RecordedExchange>,
    /// How many 502 answers were tolerated.
    pub disturbances: u32,
    /// How many jobs it asked the server to create.
    pub jobs_created: u32,
    /// How long it took on its own clock.
    pub duration: Duration,
}

impl CaseOutcome {
    /// The roll-up of its verdicts.
    pub fn verdict(&self) -> Verdict {
        verdict::roll_up(self.verdicts.iter().map(|verdict| verdict.verdict))
    }

    /// The verdict on one requirement, if the case cites it.
    pub fn verdict_on(&self, requirement: &RequirementId) -> Option<Verdict> {
        self.verdicts
            .iter()
            .find(|verdict| verdict.requirement == *requirement)
            .map(|verdict| verdict.verdict)
    }

    /// The first finding about a requirement. Of several at one place, such as those of rounds at the same time, it is
    /// the same one on every run, whichever round happened to end first.
    pub fn first_divergence(&self, requirement: &RequirementId) -> Option<&Finding> {
        let about = || self.findings.iter().filter(|finding| finding.requirements.contains(requirement));
        let first = about().next()?;
        let at_one_place =
            about().filter(|finding| (&finding.step, &finding.place) == (&first.step, &first.place));
        at_one_place.min_by_key(|finding| &finding.signature)
    }
}

/// The roll-up of one requirement over all test cases that cite it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequirementOutcome {
    /// The requirement.
    pub id: RequirementId,
    /// The name of the profile whose registry holds it.
    pub profile: String,
    /// Its level.
    pub level: Level,
    /// Its statement.
    pub statement: String,
    /// Why no run can judge it, if none can.
    pub untested: Option<String>,
    /// The roll-up.
    pub verdict: Verdict,
    /// The ids of the cases that cite it.
    pub cases: Vec<String>,
}

/// How many requirements of one level there are, and how far they got.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows of the registry that concern servers.
    pub registered: usize,
    /// Those that can be seen on the wire (not `untested`).
    pub observable: usize,
    /// Those that this target file lets the suite judge.
    pub attainable: usize,
    /// Those that were judged in this run.
    pub exercised: usize,
    /// Those that hold.
    pub held: usize,
}

/// The implementation that was judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TargetSummary {
    /// `organization product version`, as far as given; the embedded mock says so.
    pub identity: String,
    /// Base URL per profile.
    pub bases: BTreeMap<String, String>,
    /// The policies in force: `profile.key` to value.
    pub policies: BTreeMap<String, String>,
    /// The declared capabilities: `profile.key` to `yes` or `no`.
    pub capabilities: BTreeMap<String, String>,
    /// Which job stands for which alias: `case: alias` to the target file's label.
    pub bindings: BTreeMap<String, String>,
}

/// What of the suite was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The filters, as given.
    pub filters: Vec<String>,
    /// Which part of the cases: `2/3`.
    pub shard: Option<String>,
    /// Whether every case of the suite was selected.
    pub complete: bool,
    /// How many cases were selected, those of all shards together.
    pub cases: usize,
}

/// The result of the gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// The exit code that follows.
    pub exit: gate::GateExit,
    /// The reasons, most important first; empty if the gate is satisfied.
    pub because: Vec<String>,
    /// What was to close it.
    pub options: gate::Options,
}

/// Everything that came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunOutcome {
    /// Digest over the suite's files.
    pub suite_digest: String,
    /// The implementation under test.
    pub target: TargetSummary,
    /// What was asked for.
    pub selection: Selection,
    /// The gate.
    pub gate: Gate,
    /// What was to be tolerated, and whether it came.
    pub baseline: Option<baseline::Applied>,
    /// Per level, over the registries of the profiles that the target declares.
    pub counts: BTreeMap<Level, Counts>,
    /// Every requirement that concerns servers, in the registries' order.
    pub requirements: Vec<RequirementOutcome>,
    /// Every selected case, by id.
    pub cases: Vec<CaseOutcome>,
    /// Names of stored snapshots that no case of the whole suite refers to; known only if all cases ran.
    pub unreferenced: Vec<String>,
    /// Whether the run was cut short.
    pub interrupted: bool,
    /// What changes from run to run.
    pub volatile: Volatile,
}

impl RunOutcome {
    /// Whether a baseline excuses what a case comes to on a requirement.
    pub fn is_excused(&self, case: &CaseOutcome, requirement: &RequirementId) -> bool {
        self.baseline.as_ref().is_some_and(|baseline| baseline.excuse(&case.id, requirement).is_some())
    }

    /// Whether a client was judged, by the rules for clients, and no server.
    pub fn is_of_client(&self) -> bool {
        self.requirements.iter().any(|requirement| requirement.profile == CLIENT)
    }

    /// The entries of the baseline by which a case counts as known; see [`baseline::Applied::excuses`].
    pub fn excuses(&self, case: &CaseOutcome) -> Vec<&baseline::Entry> {
        self.baseline.as_ref().map(|baseline| baseline.excuses(case)).unwrap_or_default()
    }
}

/// What rules for clients have in place of a profile, and timelines in place of a principal.
pub const CLIENT: &str = "client";

/// What timelines have in place of a principal where the server calls back.
pub const SERVER: &str = "the server";

/// What may differ between two runs with equal verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volatile {
    /// When it began, by the wall clock.
    pub started: jiff::Timestamp,
    /// How long it took.
    pub duration: Duration,
    /// The seed of the order and of marks.
    pub seed: u64,
    /// The arguments that a repetition needs besides the ids: `--target`, `target.yaml`.
    pub rerun: Vec<String>,
}
