//! What a case needs, held against what the target file declares.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::build::NotRun;
use super::principal;
use super::program::Program;
use crate::requirement::Policies;
use crate::scenario::template::text_of;
use crate::scenario::{CaseRow, Datum, JobAsk, Lookup, Template, Unbound};
use crate::target::{
    Binding, Bounds, Cap, Hooks, Job, JobKind, JobNeed, Protocol, RedirectAuth, Target, bind,
};

/// The names that have a value before anything runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlanningNames<'a> {
    pub(super) target: &'a Target,
    pub(super) protocol: &'a Protocol,
    pub(super) row: &'a CaseRow,
}

impl Lookup for PlanningNames<'_> {
    fn look_up(&self, name: &str) -> Option<Datum> {
        planned(self.target, self.protocol, self.row, name)
    }
}

/// The value of a name that the target file or the case row gives.
pub(crate) fn planned(target: &Target, protocol: &Protocol, row: &CaseRow, name: &str) -> Option<Datum> {
    let (family, rest) = name.split_once('.')?;
    match family {
        "target" if rest == "base" => Some(Datum::Json(protocol.base.as_str().trim_end_matches('/').into())),
        "target" => target.duration(&protocol.profile, rest).map(Datum::Duration),
        "policy" => protocol.policies.get(rest).cloned().map(Datum::Json),
        "case" => row.values.get(rest).cloned().map(Datum::Json),
        _ => None,
    }
}

/// Aliases and the jobs they stand for.
pub(super) type Bindings = BTreeMap<String, Arc<Job>>;

/// Binds everything a case needs, or says why it cannot run; a declared absence outranks a missing declaration.
pub(super) fn bind_needs(program: &Program, names: &PlanningNames<'_>) -> Result<Bindings, NotRun> {
    let mut reasons: Vec<NotRun> = Vec::new();
    reasons.extend(capabilities(program, names.protocol));
    reasons.extend(switches(program, names));
    reasons.extend(principal::missing(program, names.protocol));
    if !program.hooks.is_empty() && names.target.hooks == Hooks::None {
        reasons.push(NotRun::Unattainable("hooks is `none`".to_owned()));
    }
    let mut bindings = Bindings::new();
    for ask in &program.scenario.needs.jobs {
        match job(ask, program, names) {
            Ok(job) => drop(bindings.insert(ask.alias.value.clone(), Arc::new(as_asked(job, ask)))),
            Err(reason) => reasons.push(reason),
        }
    }
    reasons.sort_by_key(|reason| !matches!(reason, NotRun::Unattainable(_)));
    reasons.into_iter().next().map_or(Ok(bindings), Err)
}

fn capabilities(program: &Program, protocol: &Protocol) -> Vec<NotRun> {
    let mut reasons = Vec::new();
    for (name, wanted) in &program.scenario.needs.capabilities {
        let key = format!("{}.capabilities.{}", protocol.profile, name.value);
        match protocol.capability(&name.value) {
            Some(declared) if declared == *wanted => {}
            Some(declared) => {
                let word = if declared { "yes" } else { "no" };
                reasons.push(NotRun::Unattainable(format!("{key} is `{word}`")));
            }
            None if *wanted => reasons.push(NotRun::Inconclusive(format!("{key} is not mentioned"))),
            None => reasons.push(NotRun::Unattainable(format!("{key} is not declared `no`"))),
        }
    }
    reasons
}

fn switches(program: &Program, names: &PlanningNames<'_>) -> Vec<NotRun> {
    let protocol = names.protocol;
    let needs = &program.scenario.needs;
    let mut reasons = Vec::new();
    let not_mentioned =
        |key: &str| NotRun::Inconclusive(format!("{}.{key} is not mentioned", protocol.profile));
    if needs.hold && protocol.hold.is_none() {
        reasons.push(without_hold(protocol));
    }
    if needs.cap {
        match protocol.cap {
            Some(Cap::After(_)) => {}
            Some(Cap::Absent) => {
                reasons.push(NotRun::Unattainable(format!("{}.cap is `none`", protocol.profile)));
            }
            None => reasons.push(not_mentioned("cap")),
        }
    }
    if let Some(wanted) = wanted_redirect_auth(program, names) {
        let declared: Vec<&str> = protocol.redirect_auth.iter().map(|value| value.as_str()).collect();
        if declared.is_empty() {
            reasons.push(not_mentioned("redirect_auth"));
        } else if !declared.contains(&wanted.as_str()) {
            let reason = format!("{}.redirect_auth is `{}`", protocol.profile, declared.join("`, `"));
            reasons.push(NotRun::Unattainable(reason));
        }
    }
    reasons
}

fn without_hold(protocol: &Protocol) -> NotRun {
    if protocol.never_holds {
        NotRun::Unattainable(format!("{}.hold is `none`", protocol.profile))
    } else {
        NotRun::Inconclusive(format!("{}.hold is not mentioned", protocol.profile))
    }
}

/// The switch's value that the case's server is to be started with.
pub(super) fn redirect_auth(program: &Program, names: &PlanningNames<'_>) -> Option<RedirectAuth> {
    let wanted = wanted_redirect_auth(program, names);
    let fits = |value: &&RedirectAuth| wanted.as_ref().is_none_or(|wanted| wanted == value.as_str());
    names.protocol.redirect_auth.iter().find(fits).copied()
}

fn wanted_redirect_auth(program: &Program, names: &PlanningNames<'_>) -> Option<String> {
    let wanted = program.scenario.needs.redirect_auth.as_ref()?;
    wanted.json(names).ok().map(|value| text_of(&value))
}

fn job<'a>(ask: &JobAsk, program: &Program, names: &PlanningNames<'a>) -> Result<&'a Job, NotRun> {
    let need = need(ask, program, names).map_err(|unbound| match unbound {
        Unbound::Name(name) if name.starts_with("target.hold") => without_hold(names.protocol),
        Unbound::Name(name) => {
            let key = name.strip_prefix("target.").unwrap_or(&name);
            NotRun::Inconclusive(format!("{}.{key} is not mentioned", names.protocol.profile))
        }
        Unbound::Sum(reason) => NotRun::Inconclusive(reason),
    })?;
    match bind(&need, names.protocol) {
        Binding::Bound(job) => Ok(job),
        Binding::Unattainable { reason } => Err(NotRun::Unattainable(reason)),
        Binding::NotMentioned { reason } => Err(NotRun::Inconclusive(reason)),
    }
}

fn as_asked(job: &Job, ask: &JobAsk) -> Job {
    let mark = job.mark.clone().filter(|_| !ask.unmarked);
    Job { mark, ..job.clone() }
}

fn need(ask: &JobAsk, program: &Program, names: &PlanningNames<'_>) -> Result<JobNeed, Unbound> {
    let text = |template: &Option<Template>| -> Result<Option<String>, Unbound> {
        template.as_ref().map(|template| template.json(names).map(|value| text_of(&value))).transpose()
    };
    let bounds = |(low, high): &(Option<Template>, Option<Template>)| -> Result<Bounds, Unbound> {
        let read = |template: &Option<Template>| -> Result<Option<Duration>, Unbound> {
            template.as_ref().map(|template| template.duration(names)).transpose()
        };
        Ok(Bounds { longer_than: read(low)?, shorter_than: read(high)? })
    };
    let kind = ask.kind.json(names)?;
    let kind = kind.as_str().and_then(JobKind::parse).ok_or_else(|| unknown_kind(&kind))?;
    Ok(JobNeed {
        verb: text(&ask.verb)?,
        mode: text(&ask.mode)?,
        default_mode: text(&ask.default_mode)?,
        runs: bounds(&ask.runs)?,
        queued: bounds(&ask.queued)?,
        ends: below_the_cap(bounds(&ask.ends)?, program, names.protocol),
        echoes: program.scenario.needs.echoes && kind == JobKind::Echo,
        release_hook: ask.release_by_hook,
        versions: ask.versions,
        ..JobNeed::of(kind)
    })
}

/// Where a scenario speaks of holds and not of the longest duration, its jobs end before that.
fn below_the_cap(ends: Bounds, program: &Program, protocol: &Protocol) -> Bounds {
    let needs = &program.scenario.needs;
    let cap = protocol.cap.and_then(Cap::duration).filter(|_| needs.hold && !needs.cap);
    let shorter_than = ends.shorter_than.into_iter().chain(cap).min();
    Bounds { shorter_than, ..ends }
}

fn unknown_kind(kind: &Value) -> Unbound {
    let known: Vec<&str> = JobKind::WORDS.iter().map(|(word, _)| *word).collect();
    Unbound::Sum(format!("no kind of job is called {kind}; one of: {}", known.join(", ")))
}

/// The policies in force, for deciding `when: { policy.X: … }`.
pub(super) fn policies<'a>(names: &PlanningNames<'a>) -> &'a Policies {
    &names.protocol.policies
}
