//! What hangs on a requirement: the scenarios and checks that cite it, and the defects that break it.

use crate::mock::{DEFECTS, Defect};
use crate::plan::{CheckInfo, Program, Suite};
use crate::requirement::RequirementId;

/// The scenarios that cite it.
pub(super) fn scenarios<'s>(id: &RequirementId, suite: &'s Suite) -> Vec<&'s Program> {
    let programs = suite.programs.iter().map(AsRef::as_ref);
    programs.filter(|program| program.requirements().contains(id)).collect()
}

/// The checks that cite it, each with its scenario.
pub(super) fn checks<'s>(id: &RequirementId, suite: &'s Suite) -> Vec<(&'s str, &'s CheckInfo)> {
    let citing = |program: &'s Program| {
        let checks = program.checks.iter().filter(|check| check.covers.contains(id));
        checks.map(|check| (program.scenario.id.as_str(), check)).collect::<Vec<_>>()
    };
    scenarios(id, suite).into_iter().flat_map(citing).collect()
}

/// The defects that break it.
pub(super) fn defects(id: &RequirementId) -> Vec<&'static Defect> {
    DEFECTS.iter().filter(|defect| defect.requirements.contains(&id.as_str())).collect()
}
