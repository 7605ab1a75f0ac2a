//! Registries of a suite: each is for a protocol that there is, and that somebody judges.

use super::Suite;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::profile::{self, PROFILES};
use crate::requirement::{self, Registry};
use crate::source::SourceId;

/// Reads a registry file; one of a protocol that there is not would be left aside without a word.
pub fn parse(source: SourceId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Registry> {
    let registry = requirement::parse(source, text, diagnostics)?;
    let is_named = !registry.profile.is_empty();
    if is_named && profile::find(&registry.profile).is_none() {
        let message = format!("no profile is called `{}`", registry.profile);
        let names = PROFILES.iter().map(|profile| profile.name());
        let unknown = Diagnostic::error("unknown-profile", message).at(registry.span, "");
        diagnostics.push(unknown.suggest(&registry.profile, names));
    }
    Some(registry)
}

/// The registries of a whole suite that none of its scenarios is for; `told` is what was found in the suite so far.
pub fn lint_registries(suite: &Suite, told: &[Diagnostic]) -> Vec<Diagnostic> {
    // A scenario with mistakes may be the one.
    if has_errors(told) {
        return Vec::new();
    }
    let is_idle = |own: &&Registry| !suite.has_scenarios_for(&own.profile);
    suite.own_registries().filter(is_idle).map(|own| idle(own, suite)).collect()
}

fn idle(registry: &Registry, suite: &Suite) -> Diagnostic {
    let message =
        format!("no scenario of the suite is for `{}`, so nothing judges this registry", registry.profile);
    let spoken = PROFILES.iter().map(|profile| profile.name()).filter(|name| suite.has_scenarios_for(name));
    let help = format!("the scenarios are for {}", spoken.collect::<Vec<_>>().join(", "));
    Diagnostic::warning("idle-registry", message).at(registry.span, "").help(help)
}
