//! The principals that steps act as, held against those of a target file.

use std::collections::BTreeMap;

use super::build::NotRun;
use super::{Program, Suite};
use crate::diagnostic::{Diagnostic, nearest};
use crate::scenario::{DEFAULT_PRINCIPAL, UNREGISTERED_PRINCIPALS};
use crate::source::Span;
use crate::target::{Principal, Protocol, Target, principal_names};

/// Why a case cannot run for want of somebody whom it acts as.
pub(super) fn missing(program: &Program, protocol: &Protocol) -> Vec<NotRun> {
    let mut reasons = Vec::new();
    for name in program.principals.keys().filter(|name| !is_free(name, protocol)) {
        let key = format!("{}.principals.{name}", protocol.profile);
        match protocol.principal(name) {
            Some(Principal::Known(_)) => {}
            Some(Principal::Absent) => reasons.push(NotRun::Unattainable(format!("{key} is `none`"))),
            None => {
                let meant = near(name, protocol).map(|near| format!("; is `{near}` meant?"));
                let reason = format!("{key} is not mentioned{}", meant.unwrap_or_default());
                reasons.push(NotRun::Inconclusive(reason));
            }
        }
    }
    reasons
}

/// A warning for each name that a target file neither has nor, in a protocol with principals of its own, could have. It
/// is no error: a suite may be for servers of which not every one has everybody.
pub fn lint_principals(suite: &Suite, target: &Target, file: &str) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for protocol in &target.protocols {
        let own = suite.programs.iter().filter(|program| program.scenario.profile.value == protocol.profile);
        let mut strangers: BTreeMap<&str, Span> = BTreeMap::new();
        for (name, place) in own.flat_map(|program| &program.principals) {
            let is_known = is_free(name, protocol)
                || protocol.principal(name).is_some()
                || principal_names(&protocol.profile).contains(&name.as_str());
            if !is_known {
                strangers.entry(name).or_insert(*place);
            }
        }
        warnings.extend(strangers.into_iter().map(|(name, place)| stranger((name, place), protocol, file)));
    }
    warnings
}

fn stranger((name, place): (&str, Span), protocol: &Protocol, file: &str) -> Diagnostic {
    let message = format!("the target file `{file}` has no principal `{name}` of {}", protocol.profile);
    // A step need not say that it acts as this one.
    let shown = if name == DEFAULT_PRINCIPAL { format!("acts as `{name}`") } else { String::new() };
    let warning = Diagnostic::warning("unknown-principal", message).at(place, shown);
    match near(name, protocol) {
        Some(near) => warning.help(format!("did you mean `{near}`?")),
        None => warning.help(format!(
            "add it to `{}.principals`, as `{name}: none` if the server has nobody like that",
            protocol.profile
        )),
    }
}

/// Whether somebody needs no entry: nobody in particular, or whoever calls where nobody needs a credential.
fn is_free(name: &str, protocol: &Protocol) -> bool {
    UNREGISTERED_PRINCIPALS.contains(&name) || protocol.is_open && name == DEFAULT_PRINCIPAL
}

/// Who was probably meant by a name that the protocol does not have.
fn near<'p>(name: &str, protocol: &'p Protocol) -> Option<&'p str> {
    let of_protocol = principal_names(&protocol.profile);
    if of_protocol.contains(&name) {
        return None;
    }
    let declared = protocol.principals.iter().map(|(own, _)| own.as_str());
    nearest(name, declared.chain(of_protocol).chain(UNREGISTERED_PRINCIPALS))
}
