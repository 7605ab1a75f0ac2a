//! What a case or a scenario is good for: the mutants it kills, and those that would live without it.

use super::mutant::Mutant;

/// The mutants that a case, or a scenario with all of its cases, kills; by the ids of their defects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// The case or scenario.
    pub id: String,
    /// All that it kills.
    pub kills: Vec<&'static str>,
    /// Those that nothing before it in the suite kills.
    pub first: Vec<&'static str>,
    /// Those that nothing else kills.
    pub alone: Vec<&'static str>,
}

impl Score {
    /// Whether every mutant that it kills is dead before it runs.
    pub fn is_idle(&self) -> bool {
        self.first.is_empty()
    }
}

/// The scores of `ids`, which stand in the order of the suite; `id_of` tells which of them a case belongs to.
pub(super) fn scores(ids: Vec<String>, mutants: &[Mutant], id_of: impl Fn(&str) -> &str) -> Vec<Score> {
    let mut scores: Vec<Score> = ids.into_iter().map(|id| Score { id, ..Score::default() }).collect();
    for mutant in mutants {
        let killers = mutant.killers();
        let is_killer = |score: &Score| killers.iter().any(|case| id_of(case) == score.id);
        let killing: Vec<usize> =
            scores.iter().enumerate().filter(|(_, score)| is_killer(score)).map(|(index, _)| index).collect();
        for index in &killing {
            let score = &mut scores[*index];
            score.kills.push(mutant.defect.id);
            if killing.first() == Some(index) {
                score.first.push(mutant.defect.id);
            }
            if killing.len() == 1 {
                score.alone.push(mutant.defect.id);
            }
        }
    }
    scores
}

/// The scenario of a case.
pub(super) fn scenario_of(case: &str) -> &str {
    case.split('@').next().unwrap_or(case)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::DEFECTS;
    use crate::mutation::sample::mutant;

    fn numbers(ids: &[&str]) -> Vec<usize> {
        ids.iter().map(|id| DEFECTS.iter().position(|defect| defect.id == *id).unwrap()).collect()
    }

    #[test]
    fn a_mutant_counts_for_all_its_killers_and_first_for_one() {
        let mutants = [
            mutant(0, &["a/one@x", "a/one@y", "a/two"]),
            mutant(1, &["a/two"]),
            mutant(2, &["a/two", "a/three"]),
            mutant(3, &[]),
        ];
        let ids = || ["a/one", "a/two", "a/three"].map(str::to_owned).to_vec();
        let scores = scores(ids(), &mutants, scenario_of);
        let table: Vec<_> = scores
            .iter()
            .map(|score| {
                (numbers(&score.kills), numbers(&score.first), numbers(&score.alone), score.is_idle())
            })
            .collect();
        assert_eq!(
            table,
            [
                (vec![0], vec![0], vec![], false),
                (vec![0, 1, 2], vec![1, 2], vec![1], false),
                (vec![2], vec![], vec![], true),
            ]
        );
    }

    #[test]
    fn two_cases_of_a_scenario_share_a_kill_but_not_the_first() {
        let ids = ["a/one@x", "a/one@y"].map(str::to_owned).to_vec();
        let scores = scores(ids, &[mutant(0, &["a/one@x", "a/one@y"])], |case| case);
        assert_eq!(
            scores.iter().map(|score| (score.first.len(), score.alone.len())).collect::<Vec<_>>(),
            [(1, 0), (0, 0)]
        );
    }
}
