//! Obligations that a suite registers and no scenario of it judges.

use std::collections::BTreeSet;

use super::Suite;
use crate::requirement::{Registry, Requirement, RequirementId, Who};

/// The MUSTs of servers that no check of any scenario cites, whatever the policies, in the registry's order. A registry
/// that the scenarios themselves imply has none, and neither has one that the suite did not write.
pub fn unjudged<'r>(suite: &Suite, registry: &'r Registry) -> Vec<&'r RequirementId> {
    let cited: BTreeSet<&RequirementId> =
        suite.programs.iter().flat_map(|program| program.requirements()).collect();
    let is_meant = suite.has_own_registries && !registry.is_implied;
    let is_obligation = |row: &&Requirement| is_meant && row.level.is_must() && row.untested.is_none();
    let obligations = registry.binding(Who::Server).filter(is_obligation);
    obligations.map(|row| &row.id).filter(|id| !cited.contains(id)).collect()
}
