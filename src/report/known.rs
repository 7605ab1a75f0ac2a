//! What a baseline says of a run, in words: the verdicts that it excuses, and the entries that are not so.

use crate::outcome::baseline::{Entry, Standing, divergence};
use crate::outcome::{CaseVerdict, RunOutcome, phrase};

/// `2 verdicts excused by baseline.yaml`, if any is.
pub(super) fn excused(outcome: &RunOutcome) -> Option<String> {
    let baseline = outcome.baseline.as_ref()?;
    let number = baseline.of(Standing::Excused).count();
    (number > 0).then(|| format!("{} excused by {}", phrase::count(number, "verdict"), baseline.file))
}

/// The verdicts that are excused for one reason.
pub(super) struct Excuse<'a> {
    /// Why, where that is worked on, and how long.
    pub reason: String,
    /// The cases, each with the requirements that are at stake.
    pub cases: Vec<(&'a str, Vec<&'a str>)>,
}

/// Everything that is excused, each reason once, in the order of the file.
pub(super) fn excuses(outcome: &RunOutcome) -> Vec<Excuse<'_>> {
    let mut excuses: Vec<Excuse<'_>> = Vec::new();
    for entry in outcome.baseline.iter().flat_map(|baseline| baseline.of(Standing::Excused)) {
        let (reason, case, id) = (reason(entry), entry.case.as_str(), entry.requirement.as_str());
        let known = excuses.iter().position(|excuse| excuse.reason == reason);
        let at = known.unwrap_or_else(|| {
            excuses.push(Excuse { reason, cases: Vec::new() });
            excuses.len() - 1
        });
        let cases = &mut excuses[at].cases;
        match cases.iter_mut().find(|(own, _)| *own == case) {
            Some((_, ids)) => ids.push(id),
            None => cases.push((case, vec![id])),
        }
    }
    excuses
}

/// Why an entry excuses, where that is worked on, and how long: `the next version mends it (ORC-17), until 2026-12-31`.
pub(super) fn reason(entry: &Entry) -> String {
    let issue = entry.issue.as_ref().map(|issue| format!(" ({issue})")).unwrap_or_default();
    let expires = entry.expires.map(|last| format!(", until {last}")).unwrap_or_default();
    format!("{}{issue}{expires}", entry.reason)
}

/// An entry that is not so.
pub(super) struct Untrue<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// In which way it is not.
    pub standing: Standing,
    /// What it says should have come.
    pub expected: String,
    /// What came.
    pub actual: String,
}

/// The entries for which the file must be changed.
pub(super) fn untrue(outcome: &RunOutcome) -> Vec<Untrue<'_>> {
    let Some(baseline) = &outcome.baseline else { return Vec::new() };
    let entries = baseline.entries.iter().filter(|judged| {
        !matches!(judged.standing, Standing::Excused | Standing::Undecided | Standing::Unjudged)
    });
    entries
        .map(|judged| Untrue {
            entry: &judged.entry,
            standing: judged.standing,
            expected: expected(&judged.entry),
            actual: actual(outcome, &judged.entry),
        })
        .collect()
}

fn expected(entry: &Entry) -> String {
    let last = entry.expires.map(|last| format!(", until {last}")).unwrap_or_default();
    format!("{}: {}{last}", entry.expect, entry.signature)
}

fn actual(outcome: &RunOutcome, entry: &Entry) -> String {
    let case = outcome.cases.iter().find(|case| case.id == entry.case);
    let is_its = |verdict: &&CaseVerdict| verdict.requirement == entry.requirement;
    let found = case.and_then(|case| Some((case, case.verdicts.iter().find(is_its)?)));
    match found.map(|(case, verdict)| (verdict.verdict, divergence(case, verdict))) {
        Some((verdict, divergence)) if divergence.is_empty() => verdict.to_string(),
        Some((verdict, divergence)) => format!("{verdict}: {divergence}"),
        None => "not judged under the policies of this target".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::baseline::{Applied, Judged};
    use crate::outcome::sample as rows;
    use crate::report::sample;
    use jiff::civil::date;

    #[test]
    fn what_has_one_reason_is_told_together() {
        let (mut outcome, _) = sample::run();
        let excused = |case: &str, requirement: &str, issue: Option<&str>| {
            let (issue, expires) = (issue.map(str::to_owned), issue.map(|_| date(2026, 12, 31)));
            let entry = Entry { issue, expires, ..rows::entry(case, requirement, "") };
            Judged { entry, standing: Standing::Excused }
        };
        let entries = vec![
            excused("a", "TST-MAIN-01", None),
            excused("b", "TST-MAIN-01", Some("ORC-17")),
            excused("a", "TST-MAIN-02", None),
        ];
        outcome.baseline = Some(Applied { file: "baseline.yaml".to_owned(), entries });
        let told: Vec<_> =
            excuses(&outcome).into_iter().map(|excuse| (excuse.reason, excuse.cases)).collect();
        assert_eq!(
            told,
            [
                ("the next version mends it".to_owned(), vec![("a", vec!["TST-MAIN-01", "TST-MAIN-02"])]),
                (
                    "the next version mends it (ORC-17), until 2026-12-31".to_owned(),
                    vec![("b", vec!["TST-MAIN-01"])]
                ),
            ]
        );
        assert_eq!(super::excused(&outcome).unwrap(), "3 verdicts excused by baseline.yaml");
    }
}
