//! The findings of a case as people read them: what one answer got wrong stands together, and each requirement once.

use std::fmt::Write;

use super::Page;
use crate::outcome::{CaseOutcome, Finding, Verdict, phrase};
use crate::report::palette::paint;
use crate::report::{alike, describe, excerpt};
use crate::requirement::RequirementId;

/// How many places stand behind "and … more".
const SHOWN_PLACES: usize = 3;

/// What makes a case fail: step by step, answer by answer.
pub(super) fn render(page: &Page<'_>, case: &CaseOutcome) -> String {
    let mut text = String::new();
    let mut before: Option<&Finding> = None;
    for entry in entries(case) {
        text.push_str(&heading(page, case, entry.first, before));
        text.push_str(&described(page, &entry));
        before = Some(entry.first);
    }
    text
}

fn violated<'a>(case: &CaseOutcome, finding: &'a Finding) -> Vec<&'a RequirementId> {
    let fails = |id: &&RequirementId| case.verdict_on(id) == Some(Verdict::Fail);
    finding.requirements.iter().filter(fails).collect()
}

/// What is said once: of an answer, for requirements that were not named before.
struct Entry<'a> {
    first: &'a Finding,
    requirements: Vec<&'a RequirementId>,
    /// Where else these requirements were found wanting.
    more: Vec<&'a Finding>,
}

fn entries(case: &CaseOutcome) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for finding in alike::decisive(case) {
        let ids = violated(case, finding);
        let is_told = |id: &&RequirementId| entries.iter().any(|entry| entry.requirements.contains(id));
        let new: Vec<&RequirementId> = ids.iter().copied().filter(|id| !is_told(id)).collect();
        let told = |entry: &Entry<'_>| ids.iter().any(|id| entry.requirements.contains(id));
        let own = |entry: &Entry<'_>| {
            if new.is_empty() { told(entry) } else { says_the_same(entry.first, finding) }
        };
        match entries.iter_mut().find(|entry| own(entry)) {
            Some(entry) if new.is_empty() => entry.more.push(finding),
            Some(entry) => entry.requirements.extend(new),
            None => entries.push(Entry { first: finding, requirements: new, more: Vec::new() }),
        }
    }
    entries
}

fn says_the_same(one: &Finding, other: &Finding) -> bool {
    said(one) == said(other)
}

fn said(finding: &Finding) -> (&str, Option<usize>, [&str; 3]) {
    let Finding { step, exchange, place, expected, actual, .. } = finding;
    (step, *exchange, [place, expected, actual])
}

/// The step and the answer, where these are others than before.
fn heading(page: &Page<'_>, case: &CaseOutcome, finding: &Finding, before: Option<&Finding>) -> String {
    let mut text = String::new();
    let is_same_step = before.is_some_and(|before| before.step == finding.step);
    if !is_same_step {
        let step = format!("step {}", finding.step);
        let place = paint(page.palette.faint, &page.sources.describe(finding.span));
        _ = writeln!(text, "  {step:<48} {place}");
    }
    let is_same_answer = is_same_step && before.is_some_and(|before| before.exchange == finding.exchange);
    let exchange = finding.exchange.and_then(|index| case.exchanges.get(index));
    if let Some(exchange) = exchange.filter(|_| !is_same_answer) {
        _ = writeln!(text, "    {}", describe::exchange(exchange));
    }
    text
}

fn described(page: &Page<'_>, entry: &Entry<'_>) -> String {
    let mut text = String::new();
    for requirement in entry.requirements.iter().filter_map(|id| page.requirement(id)) {
        _ = writeln!(text, "    {}", paint(page.palette.strong, &describe::requirement(requirement)));
    }
    let Finding { place, expected, actual, span, .. } = entry.first;
    _ = writeln!(text, "      at        {place}");
    _ = writeln!(text, "      expected  {}", paint(page.palette.good, expected));
    _ = writeln!(text, "      actual    {}", paint(page.palette.bad, actual));
    if !entry.more.is_empty() {
        _ = writeln!(text, "      and {}", others(entry));
    }
    text.extend(excerpt::render(*span, page.sources).lines().map(|line| format!("      {line}\n")));
    text
}

/// `2 more places: body /a, status of step 4`.
fn others(entry: &Entry<'_>) -> String {
    let mut places: Vec<String> = entry.more.iter().map(|finding| place(finding, entry.first)).collect();
    let number = phrase::count(places.len(), "more place");
    places.dedup();
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    format!("{number}: {}", phrase::first_of(&places, SHOWN_PLACES))
}

fn place(finding: &Finding, first: &Finding) -> String {
    if finding.step == first.step {
        return finding.place.clone();
    }
    let number = finding.step.split(',').next().unwrap_or(&finding.step);
    format!("{} of step {number}", finding.place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::sample as rows;
    use crate::report::Palette;
    use crate::report::sample;

    /// A case in which one answer is found wanting for several requirements, and one of them elsewhere too.
    fn text(findings: &[(&[usize], &str, &str, &str)]) -> String {
        let (mut outcome, sources) = sample::run();
        let id = |number: &usize| RequirementId::new(&format!("TST-MAIN-{number:02}"));
        let found = |(ids, step, place, actual): &(&[usize], &str, &str, &str)| Finding {
            requirements: ids.iter().map(id).collect(),
            step: (*step).to_owned(),
            place: (*place).to_owned(),
            actual: (*actual).to_owned(),
            ..rows::finding(&id(&1))
        };
        let mut case = outcome.cases.swap_remove(0);
        case.findings = findings.iter().map(found).collect();
        let verdict = case.verdicts[1].clone();
        case.verdicts = [1, 2, 5].map(|number| verdict_on(&verdict, id(&number))).to_vec();
        render(&Page { outcome: &outcome, sources: &sources, palette: &Palette::plain() }, &case)
    }

    fn verdict_on(verdict: &crate::outcome::CaseVerdict, id: RequirementId) -> crate::outcome::CaseVerdict {
        crate::outcome::CaseVerdict { requirement: id, ..verdict.clone() }
    }

    #[test]
    fn each_requirement_is_named_once_and_equal_findings_stand_together() {
        let call = "1, \"call\"";
        let text = text(&[
            (&[1], call, "status", "502"),
            (&[2], call, "status", "502"),
            (&[1], call, "body", "absent"),
            (&[5], call, "body /id", "absent"),
            (&[1, 2], "4, \"again\"", "status", "502"),
        ]);
        insta::assert_snapshot!(text, @r#"
        step 1, "call"                                   scenarios/tst/cancel/by-another-system.yaml:1:1
          TST-MAIN-01 (MUST): Demand number 1
          TST-MAIN-02 (MUST): Demand number 2
            at        status
            expected  200
            actual    502
            and 2 more places: body, status of step 4
            1 | title: A foreign cancel is refused
              | ^
          TST-MAIN-05 (MUST*): Demand number 5
            at        body /id
            expected  200
            actual    absent
            1 | title: A foreign cancel is refused
              | ^
        "#);
    }
}
