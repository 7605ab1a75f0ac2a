//! Small mutants for tests.

use super::mutant::{Kill, Mutant};
use crate::mock::DEFECTS;
use crate::requirement::RequirementId;

/// The mutant of the defect with this number, killed by these cases.
pub(crate) fn mutant(number: usize, killers: &[&str]) -> Mutant {
    let defect = &DEFECTS[number];
    let violated = |case: &&str| violated(case, &[defect.requirements[0]]);
    Mutant { defect, tried: 3, kills: killers.iter().map(violated).collect(), strays: Vec::new() }
}

pub(crate) fn violated(case: &str, requirements: &[&str]) -> Kill {
    Kill {
        case: case.to_owned(),
        requirements: requirements.iter().map(|id| RequirementId::new(id)).collect(),
        step: "1, \"ask\"".to_owned(),
        place: "status".to_owned(),
    }
}
