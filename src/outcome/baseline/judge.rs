//! A baseline held against what came. It makes no verdict.

use jiff::civil::Date;

use super::{Applied, Baseline, Entry, Judged, Standing};
use crate::outcome::signature::of_reason;
use crate::outcome::{CaseOutcome, CaseVerdict, Verdict};

/// Says of each entry whether it is so.
pub fn judge(baseline: &Baseline, cases: &[CaseOutcome]) -> Applied {
    let judged = |entry: &Entry| {
        let case = cases.iter().find(|case| case.id == entry.case);
        let standing = case.map_or(Standing::Unjudged, |case| standing(entry, case, baseline.day));
        Judged { entry: entry.clone(), standing }
    };
    Applied { file: baseline.file.clone(), entries: baseline.entries.iter().map(judged).collect() }
}

/// Whether a case violates what nobody expects it to violate.
pub fn is_violation(baseline: Option<&Baseline>, case: &CaseOutcome) -> bool {
    let applied = baseline.map(|baseline| judge(baseline, std::slice::from_ref(case)));
    let is_excused = |verdict: &CaseVerdict| {
        applied.as_ref().is_some_and(|applied| applied.excuse(&case.id, &verdict.requirement).is_some())
    };
    case.verdicts.iter().any(|verdict| verdict.verdict == Verdict::Fail && !is_excused(verdict))
}

/// What a verdict rests on, the same on every run: the first finding about the requirement, or else the reason.
pub fn divergence(case: &CaseOutcome, verdict: &CaseVerdict) -> String {
    match case.first_divergence(&verdict.requirement) {
        Some(finding) => finding.signature.clone(),
        None => of_reason(verdict.because.as_deref().or(case.not_run.as_deref()).unwrap_or_default()),
    }
}

fn standing(entry: &Entry, case: &CaseOutcome, today: Date) -> Standing {
    let found = case.verdicts.iter().find(|verdict| verdict.requirement == entry.requirement);
    let Some(found) = found else { return Standing::Stale };
    match found.verdict {
        Verdict::Error | Verdict::Skip => Standing::Unjudged,
        Verdict::Pass => Standing::Passes,
        Verdict::Info | Verdict::Unattainable | Verdict::Unsupported => Standing::Stale,
        Verdict::Inconclusive if entry.expect != Verdict::Inconclusive => Standing::Undecided,
        verdict if verdict != entry.expect || !entry.fits(&divergence(case, found)) => Standing::Changed,
        _ if entry.expires.is_some_and(|last| last < today) => Standing::Expired,
        _ => Standing::Excused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::{Finding, sample};
    use crate::requirement::RequirementId;
    use jiff::civil::date;
    use rstest::rstest;

    const TODAY: Date = date(2026, 11, 22);

    fn came(verdict: Verdict, signature: &str) -> CaseOutcome {
        let id = RequirementId::new("TST-MAIN-01");
        let mut case = sample::case(&id, verdict);
        case.id = "tst/main/a".to_owned();
        let other = RequirementId::new("TST-MAIN-02");
        for (id, signature) in [(&other, "other"), (&id, signature), (&id, "later")] {
            let mut finding = sample::finding(id);
            if signature == "later" {
                finding.step = "2, \"call again\"".to_owned();
            }
            signature.clone_into(&mut finding.signature);
            case.findings.push(finding);
        }
        case
    }

    fn stands(entry: Entry, case: &CaseOutcome) -> Standing {
        let baseline = Baseline { file: "baseline.yaml".to_owned(), entries: vec![entry], day: TODAY };
        judge(&baseline, std::slice::from_ref(case)).entries[0].standing
    }

    #[rstest]
    #[case(Verdict::Fail, Verdict::Fail, "first", Standing::Excused)]
    #[case(Verdict::Warn, Verdict::Warn, "first", Standing::Excused)]
    #[case(Verdict::Inconclusive, Verdict::Inconclusive, "first", Standing::Excused)]
    #[case(Verdict::Fail, Verdict::Fail, "new", Standing::Changed)]
    #[case(Verdict::Fail, Verdict::Warn, "first", Standing::Changed)]
    #[case(Verdict::Inconclusive, Verdict::Fail, "first", Standing::Changed)]
    #[case(Verdict::Fail, Verdict::Inconclusive, "first", Standing::Undecided)]
    #[case(Verdict::Fail, Verdict::Pass, "first", Standing::Passes)]
    #[case(Verdict::Fail, Verdict::Info, "first", Standing::Stale)]
    #[case(Verdict::Fail, Verdict::Unattainable, "first", Standing::Stale)]
    #[case(Verdict::Inconclusive, Verdict::Unsupported, "first", Standing::Stale)]
    #[case(Verdict::Fail, Verdict::Error, "first", Standing::Unjudged)]
    #[case(Verdict::Fail, Verdict::Skip, "first", Standing::Unjudged)]
    fn only_the_known_verdict_is_excused(
        #[case] expect: Verdict,
        #[case] verdict: Verdict,
        #[case] signature: &str,
        #[case] expected: Standing,
    ) {
        let entry = Entry { expect, ..sample::entry("tst/main/a", "TST-MAIN-01", "first") };
        assert_eq!(stands(entry, &came(verdict, signature)), expected);
    }

    #[rstest]
    #[case("fir<any>", Standing::Excused)]
    #[case("<any>", Standing::Excused)]
    #[case("f<any>t", Standing::Excused)]
    #[case("f<any>r<any>t", Standing::Excused)]
    #[case("first<any>", Standing::Excused)]
    #[case("<any>s", Standing::Changed)]
    #[case("first<any>t", Standing::Changed)]
    #[case("f<any>s<any>r<any>t", Standing::Changed)]
    #[case("fi", Standing::Changed)]
    fn any_stands_for_any_text(#[case] signature: &str, #[case] expected: Standing) {
        let entry = sample::entry("tst/main/a", "TST-MAIN-01", signature);
        assert_eq!(stands(entry, &came(Verdict::Fail, "first")), expected);
    }

    #[rstest]
    #[case(Verdict::Fail, date(2026, 11, 22), Standing::Excused)]
    #[case(Verdict::Fail, date(2026, 11, 21), Standing::Expired)]
    #[case(Verdict::Pass, date(2026, 11, 21), Standing::Passes)]
    fn an_entry_holds_through_its_last_day(
        #[case] verdict: Verdict,
        #[case] last: Date,
        #[case] expected: Standing,
    ) {
        let entry = Entry { expires: Some(last), ..sample::entry("tst/main/a", "TST-MAIN-01", "first") };
        assert_eq!(stands(entry, &came(verdict, "first")), expected);
    }

    #[rstest]
    #[case("tst/main/b", "TST-MAIN-01", Standing::Unjudged)]
    #[case("tst/main/a", "TST-MAIN-09", Standing::Stale)]
    fn what_is_not_asked_excuses_nothing(
        #[case] case: &str,
        #[case] requirement: &str,
        #[case] expected: Standing,
    ) {
        assert_eq!(
            stands(sample::entry(case, requirement, "first"), &came(Verdict::Fail, "first")),
            expected
        );
    }

    #[rstest]
    #[case(Verdict::Fail, "first", false)]
    #[case(Verdict::Fail, "new", true)]
    #[case(Verdict::Warn, "new", false)]
    fn what_is_known_is_no_violation(
        #[case] verdict: Verdict,
        #[case] signature: &str,
        #[case] expected: bool,
    ) {
        let entries = vec![sample::entry("tst/main/a", "TST-MAIN-01", "first")];
        let baseline = Baseline { file: "baseline.yaml".to_owned(), entries, day: TODAY };
        let case = came(verdict, signature);
        assert_eq!(is_violation(Some(&baseline), &case), expected);
        assert_eq!(is_violation(None, &case), verdict == Verdict::Fail);
    }

    #[rstest]
    #[case(["round 1", "round 5"])]
    #[case(["round 5", "round 1"])]
    fn whichever_round_ends_first_the_divergence_is_the_same(#[case] ended: [&str; 2]) {
        let mut case = came(Verdict::Fail, ended[0]);
        case.findings.insert(2, Finding { signature: ended[1].to_owned(), ..case.findings[1].clone() });
        assert_eq!(divergence(&case, &case.verdicts[0]), "round 1");
    }

    #[test]
    fn where_nothing_was_found_the_reason_is_the_divergence() {
        let mut case = came(Verdict::Inconclusive, "first");
        case.findings.clear();
        case.verdicts[0].because = Some("not reached within 30s".to_owned());
        assert_eq!(divergence(&case, &case.verdicts[0]), "not reached within <duration>");
    }
}
