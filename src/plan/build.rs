//! Every case of the suite that was asked for, ready to run or with the reason why it does not.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::bind::{self, PlanningNames, bind_needs};
use super::predict::{Cost, Predictor};
use super::select::Filter;
use super::{Program, Rest, Shard, Suite};
use crate::clock::format_duration;
use crate::profile::{self, Profile};
use crate::requirement::RequirementId;
use crate::scenario::CaseRow;
use crate::target::{Job, Protocol, RedirectAuth, Target};

/// Why a case does not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRun {
    /// The target file says that there is nothing to try it on.
    Unattainable(String),
    /// The target file does not mention what it would need.
    Inconclusive(String),
}

impl NotRun {
    /// The reason.
    pub fn reason(&self) -> &str {
        match self {
            Self::Unattainable(reason) | Self::Inconclusive(reason) => reason,
        }
    }
}

/// A scenario with one row of values and the jobs of one target.
#[derive(Debug, Clone)]
pub struct TestCase {
    /// `scenario` or `scenario@case`.
    pub id: String,
    /// What is executed.
    pub program: Arc<Program>,
    /// The values of `case.X`.
    pub row: CaseRow,
    /// The jobs that the aliases stand for.
    pub bindings: BTreeMap<String, Arc<Job>>,
    /// Why it does not run, if so.
    pub not_run: Option<NotRun>,
    /// For each check of the program: whether the policies in force ask for it.
    pub active: Vec<bool>,
    /// Whether it looks at a capability that is declared off.
    pub declared_off: bool,
    /// The value of the tenant's switch that its server has.
    pub redirect_auth: Option<RedirectAuth>,
    /// Whether no other case may run beside it: its hooks mean jobs that carry no mark, and by no handle either.
    pub alone: bool,
    /// How many jobs it creates at the most.
    pub jobs: u64,
    /// How long a conformant server can keep it busy.
    pub predicted: Duration,
}

impl TestCase {
    /// The profile's name.
    pub fn profile(&self) -> &str {
        &self.program.scenario.profile.value
    }

    /// The requirements that its checks cite under the policies in force.
    pub fn requirements(&self) -> Vec<&RequirementId> {
        let active = self.program.checks.iter().zip(&self.active).filter(|(_, active)| **active);
        let mut ids: Vec<&RequirementId> = active.flat_map(|(check, _)| &check.covers).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// Everything that will run.
#[derive(Debug)]
pub struct Plan {
    /// The cases, in the order of ids.
    pub cases: Vec<TestCase>,
    /// Whether nothing of the suite was left out, the cases of other shards aside.
    pub complete: bool,
    /// Which of several parts it is, and what the others have; none if it is the whole.
    pub shard: Option<(Shard, Rest)>,
}

impl Plan {
    /// Some cases of a suite.
    pub fn of(cases: Vec<TestCase>) -> Self {
        Self { cases, complete: false, shard: None }
    }

    /// The cases that run.
    pub fn runnable(&self) -> impl Iterator<Item = &TestCase> {
        self.cases.iter().filter(|case| case.not_run.is_none())
    }

    /// How many jobs the server is asked to create at the most.
    pub fn jobs(&self) -> u64 {
        self.runnable().map(|case| case.jobs).sum()
    }

    /// The same for all shards together.
    pub fn jobs_of_all_shards(&self) -> u64 {
        self.jobs() + self.shard.map_or(0, |(_, rest)| rest.jobs)
    }

    /// How many jobs it may ask for if all shards together may ask for so many.
    pub fn allowance(&self, limit: u64) -> u64 {
        self.shard.map_or(limit, |(shard, rest)| shard.allowance(limit, self.jobs(), rest))
    }
}

/// Builds the plan; scenarios of protocols that the target does not speak are no part of it.
pub fn build(suite: &Suite, target: &Target, filter: &Filter) -> Plan {
    let mut cases = Vec::new();
    for program in &suite.programs {
        let Some(profile) = profile::find(&program.scenario.profile.value) else { continue };
        let Some(protocol) = target.protocol(profile.name()) else { continue };
        for row in &program.scenario.cases {
            let id = case_id(&program.scenario.id, &row.name);
            if filter.wants_case(&id, program) {
                cases.push(case(id, program, row, Side { target, protocol, profile }));
            }
        }
    }
    Plan { cases, complete: filter.is_empty(), shard: None }
}

/// The target's side of a case.
#[derive(Clone, Copy)]
struct Side<'a> {
    target: &'a Target,
    protocol: &'a Protocol,
    profile: &'static dyn Profile,
}

/// `scenario`, or `scenario@case` where there are several.
pub(super) fn case_id(scenario: &str, row: &str) -> String {
    if row.is_empty() { scenario.to_owned() } else { format!("{scenario}@{row}") }
}

fn case(id: String, program: &Arc<Program>, row: &CaseRow, side: Side<'_>) -> TestCase {
    let names = PlanningNames { target: side.target, protocol: side.protocol, row };
    let (bindings, mut not_run) = match bind_needs(program, &names) {
        Ok(bindings) => (bindings, None),
        Err(reason) => (BTreeMap::new(), Some(reason)),
    };
    let predictor = Predictor { names, bindings: &bindings, profile: side.profile, inputs: BTreeMap::new() };
    let Cost { time, jobs } = predictor.cost(&program.steps);
    let longest = side.target.limits.longest_case;
    if not_run.is_none() && time > longest {
        let (time, longest) = (format_duration(time), format_duration(longest));
        let reason = format!("it can take {time}, and limits.longest_case is {longest}");
        not_run = Some(NotRun::Unattainable(reason));
    }
    let policies = bind::policies(&names);
    let active = program.checks.iter().map(|check| check.when.decided(policies) != Some(false)).collect();
    let unmarked = |alias: &String| bindings.get(alias).is_some_and(|job| job.mark.is_none());
    TestCase {
        id,
        program: Arc::clone(program),
        row: row.clone(),
        not_run,
        active,
        declared_off: program.scenario.needs.capabilities.iter().any(|(_, wanted)| !wanted),
        redirect_auth: bind::redirect_auth(program, &names),
        alone: program.unhandled.iter().any(unmarked),
        jobs,
        predicted: time,
        bindings,
    }
}
