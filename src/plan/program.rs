//! A scenario with everything compiled: what the runner executes, the same for every case and target.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::build::case_id;
use crate::check::{Capture, Check, Invariant, Omissions, Trace, When};
use crate::requirement::RequirementId;
use crate::scenario::fragment::Type;
use crate::scenario::{Count, Disturb, Scenario, Template};
use crate::source::Span;

/// The number of a check within its program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckId(pub usize);

/// What is known of a check before it runs.
#[derive(Debug, Clone)]
pub struct CheckInfo {
    /// The requirements at stake.
    pub covers: Vec<RequirementId>,
    /// Whether it belongs to a control step.
    pub control: bool,
    /// The step's number and name.
    pub step: String,
    /// The policies that decide whether it is asked at all.
    pub when: When,
    /// Where it is written.
    pub span: Span,
}

/// A compiled scenario.
#[derive(Debug)]
pub struct Program {
    /// What it was compiled from.
    pub scenario: Arc<Scenario>,
    /// What is done and judged.
    pub steps: Vec<Instruction>,
    /// What is done at the end.
    pub cleanup: Vec<Instruction>,
    /// Every check, by number.
    pub checks: Vec<CheckInfo>,
    /// The principals it acts as, each with the first place that says so.
    pub principals: BTreeMap<String, Span>,
    /// The hook operations it uses.
    pub hooks: BTreeSet<String>,
    /// The aliases whose jobs it counts.
    pub counted: BTreeSet<String>,
    /// The aliases of which a hook means some job without a handle to it.
    pub unhandled: BTreeSet<String>,
    /// The snapshots it takes.
    pub snapshots: BTreeSet<String>,
    /// Whether one of them keeps a whole flow.
    pub traces: bool,
}

impl Program {
    /// Every step, also those inside others, and those of the end.
    pub fn every_step(&self) -> impl Iterator<Item = &Instruction> {
        every_step(&self.steps).chain(every_step(&self.cleanup))
    }

    /// Every requirement that a check of it cites.
    pub fn requirements(&self) -> BTreeSet<&RequirementId> {
        self.checks.iter().flat_map(|check| &check.covers).collect()
    }

    /// The ids of its cases.
    pub fn case_ids(&self) -> Vec<String> {
        self.scenario.cases.iter().map(|row| case_id(&self.scenario.id, &row.name)).collect()
    }

    /// The names of the snapshots that its cases take, below the folder of snapshots.
    pub fn snapshot_names(&self) -> Vec<String> {
        self.case_ids()
            .iter()
            .flat_map(|id| self.snapshots.iter().map(move |name| format!("{id}/{name}")))
            .collect()
    }
}

/// A check and its number.
#[derive(Debug)]
pub struct NumberedCheck {
    /// Its number.
    pub id: CheckId,
    /// The check.
    pub check: Check,
}

/// A compiled step.
#[derive(Debug)]
pub struct Instruction {
    /// Number and name: `3, "another system cancels it"`.
    pub label: String,
    /// The number alone: steps of a fragment have one for each step that uses it.
    pub place: u32,
    /// Who does it.
    pub principal: String,
    /// Whether it is a control.
    pub control: bool,
    /// When it is done at all.
    pub when: When,
    /// What is done.
    pub act: Act,
    /// What is expected of the answer.
    pub checks: Vec<NumberedCheck>,
    /// Names and what of the answer they get.
    pub captures: Vec<(String, Capture)>,
    /// The snapshot taken of the answer.
    pub snapshot: Option<SnapshotAct>,
    /// What the harness does to the exchange.
    pub disturb: Option<Disturb>,
    /// Where it is written.
    pub span: Span,
}

/// Steps in their order, each before those inside it.
pub fn every_step(steps: &[Instruction]) -> impl Iterator<Item = &Instruction> {
    steps.iter().flat_map(|step| {
        let inner = step.act.inner().into_iter().flat_map(|steps| every_step(steps).collect::<Vec<_>>());
        std::iter::once(step).chain(inner)
    })
}

/// A golden copy of an answer.
#[derive(Debug)]
pub struct SnapshotAct {
    /// Its name within the scenario.
    pub name: String,
    /// Whether it keeps every answer of the case up to this one.
    pub trace: bool,
    /// What of it is not kept, besides what never is.
    pub redact: Omissions,
}

/// What a step does.
#[derive(Debug)]
pub enum Act {
    /// Sends one request.
    Request {
        /// Its words.
        words: Template,
        /// Whether and how redirects are followed.
        follow: Option<FollowAct>,
    },
    /// Sends a request until something is so.
    Poll(Box<PollAct>),
    /// Asks the hooks.
    Hook(HookAct),
    /// Lets time pass.
    Wait(Template),
    /// Waits for calls of the server.
    Await(AwaitAct),
    /// Does steps several times.
    Repeat(RepeatAct),
    /// Does lists of steps at the same time.
    Parallel(Vec<Vec<Instruction>>),
    /// Does the steps of the first way that applies.
    Either(Vec<WayAct>),
    /// Does the steps of a fragment.
    Use(UseAct),
}

impl Act {
    /// The lists of steps inside it.
    fn inner(&self) -> Vec<&[Instruction]> {
        match self {
            Self::Repeat(repeat) => vec![&repeat.steps],
            Self::Parallel(branches) => branches.iter().map(Vec::as_slice).collect(),
            Self::Either(ways) => ways.iter().map(|way| way.steps.as_slice()).collect(),
            Self::Use(fragment) => vec![&fragment.steps],
            Self::Request { .. } | Self::Poll(_) | Self::Hook(_) | Self::Wait(_) | Self::Await(_) => {
                Vec::new()
            }
        }
    }
}

/// One of several ways that a server may take.
#[derive(Debug)]
pub struct WayAct {
    /// When it is this one.
    pub when: When,
    /// What is done then.
    pub steps: Vec<Instruction>,
}

/// A fragment in the place of a step.
#[derive(Debug)]
pub struct UseAct {
    /// Its name.
    pub fragment: String,
    /// What it is given.
    pub inputs: Vec<InputAct>,
    /// Names here, the captured names there, and what these are.
    pub outputs: Vec<(String, String, Type)>,
    /// What is done.
    pub steps: Vec<Instruction>,
}

/// Something that a fragment is given.
#[derive(Debug)]
pub struct InputAct {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Type,
    /// Where its value comes from.
    pub value: Template,
}

/// How redirects are followed.
#[derive(Debug)]
pub struct FollowAct {
    /// No more than this many.
    pub max: u32,
    /// No longer than this.
    pub within: Template,
    /// Who follows.
    pub principal: String,
    /// What is expected of every redirect.
    pub each: Vec<NumberedCheck>,
    /// What the statuses must be.
    pub trace: Option<(CheckId, Trace)>,
}

/// A poll.
#[derive(Debug)]
pub struct PollAct {
    /// The words of its request.
    pub words: Template,
    /// The alias of the job that is polled.
    pub job: Option<String>,
    /// The pause between attempts; the target's, if none.
    pub every: Option<Template>,
    /// Names that an answer which is not yet the last gives anew, and what of it they get.
    pub carry: Vec<(String, Capture)>,
    /// The budget.
    pub within: Template,
    /// What an answer looks like while the job goes on.
    pub pending: Option<NumberedCheck>,
    /// How many such answers must be seen, if the scenario says so.
    pub seen: Option<u64>,
    /// What ends the poll.
    pub until: NumberedCheck,
    /// What ends it badly.
    pub fail_when: Option<NumberedCheck>,
    /// What the statuses must be.
    pub trace: Option<(CheckId, Trace)>,
    /// What must stay true.
    pub invariants: Vec<(CheckId, Invariant)>,
}

impl PollAct {
    /// The numbers of all its checks.
    pub fn checks(&self) -> impl Iterator<Item = CheckId> {
        let branches = self.pending.iter().chain([&self.until]).chain(&self.fail_when);
        let branches = branches.map(|numbered| numbered.id);
        branches.chain(self.trace.iter().map(|(id, _)| *id)).chain(self.invariants.iter().map(|(id, _)| *id))
    }
}

/// A wait for calls of the server.
#[derive(Debug)]
pub struct AwaitAct {
    /// The name of the address.
    pub callback: String,
    /// How many there must be.
    pub count: Count,
    /// The budget.
    pub within: Template,
    /// How long nothing more may come behind the last one.
    pub quiet: Option<Template>,
    /// What a call must be like to be meant.
    pub matching: Option<Check>,
    /// The check that as many came as there must.
    pub came: CheckId,
    /// Where it is written.
    pub span: Span,
}

/// A call of the hooks.
#[derive(Debug)]
pub struct HookAct {
    /// What is asked for.
    pub op: String,
    /// The alias.
    pub job: String,
    /// Names one job.
    pub handle: Option<Template>,
}

/// Steps that are done several times.
#[derive(Debug)]
pub struct RepeatAct {
    /// How many times.
    pub times: u32,
    /// Whether all rounds run at the same time.
    pub at_once: bool,
    /// The pause between rounds.
    pub every: Option<Template>,
    /// The steps of a round.
    pub steps: Vec<Instruction>,
    /// Demands on the values of all rounds.
    pub quantifiers: Vec<QuantifierAct>,
}

/// A demand on the values that a name got in all rounds.
#[derive(Debug)]
pub struct QuantifierAct {
    /// Its number.
    pub id: CheckId,
    /// No two equal, or all equal.
    pub distinct: bool,
    /// The name.
    pub value: String,
    /// Where it is written.
    pub span: Span,
}
