//! What a baseline would have to say for a run: what stays, what is new, and what is no longer so.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Baseline, Entry, Judged, Standing, divergence, judge};
use crate::outcome::{CaseOutcome, CaseVerdict, RunOutcome, Verdict, gate};
use crate::requirement::{Level, RequirementId};

/// What becomes of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It stays as it is.
    Kept,
    /// It is new, and has no reason yet.
    Added,
    /// Another failure came than the one that it says; whether its reason is still one, a person must say.
    Renewed(Entry),
    /// It is taken out.
    Dropped,
}

/// An entry, whether it is so, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The entry as it stands in the file; a new one as it came.
    pub entry: Entry,
    /// Whether it is so.
    pub standing: Standing,
    /// What becomes of it.
    pub change: Change,
}

/// What is said of everything that is new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remark {
    /// Why it is tolerated; empty if somebody is still to say so.
    pub reason: String,
    /// Where its end is worked on.
    pub issue: Option<String>,
    /// The last day on which it is tolerated.
    pub expires: Option<Date>,
}

/// Every entry of the file in its order, then what else closes the gate, case by case.
pub fn propose(outcome: &RunOutcome, baseline: &Baseline, remark: &Remark) -> Vec<Proposal> {
    let levels: BTreeMap<&RequirementId, Level> =
        outcome.requirements.iter().map(|row| (&row.id, row.level)).collect();
    let closes = |verdict: &CaseVerdict| {
        let level = levels.get(&verdict.requirement);
        level.is_some_and(|level| gate::closes(*level, verdict.verdict, &outcome.gate.options))
    };
    let closing = outcome.cases.iter().flat_map(|case| {
        let verdicts = case.verdicts.iter().filter(|verdict| closes(verdict));
        verdicts.map(move |verdict| wanted(case, verdict, remark))
    });
    let closing: Vec<Entry> = closing.collect();
    let is_same = |one: &Entry, other: &Entry| one.case == other.case && one.requirement == other.requirement;
    let old = judge(baseline, &outcome.cases).entries.into_iter().map(|judged| {
        let came = closing.iter().find(|came| is_same(came, &judged.entry));
        proposal(judged, came)
    });
    // What a run left open because it was interrupted is no failure that anybody knows, and an error of the environment
    // says nothing about the server.
    let is_known = |came: &Entry| match came.expect {
        Verdict::Error => false,
        Verdict::Inconclusive => !outcome.interrupted,
        _ => true,
    };
    let is_new = |came: &&Entry| is_known(came) && !baseline.entries.iter().any(|own| is_same(own, came));
    let new = closing.iter().filter(is_new);
    let new =
        new.map(|came| Proposal { entry: came.clone(), standing: Standing::Excused, change: Change::Added });
    old.chain(new).collect()
}

fn wanted(case: &CaseOutcome, verdict: &CaseVerdict, remark: &Remark) -> Entry {
    let Remark { reason, issue, expires } = remark.clone();
    Entry {
        case: case.id.clone(),
        requirement: verdict.requirement.clone(),
        expect: verdict.verdict,
        signature: divergence(case, verdict),
        reason,
        issue,
        expires,
    }
}

fn proposal(Judged { entry, standing }: Judged, came: Option<&Entry>) -> Proposal {
    let change = match (standing, came) {
        (Standing::Passes | Standing::Stale, _) | (Standing::Changed, None) => Change::Dropped,
        (Standing::Changed, Some(came)) => {
            let (issue, expires) =
                (came.issue.as_ref().or(entry.issue.as_ref()), came.expires.or(entry.expires));
            Change::Renewed(Entry { issue: issue.cloned(), expires, ..came.clone() })
        }
        (Standing::Excused | Standing::Expired | Standing::Undecided | Standing::Unjudged, _) => Change::Kept,
    };
    Proposal { entry, standing, change }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::sample;
    use rstest::rstest;

    #[rstest]
    #[case::whole(false, &[Verdict::Inconclusive, Verdict::Fail])]
    #[case::interrupted(true, &[Verdict::Fail])]
    fn what_tells_nothing_of_the_server_is_not_proposed(
        #[case] interrupted: bool,
        #[case] expected: &[Verdict],
    ) {
        let run = sample::run(&[Verdict::Inconclusive, Verdict::Error, Verdict::Fail]);
        let run = RunOutcome { interrupted, ..run };
        let baseline = Baseline { file: String::new(), entries: Vec::new(), day: Date::MIN };
        let proposed = propose(&run, &baseline, &Remark::default());
        let verdicts: Vec<Verdict> = proposed.iter().map(|proposal| proposal.entry.expect).collect();
        assert_eq!(verdicts, expected);
    }
}
