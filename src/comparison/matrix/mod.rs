//! Vendors or versions beside each other: a row for each group of requirements, a column for each run.

mod class;
mod column;
mod warning;

pub use class::Class;
pub use column::Column;

use super::Run;
use crate::outcome::{RequirementOutcome, Verdict};
use crate::requirement::{Level, RequirementId};

/// The whole table. Requirements that no run can judge are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// The runs.
    pub columns: Vec<Column>,
    /// The protocols, in the order of the reports.
    pub protocols: Vec<Protocol>,
    /// What makes columns less comparable than they look.
    pub warnings: Vec<String>,
}

/// All requirements of a protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// The profile's name.
    pub profile: String,
    /// Its class in each column; none where the protocol was not judged at all.
    pub classes: Vec<Option<Class>>,
    /// Its groups, in the registry's order.
    pub groups: Vec<Group>,
}

/// The requirements of one part of a protocol: what `UIP-ASYNC-02` and `UIP-ASYNC-03` have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What their ids begin with: `UIP-ASYNC`.
    pub name: String,
    /// Its class in each column; none where it has no obligation.
    pub classes: Vec<Option<Class>>,
    /// Its requirements, the most binding first.
    pub rows: Vec<Row>,
}

/// One requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The requirement.
    pub id: RequirementId,
    /// Its level.
    pub level: Level,
    /// Its statement.
    pub statement: String,
    /// Its verdict in each column; none where no case judged it.
    pub verdicts: Vec<Option<Verdict>>,
}

impl Matrix {
    /// Puts runs beside each other, in the given order.
    pub fn of(runs: &[Run<'_>]) -> Self {
        let protocols = distinct(runs.iter().flat_map(|run| judgeable(run)).map(|row| row.profile.as_str()));
        Self {
            columns: column::columns(runs),
            protocols: protocols.into_iter().map(|profile| protocol(profile, runs)).collect(),
            warnings: warning::warnings(runs),
        }
    }
}

fn protocol(profile: &str, runs: &[Run<'_>]) -> Protocol {
    let is_own = |row: &RequirementOutcome| row.profile == profile;
    let groups = distinct(
        runs.iter().flat_map(|run| judgeable(run)).filter(|row| is_own(row)).map(|row| group_of(&row.id)),
    );
    Protocol {
        profile: profile.to_owned(),
        classes: classes(runs, is_own),
        groups: groups.into_iter().map(|name| group(name, runs)).collect(),
    }
}

fn group(name: &str, runs: &[Run<'_>]) -> Group {
    let is_own = |row: &RequirementOutcome| group_of(&row.id) == name;
    let rows = runs.iter().flat_map(|run| judgeable(run)).filter(|row| is_own(row));
    let mut first: Vec<&RequirementOutcome> = Vec::new();
    for row in rows {
        if first.iter().all(|known| known.id != row.id) {
            first.push(row);
        }
    }
    first.sort_by_key(|row| row.level);
    Group {
        name: name.to_owned(),
        classes: classes(runs, is_own),
        rows: first.into_iter().map(|requirement| row(requirement, runs)).collect(),
    }
}

fn row(requirement: &RequirementOutcome, runs: &[Run<'_>]) -> Row {
    let verdict = |run: &Run<'_>| {
        judgeable(run).find(|row| row.id == requirement.id && !row.cases.is_empty()).map(|row| row.verdict)
    };
    Row {
        id: requirement.id.clone(),
        level: requirement.level,
        statement: requirement.statement.clone(),
        verdicts: runs.iter().map(verdict).collect(),
    }
}

fn classes(runs: &[Run<'_>], is_own: impl Fn(&RequirementOutcome) -> bool) -> Vec<Option<Class>> {
    let musts = |run: &Run<'_>| -> Vec<Verdict> {
        let own = judgeable(run).filter(|row| row.level.is_must() && is_own(row));
        own.map(|row| row.verdict).collect()
    };
    runs.iter().map(|run| Class::of(&musts(run))).collect()
}

/// The requirements that can be judged from outside at all.
fn judgeable<'a>(run: &Run<'a>) -> impl Iterator<Item = &'a RequirementOutcome> + use<'a> {
    run.outcome.requirements.iter().filter(|row| row.untested.is_none())
}

/// What an id has in common with its neighbours: everything before the number.
fn group_of(id: &RequirementId) -> &str {
    id.as_str().rsplit_once('-').map_or(id.as_str(), |(group, _)| group)
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut distinct = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::sample;
    use crate::outcome::RunOutcome;

    fn matrix(outcomes: &[RunOutcome]) -> Matrix {
        let runs: Vec<Run<'_>> = outcomes.iter().map(|outcome| Run { name: "a.json", outcome }).collect();
        Matrix::of(&runs)
    }

    #[test]
    fn requirements_stand_under_their_group_the_most_binding_first() {
        let matrix = matrix(&[sample::run(&[Verdict::Pass, Verdict::Warn, Verdict::Pass])]);
        let group = &matrix.protocols[0].groups[0];
        let rows: Vec<(&str, Level)> = group.rows.iter().map(|row| (row.id.as_str(), row.level)).collect();
        assert_eq!(group.name, "TST-MAIN");
        let expected = [
            ("TST-MAIN-01", Level::Must),
            ("TST-MAIN-03", Level::DerivedMust),
            ("TST-MAIN-02", Level::Should),
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_requirement_that_one_report_does_not_know_has_no_verdict_there() {
        let whole = sample::run(&[Verdict::Pass, Verdict::Pass, Verdict::Fail]);
        let mut older = sample::run(&[Verdict::Pass, Verdict::Pass, Verdict::Pass]);
        older.requirements.truncate(2);
        let matrix = matrix(&[older, whole]);
        let protocol = &matrix.protocols[0];
        assert_eq!(protocol.classes, [Some(Class::Conformant), Some(Class::NonConformant)]);
        assert_eq!(protocol.groups[0].rows[1].verdicts, [None, Some(Verdict::Fail)]);
    }

    #[test]
    fn what_no_run_can_judge_is_left_out() {
        let mut outcome = sample::run(&[Verdict::Pass, Verdict::Pass, Verdict::Inconclusive]);
        outcome.requirements[2].untested = Some("no client sees it".to_owned());
        let matrix = matrix(&[outcome]);
        assert_eq!(matrix.protocols[0].classes, [Some(Class::Conformant)]);
        assert_eq!(matrix.protocols[0].groups[0].rows.len(), 2);
    }
}
