//! From the arguments of a run to the configuration of the embedded mock, and to what its target declares.

use super::args::MockArguments;
use crate::diagnostic::{Diagnostic, nearest};
use crate::mock::{ARMINGS, Configuration, DEFECTS, Defect, NOISES, POLICIES, Widening};
use crate::target::Target;

/// A mock's configuration as the arguments change it.
pub(crate) fn configure(
    configuration: Configuration,
    arguments: &MockArguments,
) -> Result<Configuration, Diagnostic> {
    let MockArguments { defects, mock_policies, noises, mock_seed, .. } = arguments;
    let configuration = configuration.with_seed(*mock_seed);
    let configuration = defects.iter().map(String::as_str).try_fold(configuration, with_defect)?;
    let configuration = mock_policies.iter().map(String::as_str).try_fold(configuration, with_policy)?;
    noises.iter().map(String::as_str).try_fold(configuration, with_noise)
}

/// The built-in target as the mock is set: reports name what it was told to do, and what varies more is declared
/// more widely.
pub(crate) fn declare(
    mut target: Target,
    configuration: &Configuration,
    arguments: &MockArguments,
) -> Target {
    target.identity.version = told(arguments);
    for noise in &configuration.noises {
        match noise.widening {
            Widening::None => {}
            Widening::NoTime => target.allow_no_time(),
            Widening::Jobs => target.widen_jobs(),
            Widening::Hold => target.widen_hold(),
        }
    }
    target
}

/// What was asked of the mock: two runs that differ in it are runs against two servers.
fn told(arguments: &MockArguments) -> Option<String> {
    let words = arguments.words();
    (!words.is_empty()).then(|| format!("with {}", words.join(" ")))
}

fn with_defect(configuration: Configuration, text: &str) -> Result<Configuration, Diagnostic> {
    let (id, arming) = text.split_once('@').unwrap_or((text, ""));
    if DEFECTS.iter().all(|known| known.id != id) {
        return Err(unknown_defect(id));
    }
    let unarmed = |_| {
        let message = format!("the defect `{id}` cannot be armed with `{arming}`");
        Diagnostic::error("arming", message).help(format!("one of: {}", ARMINGS.join(", ")))
    };
    configuration.with_defect(text).map_err(unarmed)
}

/// Suggests the defect of the same requirement whose name is nearest, or all of that requirement.
fn unknown_defect(id: &str) -> Diagnostic {
    let unknown = Diagnostic::error("unknown-defect", format!("the mock has no defect `{id}`"));
    let (requirement, name) = id.split_once('/').unwrap_or((id, ""));
    let of_it = |known: &&Defect| known.id.split('/').next() == Some(requirement);
    let ids: Vec<&str> = DEFECTS.iter().filter(of_it).map(|known| known.id).collect();
    let names = ids.iter().filter_map(|id| id.split('/').nth(1));
    match nearest(name, names) {
        Some(near) => unknown.help(format!("did you mean `{requirement}/{near}`?")),
        None if ids.is_empty() => unknown.help("`orchspec list defects` shows them all"),
        None => unknown.help(format!("one of: {}", ids.join(", "))),
    }
}

fn with_policy(configuration: Configuration, text: &str) -> Result<Configuration, Diagnostic> {
    let (key, value) = text.split_once('=').unwrap_or((text, ""));
    let unplayed = |_| match POLICIES.iter().find(|(known, _)| *known == key) {
        Some((_, values)) => {
            Diagnostic::error("unknown-mock-policy", format!("the mock does not play `{key}` as `{value}`"))
                .help(format!("one of: {}", values.join(", ")))
        }
        None => Diagnostic::error("unknown-mock-policy", format!("the mock has no policy `{key}`"))
            .suggest(key, POLICIES.iter().map(|(known, _)| *known)),
    };
    configuration.with_policy(key, value).map_err(unplayed)
}

fn with_noise(configuration: Configuration, id: &str) -> Result<Configuration, Diagnostic> {
    let unknown = |_| {
        Diagnostic::error("unknown-noise", format!("the mock has no noise `{id}`"))
            .suggest(id, NOISES.iter().map(|noise| noise.id))
    };
    configuration.with_noise(id).map_err(unknown)
}
