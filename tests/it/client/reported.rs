//! The verdicts on a client live on: in every format, in a baseline, and beside those of another run.

use rstest::{Context, rstest};

use super::judged::{fixture, program};
use crate::orchspec::{Ended, Orchspec, assert_shows};

const ONLY: [&str; 4] = ["--situation", "uipath/async-polling", "--situation", "uipath/async-failed-job"];

/// Judges a mutant in two situations, one of which shows its mistake.
fn judged(program: &Orchspec, mutant: &str, more: &[&str]) -> Ended {
    let mutants = fixture("mutants.py");
    let command = ["--", "python3", mutants.as_str(), mutant];
    program.call(&[&["client", "run"], &ONLY[..], more, &command[..]].concat())
}

const WRONG: &str = "takes-an-error-for-a-result";
/// A mutant whose mistake these situations do not show.
const RIGHT: &str = "reads-only-the-http-line";

#[test]
fn what_is_known_of_a_client_closes_no_gate_until_it_is_mended() {
    let program = program("client_baseline");
    let ended = judged(&program, WRONG, &["--report", "json=report.json"]);
    assert_eq!(ended.code, 1, "{ended}");
    let written = program.call(&["baseline", "write", "report.json", "--reason", "mended in 4.3"]);
    assert_eq!(written.code, 0, "{written}");
    assert!(program.read("baseline.yaml").contains("CV-OUT-2"), "{}", program.read("baseline.yaml"));
    let with = ["--baseline", "baseline.yaml"];
    let ended = judged(&program, WRONG, &with);
    assert!(ended.code == 0 && ended.stdout.contains("mended in 4.3"), "{ended}");
    let ended = judged(&program, RIGHT, &with);
    assert!(ended.code == 1 && ended.stdout.contains("not as baseline.yaml says: 1 entry"), "{ended}");
    let ended = judged(&program, WRONG, &[&with[..], &["--max-baseline", "0"]].concat());
    assert!(ended.code == 2 && ended.stderr.contains("--max-baseline allows 0"), "{ended}");
}

#[rstest]
#[case::client_baseline_no_situation("uipath/async-poling#CV-OUT-2")]
#[case::client_baseline_no_rule("uipath/async-polling#CV-OUT-22")]
fn an_entry_about_nothing_is_a_mistake(#[context] context: Context, #[case] entry: &str) {
    let name = context.description.unwrap();
    let text = format!(
        "baseline: 1\nentries:\n  {entry}: {{ expect: fail, signature: any, reason: nobody knows }}\n"
    );
    let program = program(name).file("baseline.yaml", text);
    assert_shows!(name, judged(&program, RIGHT, &["--baseline", "baseline.yaml"]));
}

#[test]
fn every_format_tells_of_a_client() {
    let program = program("client_formats");
    let formats = ["html", "markdown", "junit", "har", "jsonl", "json"];
    let reports: Vec<String> = formats.iter().map(|format| format!("{format}=report.{format}")).collect();
    let arguments: Vec<&str> = reports.iter().flat_map(|report| ["--report", report]).collect();
    assert_eq!(judged(&program, WRONG, &arguments).code, 1);
    for format in ["html", "markdown", "junit"] {
        let again = program.call(&["report", format, "report.json"]);
        for text in [program.read(&format!("report.{format}")), again.stdout] {
            assert!(text.contains("CV-OUT-2"), "{format} does not name the rule");
            assert!(
                text.contains("client run --situation uipath/async-failed-job"),
                "{format} does not say how to run it again"
            );
            assert!(!text.contains("curl "), "{format} shows a request that nobody else can send");
        }
    }
    for arguments in [&["report", "verify", "report.json"], &["report", "verify", "report.jsonl"]] {
        let ended = program.call(arguments);
        assert_eq!(ended.code, 0, "{ended}");
    }
}

#[test]
fn a_regression_of_a_client_is_one() {
    let program = program("client_compared");
    assert_eq!(judged(&program, RIGHT, &["--report", "json=yesterday.json"]).code, 0);
    assert_eq!(judged(&program, WRONG, &["--report", "json=today.json"]).code, 1);
    let ended = program.call(&["report", "diff", "yesterday.json", "today.json"]);
    assert!(ended.code == 1 && ended.stdout.contains("CV-OUT-2"), "{ended}");
}
