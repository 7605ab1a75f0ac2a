//! What a scenario needs, as far as that can be wrong before there is a target.

use super::names::Names;
use crate::diagnostic::Diagnostic;
use crate::profile::Profile;
use crate::requirement::Registry;
use crate::scenario::template::text_of;
use crate::scenario::{JobAsk, Scenario};
use crate::target::JobKind;

/// Reports what no target could offer.
pub(super) fn check(
    scenario: &Scenario,
    registry: &Registry,
    profile: &dyn Profile,
    diagnostics: &mut Vec<Diagnostic>,
) {
    all(scenario, registry, diagnostics);
    jobs(scenario, profile, diagnostics);
}

/// A protocol without prepared jobs has none to bind.
fn jobs(scenario: &Scenario, profile: &dyn Profile, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(job) = scenario.needs.jobs.first().filter(|_| profile.create_word().is_none()) {
        let message = format!("a target file describes no jobs of `{}`", profile.name());
        let help = "take `jobs` away, and start what is to run by a request";
        diagnostics.push(Diagnostic::error("no-jobs", message).at(job.alias.span, "").help(help));
    }
}

fn all(scenario: &Scenario, registry: &Registry, diagnostics: &mut Vec<Diagnostic>) {
    let names = Names::at_planning(scenario, registry);
    scenario.needs.redirect_auth.iter().for_each(|template| names.check(template, diagnostics));
    for job in &scenario.needs.jobs {
        let words = [Some(&job.kind), job.verb.as_ref(), job.mode.as_ref(), job.default_mode.as_ref()];
        let bounds = [&job.runs, &job.queued, &job.ends];
        let bounds = bounds.into_iter().flat_map(|(low, high)| [low.as_ref(), high.as_ref()]);
        for template in words.into_iter().chain(bounds).flatten() {
            names.check(template, diagnostics);
        }
        kind(job, diagnostics);
    }
    for (name, _) in &scenario.needs.capabilities {
        if registry.capability(&name.value).is_none() {
            diagnostics.push(registry.unknown_capability(name));
        }
    }
}

/// A kind that no row of `cases` decides is known before anything runs.
fn kind(job: &JobAsk, diagnostics: &mut Vec<Diagnostic>) {
    let word = job.kind.constant().map(text_of);
    let Some(word) = word.filter(|word| JobKind::parse(word).is_none()) else { return };
    let unknown = Diagnostic::error("unknown-kind", format!("no kind of job is called `{word}`"));
    let place = unknown.at(job.alias.span, "this job");
    diagnostics.push(place.suggest(&word, JobKind::WORDS.iter().map(|(known, _)| *known)));
}
