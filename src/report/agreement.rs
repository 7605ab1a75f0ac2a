//! All formats of one run agree on how many cases came to what.

use std::collections::BTreeMap;

use regex::Regex;
use rstest::rstest;
use serde_json::Value;

use super::{Format, render, sample};
use crate::outcome::Verdict;

type Totals = BTreeMap<String, u64>;

fn rendered(format: Format) -> String {
    let (outcome, sources) = sample::run();
    render(format, &outcome, &sources)
}

fn totals(value: &Value) -> Totals {
    value.as_object().unwrap().iter().map(|(word, number)| (word.clone(), number.as_u64().unwrap())).collect()
}

fn by_case<'a>(cases: impl Iterator<Item = &'a Value>) -> Totals {
    let mut totals: Totals = Verdict::ALL.into_iter().map(|verdict| (verdict.word().to_owned(), 0)).collect();
    for case in cases {
        *totals.get_mut(case["verdict"].as_str().unwrap()).unwrap() += 1;
    }
    totals
}

#[test]
fn json_and_json_lines_count_alike() {
    let json: Value = serde_json::from_str(&rendered(Format::Json)).unwrap();
    let lines: Vec<Value> =
        rendered(Format::JsonLines).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (header, footer) = (&lines[0], &lines[lines.len() - 1]);
    let cases = &lines[1..lines.len() - 1];
    assert_eq!((header["type"].as_str(), footer["type"].as_str()), (Some("header"), Some("footer")));
    assert_eq!(by_case(json["cases"].as_array().unwrap().iter()), totals(&json["totals"]));
    assert_eq!(by_case(cases.iter()), totals(&footer["totals"]));
    for key in ["gate", "baseline", "totals", "counts", "requirements", "unreferenced_snapshots"] {
        assert_eq!(json[key], footer[key], "{key}");
    }
    for key in ["schema", "tool", "suite", "target", "selection"] {
        assert_eq!(json[key], header[key], "{key}");
    }
}

#[test]
fn every_verdict_occurs_in_the_sample() {
    let json: Value = serde_json::from_str(&rendered(Format::Json)).unwrap();
    assert!(totals(&json["totals"]).values().all(|number| *number > 0));
}

#[test]
fn junit_counts_alike_by_its_own_words() {
    let json: Value = serde_json::from_str(&rendered(Format::Json)).unwrap();
    let expected = totals(&json["totals"]);
    let junit = rendered(Format::Junit);
    let sum = |verdicts: &[&str]| verdicts.iter().map(|verdict| expected[*verdict]).sum::<u64>();
    let root = junit.lines().find(|line| line.starts_with("<testsuites")).unwrap();
    let attribute = |name: &str| -> u64 {
        let pattern = Regex::new(&format!(r#" {name}="(\d+)""#)).unwrap();
        pattern.captures(root).unwrap()[1].parse().unwrap()
    };
    assert_eq!(attribute("tests"), expected.values().sum::<u64>());
    // A case that passes, but whose snapshot changed, closes the gate and so is red.
    assert_eq!(attribute("failures"), sum(&["fail"]) + junit.matches(r#"" type="snapshot""#).count() as u64);
    assert_eq!(attribute("errors"), sum(&["error", "inconclusive"]));
    assert_eq!(junit.matches("<skipped ").count() as u64, sum(&["skip", "unattainable", "unsupported"]));
    for (verdict, number) in &expected {
        let fact = format!("<system-out>verdict: {verdict}\n");
        assert_eq!(junit.matches(&fact).count() as u64, *number, "{verdict}");
    }
}

#[rstest]
#[case(Format::Text)]
#[case(Format::Markdown)]
fn pages_for_people_count_alike(#[case] format: Format) {
    let json: Value = serde_json::from_str(&rendered(Format::Json)).unwrap();
    let text = rendered(format);
    let tally = text.lines().find(|line| line.contains(" cases in ")).unwrap();
    for (verdict, number) in totals(&json["totals"]) {
        assert!(tally.contains(&format!("{number} {verdict}")), "{verdict} in {tally:?}");
    }
}

#[test]
fn an_archive_has_a_page_for_each_failing_case() {
    let json: Value = serde_json::from_str(&rendered(Format::Json)).unwrap();
    let archive: Value = serde_json::from_str(&rendered(Format::Har)).unwrap();
    let pages = archive["log"]["pages"].as_array().unwrap().len() as u64;
    assert_eq!(pages, totals(&json["totals"])["fail"]);
}

#[test]
fn annotations_say_what_the_gate_says() {
    let json: Value = serde_json::from_str(&rendered(Format::Json)).unwrap();
    let annotations = rendered(Format::GitHub);
    let gate = annotations.lines().next().unwrap();
    assert!(gate.contains(json["gate"]["because"][0].as_str().unwrap()), "{gate}");
}
