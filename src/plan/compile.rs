//! A scenario to a [`Program`]: checks and places compiled, every name and word looked up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::callback::check_answers;
use super::names::{Elsewhere, Names};
use super::program::{
    Act, CheckId, CheckInfo, FollowAct, HookAct, Instruction, NumberedCheck, PollAct, Program, QuantifierAct,
    RepeatAct, SnapshotAct, WayAct,
};
use super::{needs, same_branches, snapshot_name, uncovered};
use crate::check::{self, Compiler, Invariant, Omissions, Schemas, Side, Trace, When};
use crate::diagnostic::Diagnostic;
use crate::profile::{self, Files, Profile};
use crate::requirement::{Registry, RequirementId};
use crate::scenario::{
    Action, Follow, Fragment, HookCall, Poll, Quantifier, Repeat, Scenario, SnapshotWord, Step, Template,
    TraceWord, Way, Words,
};
use crate::source::{Span, Spanned};
use crate::yaml::Node;

/// What scenarios of a suite share.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// The schemas of protocol bodies.
    pub schemas: &'a Schemas,
    /// Steps in common, by name.
    pub fragments: &'a BTreeMap<String, Fragment>,
    /// What requests send.
    pub files: &'a Files,
}

/// Compiles a scenario; mistakes become diagnostics, and the program is then not to be run.
pub fn compile(
    scenario: &Arc<Scenario>,
    registry: &Registry,
    parts: Parts<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Program> {
    let Some(profile) = profile::find(&scenario.profile.value) else {
        let names = profile::PROFILES.iter().map(|profile| profile.name());
        let unknown = Diagnostic::error(
            "unknown-profile",
            format!("no profile is called `{}`", scenario.profile.value),
        );
        diagnostics.push(unknown.at(scenario.profile.span, "").suggest(&scenario.profile.value, names));
        return None;
    };
    let before = diagnostics.len();
    needs::check(scenario, registry, profile, diagnostics);
    check_answers(scenario, registry, diagnostics);
    let mut names = Names::at_start(scenario, registry, profile);
    let mut compiling = Compiling::new((scenario, profile), registry, parts, diagnostics);
    let steps = compiling.steps(&scenario.steps, &mut names);
    let cleanup = compiling.steps(&scenario.cleanup, &mut names);
    let program = Program { steps, cleanup, ..compiling.program };
    // Whoever misspelt an id meant to cover something.
    if diagnostics.len() == before {
        diagnostics.extend(uncovered::refuse(&program));
    }
    Some(program)
}

const TRACE_ITEMS: &str =
    "an item is a code, a class such as `2xx`, or `redirect`, each with `+`, `*`, `?` or nothing behind it";

/// A scenario in the course of being compiled.
pub(super) struct Compiling<'a> {
    pub(super) checker: Compiler<'a>,
    profile: &'static dyn Profile,
    pub(super) parts: Parts<'a>,
    /// The fragments that the step stands in, the outermost first.
    pub(super) within: Vec<String>,
    /// What each of these is given.
    pub(super) given: Vec<BTreeMap<String, Template>>,
    /// Whether one of those steps is a control, so that all of its fragment is.
    pub(super) is_control: bool,
    /// The requirement of a step with checks that name none, where steps are the requirements.
    pub(super) own: Option<RequirementId>,
    aliases: BTreeSet<String>,
    pub(super) program: Program,
    pub(super) number: usize,
}

/// What the checks of one step have in common.
#[derive(Clone, Copy)]
pub(super) struct At<'s> {
    label: &'s str,
    control: bool,
}

impl<'a> Compiling<'a> {
    /// Nothing compiled yet.
    pub(super) fn new(
        (scenario, profile): (&Arc<Scenario>, &'static dyn Profile),
        registry: &'a Registry,
        parts: Parts<'a>,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            checker: Compiler { registry, schemas: parts.schemas, side: Side::Answer, diagnostics },
            profile,
            parts,
            within: Vec::new(),
            given: Vec::new(),
            is_control: false,
            own: None,
            aliases: scenario.needs.jobs.iter().map(|job| job.alias.value.clone()).collect(),
            program: Program {
                scenario: Arc::clone(scenario),
                steps: Vec::new(),
                cleanup: Vec::new(),
                checks: Vec::new(),
                principals: BTreeMap::new(),
                hooks: BTreeSet::new(),
                counted: BTreeSet::new(),
                unhandled: BTreeSet::new(),
                snapshots: BTreeSet::new(),
                traces: false,
            },
            number: 0,
        }
    }

    pub(super) fn steps(&mut self, steps: &[Step], names: &mut Names) -> Vec<Instruction> {
        steps.iter().map(|step| self.step(step, names)).collect()
    }

    fn step(&mut self, step: &Step, names: &mut Names) -> Instruction {
        self.number += 1;
        let number = self.number;
        let label = format!("{number}, \"{}\"", step.name.value);
        let control = step.control || self.is_control;
        let at = At { label: &label, control };
        let when = step.when.as_ref().map(|node| When::compile(node, &mut self.checker)).unwrap_or_default();
        names.check_when(&when, self.checker.diagnostics);
        if self.checker.registry.is_implied && self.within.is_empty() {
            self.own = Some(RequirementId::of_step(&self.program.scenario.id, &step.name.value));
        }
        let captures = self.captures(&step.capture);
        let mut inner = names.clone();
        // A place that cannot be read was reported; that its name has no value would only follow from that.
        for (name, _) in &step.capture {
            inner.add(&name.value);
        }
        let act = self.act(step, at, names, &mut inner);
        let checks = match &step.action {
            Action::Await(_) => self.of_calls(step, &captures, at, &inner),
            _ => step.expect.iter().map(|node| self.check(node, at, &inner)).collect(),
        };
        inner.add_captures(&captures);
        *names = inner;
        self.acts_as(&step.principal);
        let snapshot = step.snapshot.as_ref().map(|word| self.snapshot(word));
        if step.disturb.is_some() && !(step.expect.is_empty() && step.capture.is_empty()) {
            let message =
                "no check and no capture may stand on a disturbed exchange: only later steps are judged";
            let help = "put `expect` and `capture` into a step behind it";
            self.report("disturbed-check", message, (step.span, help));
        }
        Instruction {
            principal: step.principal.value.clone(),
            control,
            when,
            act,
            checks,
            captures,
            snapshot,
            disturb: step.disturb,
            span: step.span,
            place: u32::try_from(number).unwrap_or(u32::MAX),
            label,
        }
    }

    fn act(&mut self, step: &Step, at: At<'_>, names: &mut Names, inner: &mut Names) -> Act {
        match &step.action {
            Action::Request { words, follow } => {
                self.words(words, names);
                let follow = follow.as_ref().map(|follow| self.follow(follow, step, at, names));
                Act::Request { words: words.template.clone(), follow }
            }
            Action::Poll(poll) => Act::Poll(Box::new(self.poll(poll, at, names))),
            Action::Hook(hook) => Act::Hook(self.hook(hook, names)),
            Action::Wait(template) => {
                names.check(template, self.checker.diagnostics);
                Act::Wait(template.clone())
            }
            Action::Await(word) => Act::Await(self.wait(word, at, names)),
            Action::Repeat(repeat) => Act::Repeat(self.repeat(repeat, at, (names, inner))),
            Action::Parallel(branches) => Act::Parallel(self.branches(branches, names, inner)),
            Action::Either(ways) => Act::Either(self.ways(ways, names, inner)),
            Action::Use(word) => Act::Use(self.fragment(word, at.control, (names, inner))),
        }
    }

    /// A branch knows nothing of the others, which run at the same time.
    fn branches(
        &mut self,
        branches: &[(Spanned<String>, Vec<Step>)],
        names: &Names,
        inner: &mut Names,
    ) -> Vec<Vec<Instruction>> {
        let (mut compiled, mut before) = (Vec::new(), names.clone());
        for (_, steps) in branches {
            let mut own = before.clone();
            compiled.push(self.steps(steps, &mut own));
            inner.add_all(&own);
            before.lose(&own, &Elsewhere::Branch);
        }
        compiled
    }

    /// Names that only one way captures have a value behind it only if the server took that way.
    fn ways(&mut self, ways: &[Way], names: &Names, inner: &mut Names) -> Vec<WayAct> {
        let (mut compiled, mut before) = (Vec::new(), names.clone());
        for way in ways {
            let when = When::compile(&way.when, &mut self.checker);
            before.check_when(&when, self.checker.diagnostics);
            let mut own = before.clone();
            compiled.push(WayAct { when, steps: self.steps(&way.steps, &mut own) });
            inner.add_all(&own);
            before.lose(&own, &Elsewhere::Way);
        }
        compiled
    }

    /// The words of a request: known to the profile, their names bound, their alias asked for.
    fn words(&mut self, words: &Words, names: &Names) {
        let shape = self.profile.request_shape();
        crate::yaml::Fields::open(&words.node, shape, self.checker.diagnostics);
        profile::check_kinds(&words.node, shape, self.checker.diagnostics);
        names.check(&words.template, self.checker.diagnostics);
        self.profile.examine(&words.node, self.parts.files, self.checker.diagnostics);
        if let Some(node) = self.profile.create_word().and_then(|word| words.node.get(word)) {
            self.alias(node.as_text().unwrap_or_default(), node.span);
        }
    }

    fn follow(&mut self, follow: &Follow, step: &Step, at: At<'_>, names: &Names) -> FollowAct {
        names.check(&follow.within, self.checker.diagnostics);
        let principal = follow.principal.as_ref().unwrap_or(&step.principal);
        self.acts_as(principal);
        FollowAct {
            max: follow.max,
            within: follow.within.clone(),
            principal: principal.value.clone(),
            each: follow.each.iter().map(|node| self.check(node, at, names)).collect(),
            trace: follow.trace.as_ref().and_then(|trace| self.trace(trace, at)),
        }
    }

    fn acts_as(&mut self, principal: &Spanned<String>) {
        self.program.principals.entry(principal.value.clone()).or_insert(principal.span);
    }

    fn poll(&mut self, poll: &Poll, at: At<'_>, names: &Names) -> PollAct {
        self.words(&poll.words, names);
        let budget = [Some(&poll.within), poll.every.as_ref()];
        budget.into_iter().flatten().for_each(|template| names.check(template, self.checker.diagnostics));
        if let Some(job) = &poll.job {
            self.alias(&job.value, job.span);
        }
        let carry = self.carried(&poll.carry, names);
        let mut names = names.clone();
        // What is carried on may be of another kind than what the name had before.
        for (name, _) in &carry {
            names.add(name);
        }
        let act = PollAct {
            words: poll.words.template.clone(),
            job: poll.job.as_ref().map(|job| job.value.clone()),
            every: poll.every.clone(),
            carry,
            within: poll.within.clone(),
            pending: poll.pending.as_ref().map(|node| self.check(node, at, &names)),
            seen: poll.seen,
            until: self.check(&poll.until, at, &names),
            fail_when: poll.fail_when.as_ref().map(|node| self.check(node, at, &names)),
            trace: poll.trace.as_ref().and_then(|trace| self.trace(trace, at)),
            invariants: poll.invariants.iter().filter_map(|node| self.invariant(node, at)).collect(),
        };
        self.checker.diagnostics.extend(same_branches::refuse(&act));
        act
    }

    fn hook(&mut self, hook: &HookCall, names: &Names) -> HookAct {
        self.alias(&hook.job.value, hook.job.span);
        if let Some(handle) = &hook.handle {
            names.check(handle, self.checker.diagnostics);
        }
        self.program.hooks.insert(hook.op.value.clone());
        if hook.handle.is_none() {
            self.program.unhandled.insert(hook.job.value.clone());
        }
        if hook.op.value == "count" {
            self.program.counted.insert(hook.job.value.clone());
        }
        HookAct { op: hook.op.value.clone(), job: hook.job.value.clone(), handle: hook.handle.clone() }
    }

    fn repeat(&mut self, repeat: &Repeat, at: At<'_>, (names, behind): (&Names, &mut Names)) -> RepeatAct {
        if let Some(every) = &repeat.every {
            names.check(every, self.checker.diagnostics);
        }
        let mut inner = names.clone();
        inner.add("index");
        let own = self.own.clone();
        let steps = self.steps(&repeat.steps, &mut inner);
        self.own = own;
        let quantifiers =
            repeat.quantifiers.iter().map(|quantifier| self.quantifier(quantifier, at, &inner)).collect();
        behind.lose(&inner, &Elsewhere::Round);
        let Repeat { times, at_once, every, .. } = repeat;
        RepeatAct { times: *times, at_once: *at_once, every: every.clone(), steps, quantifiers }
    }

    fn quantifier(&mut self, quantifier: &Quantifier, at: At<'_>, names: &Names) -> QuantifierAct {
        let Quantifier { distinct, value, covers, span } = quantifier;
        names.check_all([(value.value.as_str(), value.span)], self.checker.diagnostics);
        let covers = check::covers(Some(covers), &mut self.checker);
        let id = self.number_check(covers, When::default(), *span, at);
        QuantifierAct { id, distinct: *distinct, value: value.value.clone(), span: *span }
    }

    pub(super) fn check(&mut self, node: &Node, at: At<'_>, names: &Names) -> NumberedCheck {
        let check = check::compile(node, &mut self.checker);
        names.check_all(check.names(), self.checker.diagnostics);
        names.check_kinds(&check.when, self.checker.diagnostics);
        if let Some(job) = &check.job {
            self.alias(job, node.span);
        }
        let id = self.number_check(check.covers.clone(), check.when.clone(), check.span, at);
        NumberedCheck { id, check }
    }

    fn trace(&mut self, trace: &TraceWord, at: At<'_>) -> Option<(CheckId, Trace)> {
        let node = trace.node.get("codes")?;
        let codes = crate::yaml::text(node, self.checker.diagnostics)?;
        let parsed = Trace::parse(&codes.value);
        if let Err(reason) = &parsed {
            self.report("trace", reason, (codes.span, TRACE_ITEMS));
        }
        let covers = check::covers(trace.node.get("covers"), &mut self.checker);
        Some((self.number_check(covers, When::default(), trace.node.span, at), parsed.ok()?))
    }

    fn invariant(&mut self, node: &Node, at: At<'_>) -> Option<(CheckId, Invariant)> {
        let invariant = Invariant::compile(node, &mut self.checker)?;
        let id = self.number_check(invariant.covers.clone(), invariant.when.clone(), invariant.span, at);
        Some((id, invariant))
    }

    fn snapshot(&mut self, word: &SnapshotWord) -> SnapshotAct {
        let refused = snapshot_name::refuse(&word.name, &self.program.snapshots);
        if refused.is_none() && self.program.snapshots.is_empty() {
            let cases = snapshot_name::refuse_cases(&self.program.scenario, word.name.span);
            self.checker.diagnostics.extend(cases);
        }
        self.checker.diagnostics.extend(refused);
        self.program.snapshots.insert(word.name.value.clone());
        self.program.traces |= word.trace;
        let redact = Omissions::compile(&word.redact, self.checker.diagnostics);
        SnapshotAct { name: word.name.value.clone(), trace: word.trace, redact }
    }

    fn alias(&mut self, alias: &str, span: Span) {
        if !self.aliases.contains(alias) {
            let unknown =
                Diagnostic::error("unknown-alias", format!("`needs.jobs` has no job called `{alias}`"));
            let diagnostic = unknown.at(span, "").suggest(alias, self.aliases.iter().map(String::as_str));
            self.checker.diagnostics.push(diagnostic);
        }
    }

    pub(super) fn number_check(
        &mut self,
        covers: Vec<RequirementId>,
        when: When,
        span: Span,
        at: At<'_>,
    ) -> CheckId {
        let id = CheckId(self.program.checks.len());
        let covers = if covers.is_empty() { self.own.iter().cloned().collect() } else { covers };
        let step = at.label.to_owned();
        self.program.checks.push(CheckInfo { covers, control: at.control, step, when, span });
        id
    }

    pub(super) fn report(&mut self, code: &'static str, message: &str, (span, help): (Span, &str)) {
        self.checker.diagnostics.push(Diagnostic::error(code, message).at(span, "").help(help));
    }
}
