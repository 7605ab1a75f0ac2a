//! The registry of defects checked against itself, on as many threads as there are.

use super::pool::spread;
use crate::mock::{Defect, SelfCheck};
use crate::runner::Interrupt;

/// What is said against a defect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// The defect's id.
    pub defect: &'static str,
    /// What is wrong with its entry.
    pub reason: String,
}

/// Compares a mock with each of these defects to the clean mock; `None` if it was interrupted.
pub fn self_check(
    defects: &[&'static Defect],
    threads: usize,
    interrupt: &Interrupt,
    tell: &(dyn Fn(&'static Defect) + Sync),
) -> Result<Option<Vec<Objection>>, String> {
    let check = SelfCheck::begin()?;
    let object = |defect: &&'static Defect| {
        if interrupt.is_set() {
            return Ok(None);
        }
        tell(defect);
        let objection = check.object(defect)?;
        Ok::<_, String>(objection.map(|reason| Objection { defect: defect.id, reason }))
    };
    let objections = spread(defects, threads, |_| 1, object).into_iter().filter_map(Result::transpose);
    let objections = objections.collect::<Result<Vec<_>, _>>()?;
    Ok((!interrupt.is_set()).then_some(objections))
}
