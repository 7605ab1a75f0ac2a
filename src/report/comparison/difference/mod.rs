//! What became different from one run to the next.

mod html;
mod json;
mod markdown;
mod text;

pub use html::render as html;
pub use json::render as json;
pub use markdown::render as markdown;
pub use text::render as text;

use crate::comparison::Difference;
use crate::comparison::difference::{Change, Kind};
use crate::outcome::{Verdict, phrase};

/// What JSON says of its form.
pub const SCHEMA: &str = "orchspec/difference/1";

/// What all verdicts of a kind stand under.
fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::NewFailure => "new failures",
        Kind::OtherFailure => "failures that became others",
        Kind::Undecided => "passed, and cannot be decided now",
        Kind::Unjudged => "passed, and not judged any more",
        Kind::Otherwise => "different in another way",
        Kind::Fixed => "fixed",
        Kind::Passing => "passing now",
    }
}

/// `UIP-ASYNC-12 (MUST)`.
fn requirement(change: &Change) -> String {
    let level = change.level.map(|level| format!(" ({level})")).unwrap_or_default();
    format!("{}{level}", change.requirement)
}

/// `pass → fail`.
fn verdicts(change: &Change) -> String {
    let word = |verdict: Option<Verdict>| verdict.map_or("no such case", Verdict::word);
    format!("{} → {}", word(change.old), word(change.new))
}

/// The changes of a kind, by case.
fn by_case(difference: &Difference, kind: Kind) -> Vec<(&str, Vec<&Change>)> {
    let mut cases: Vec<(&str, Vec<&Change>)> = Vec::new();
    for change in difference.of_kind(kind) {
        match cases.last_mut() {
            Some((case, changes)) if *case == change.case => changes.push(change),
            _ => cases.push((&change.case, vec![change])),
        }
    }
    cases
}

/// What cases, requirements and snapshots only one of the runs has, under what is said of them.
fn one_sided(difference: &Difference) -> Vec<(&'static str, &[String])> {
    let Difference { cases, requirements, .. } = difference;
    let lists: [(&str, &[String]); 4] = [
        ("cases that are gone", &cases.gone),
        ("new cases", &cases.new),
        ("requirements that are gone", &requirements.gone),
        ("new requirements", &requirements.new),
    ];
    lists.into_iter().filter(|(_, names)| !names.is_empty()).collect()
}

/// `2 regressions: 1 new failure, …; 3 fixed`.
fn verdict(difference: &Difference) -> String {
    if difference.is_empty() {
        return "no difference".to_owned();
    }
    let listed = |regressions: bool| -> String {
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_regression() == regressions);
        kinds.filter_map(|kind| counted(difference, kind)).collect::<Vec<_>>().join(", ")
    };
    let regressions = match difference.regressions() {
        0 => "no regression".to_owned(),
        number => format!("{}: {}", phrase::count(number, "regression"), listed(true)),
    };
    let rest = listed(false);
    if rest.is_empty() { regressions } else { format!("{regressions}; {rest}") }
}

fn counted(difference: &Difference, kind: Kind) -> Option<String> {
    let number = difference.of_kind(kind).count();
    let words = match kind {
        Kind::NewFailure => phrase::count(number, "new failure"),
        Kind::OtherFailure => phrase::count(number, "other failure"),
        Kind::Undecided => format!("{number} undecided now"),
        Kind::Unjudged => format!("{number} not judged any more"),
        Kind::Otherwise => format!("{number} different in another way"),
        Kind::Fixed => format!("{number} fixed"),
        Kind::Passing => format!("{number} passing now"),
    };
    (number > 0).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::Run;
    use crate::outcome::{CaseOutcome, RunOutcome};
    use crate::report::{Palette, sample};
    use serde_json::Value;

    /// The sample, and what became of it: one of everything.
    pub(super) fn difference() -> Difference {
        let (old, _) = sample::run();
        let new = changed(old.clone());
        Difference::of(
            Run { name: "old.json", outcome: &old },
            Run { name: "new.json", outcome: &new },
            false,
        )
    }

    /// What a page says, without its style and script.
    fn page(difference: &Difference) -> String {
        let page = html(difference);
        let (_, body) = page.split_once("<body>").unwrap();
        body.split_once("<script>").unwrap().0.to_owned()
    }

    fn changed(mut run: RunOutcome) -> RunOutcome {
        let case = |run: &mut RunOutcome, id: &str, change: &dyn Fn(&mut CaseOutcome)| {
            change(run.cases.iter_mut().find(|case| case.id == id).unwrap());
        };
        case(&mut run, "tst/cancel/by-another-system@get", &|case| {
            case.verdicts[0].verdict = Verdict::Inconclusive;
            case.verdicts[0].because = Some("control \"the owner may\" failed".to_owned());
            "broken (HTTP 500)".clone_into(&mut case.findings[0].actual);
            "another".clone_into(&mut case.findings[0].signature);
        });
        case(&mut run, "tst/cancel/by-another-system@post", &|case| case.verdicts[1].verdict = Verdict::Pass);
        case(&mut run, "tst/main/undecided", &|case| case.verdicts[0].verdict = Verdict::Fail);
        case(&mut run, "tst/main/recorded", &|case| case.verdicts[0].verdict = Verdict::Pass);
        case(&mut run, "tst/main/warned", &|case| case.verdicts[0].verdict = Verdict::Info);
        case(&mut run, "tst/off/left-out", &|case| "tst/off/later".clone_into(&mut case.id));
        case(&mut run, "tst/main/passes", &|case| {
            case.verdicts[0].verdict = Verdict::Unattainable;
            case.verdicts[0].because = Some("`jobs.echo` is none".to_owned());
            "status: 204\nbody: |\n".clone_into(&mut case.snapshots[1].content);
        });
        run.target.policies.insert("tst.fault_status".to_owned(), "2xx | 4xx".to_owned());
        "sha256:1111".clone_into(&mut run.suite_digest);
        run.requirements.pop();
        run
    }

    #[test]
    fn every_format_shows_everything() {
        let difference = difference();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/tests/comparison");
        insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("difference-text", text(&difference, &Palette::plain()));
            insta::assert_snapshot!("difference-markdown", markdown(&difference));
            insta::assert_snapshot!("difference-html", page(&difference));
            insta::assert_snapshot!("difference-json", json(&difference));
        });
    }

    #[test]
    fn json_counts_as_the_text_does() {
        let difference = difference();
        let document: Value = serde_json::from_str(&json(&difference)).unwrap();
        let regressions = document["changes"].as_array().unwrap().iter();
        let regressions = regressions.filter(|change| change["regression"] == true).count();
        assert_eq!(document["regressions"], regressions);
        assert!(verdict(&difference).starts_with(&format!("{regressions} regressions: ")));
    }

    #[test]
    fn two_equal_runs_have_little_to_say() {
        let (run, _) = sample::run();
        let run = Run { name: "a.json", outcome: &run };
        let text = text(&Difference::of(run, run, false), &Palette::plain());
        assert_eq!(text, "a.json → a.json\n\nno difference\n");
    }
}
