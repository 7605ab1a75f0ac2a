//! One mutant: what the suite found of it, and what that means.

use super::baseline::Baseline;
use super::bench::Bench;
use crate::mock::Defect;
use crate::outcome::{CaseOutcome, Finding};
use crate::requirement::RequirementId;

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// A check that cites a requirement of its defect is violated.
    Killed,
    /// Only checks that cite other requirements are violated.
    WrongReason,
    /// No check is violated.
    Survived,
    /// No check is violated, and none could be: the defect says why.
    Equivalent(&'static str),
}

impl Fate {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::WrongReason => "killed for the wrong reason",
            Self::Survived => "survived",
            Self::Equivalent(_) => "equivalent",
        }
    }
}

/// A violated check that the clean mock holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kill {
    /// The case.
    pub case: String,
    /// The requirements that it cites; of a killing check, those that the defect breaks.
    pub requirements: Vec<RequirementId>,
    /// Number and name of the step.
    pub step: String,
    /// What was looked at.
    pub place: String,
}

/// The mock with one defect, and what the suite found of it.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// Its defect.
    pub defect: &'static Defect,
    /// How many cases the defect could touch; only these ran.
    pub tried: usize,
    /// The violated checks that cite a requirement of the defect, in the order of cases.
    pub kills: Vec<Kill>,
    /// The other violated checks.
    pub strays: Vec<Kill>,
}

impl Mutant {
    /// What became of it.
    pub fn fate(&self) -> Fate {
        match (self.kills.is_empty(), self.strays.is_empty(), self.defect.equivalent()) {
            (false, _, _) => Fate::Killed,
            (true, false, _) => Fate::WrongReason,
            (true, true, Some(reason)) => Fate::Equivalent(reason),
            (true, true, None) => Fate::Survived,
        }
    }

    /// The cases that kill it, each once, in their order.
    pub fn killers(&self) -> Vec<&str> {
        let mut killers: Vec<&str> = self.kills.iter().map(|kill| kill.case.as_str()).collect();
        killers.dedup();
        killers
    }
}

/// Runs the cases that the defect can touch; `None` if the run was cut short.
pub fn attempt(
    bench: &Bench<'_>,
    baseline: &Baseline,
    defect: &'static Defect,
) -> Result<Option<Mutant>, String> {
    let touched = baseline.touched(bench, defect);
    let tried = touched.len();
    let outcome = bench.run(Some(defect), touched)?;
    if outcome.interrupted {
        return Ok(None);
    }
    let (kills, strays) = sort(defect, baseline, &outcome.cases);
    Ok(Some(Mutant { defect, tried, kills, strays }))
}

/// Whether a violated check cites a requirement of the defect.
pub fn kills(defect: &Defect, finding: &Finding) -> bool {
    finding.requirements.iter().any(|id| defect.requirements.contains(&id.as_str()))
}

/// Killing checks and others, each once however often it was violated.
fn sort(defect: &Defect, baseline: &Baseline, cases: &[CaseOutcome]) -> (Vec<Kill>, Vec<Kill>) {
    let (mut killing, mut others) = (Vec::new(), Vec::new());
    for case in cases {
        for finding in case.findings.iter().filter(|finding| baseline.is_new(&case.id, finding)) {
            let kill = kill(&case.id, defect, finding);
            let kills = if kills(defect, finding) { &mut killing } else { &mut others };
            if !kills.contains(&kill) {
                kills.push(kill);
            }
        }
    }
    (killing, others)
}

fn kill(case: &str, defect: &Defect, finding: &Finding) -> Kill {
    let of_the_defect = |id: &&RequirementId| defect.requirements.contains(&id.as_str());
    let mut requirements: Vec<RequirementId> =
        finding.requirements.iter().filter(of_the_defect).cloned().collect();
    if requirements.is_empty() {
        requirements.clone_from(&finding.requirements);
    }
    Kill { case: case.to_owned(), requirements, step: finding.step.clone(), place: finding.place.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::DEFECTS;
    use crate::mutation::sample::{finding, mutant, violated};
    use crate::outcome::sample;
    use rstest::rstest;

    #[rstest]
    #[case::both(&["a"], &["b"], Fate::Killed)]
    #[case::others_only(&[], &["b"], Fate::WrongReason)]
    #[case::nothing(&[], &[], Fate::Survived)]
    fn a_fate_follows_from_the_violated_checks(
        #[case] kills: &[&str],
        #[case] strays: &[&str],
        #[case] expected: Fate,
    ) {
        let strays = strays.iter().map(|case| violated(case, &["TST-MAIN-09"])).collect();
        assert_eq!(Mutant { strays, ..mutant(0, kills) }.fate(), expected);
    }

    #[test]
    fn violated_checks_are_sorted_by_what_they_cite_and_counted_once() {
        let defect = &DEFECTS[0];
        let own = defect.requirements[0];
        let outcome = |findings: Vec<Finding>| {
            let case = sample::case(&RequirementId::new(own), crate::outcome::Verdict::Fail);
            crate::outcome::CaseOutcome { findings, ..case }
        };
        let clean = outcome(vec![finding(&[own], "as ever")]);
        let baseline = Baseline::of(std::slice::from_ref(&clean));
        let found = vec![
            finding(&[own], "as ever"),
            finding(&["TST-MAIN-09", own], "new"),
            finding(&["TST-MAIN-09", own], "new, once more"),
            finding(&["TST-MAIN-09"], "another"),
            finding(&[], "a control"),
        ];
        let (kills, strays) = sort(defect, &baseline, &[outcome(found)]);
        let cited = |kills: &[Kill]| -> Vec<Vec<String>> {
            kills.iter().map(|kill| kill.requirements.iter().map(ToString::to_string).collect()).collect()
        };
        assert_eq!(cited(&kills), [[own]]);
        assert_eq!(cited(&strays), [vec!["TST-MAIN-09".to_owned()], vec![]]);
    }
}
