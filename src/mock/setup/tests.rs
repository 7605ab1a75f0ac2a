//! Configuration files and what they come to.

use std::time::Duration;

use rstest::rstest;

use super::{Input, Setup, parse};
use crate::mock::caller::Caller;
use crate::mock::{ClockMode, Configuration, RedirectAuth};
use crate::source::SourceMap;

fn read(text: &str) -> (Setup, Vec<String>) {
    let source = SourceMap::default().add("mock.yaml", text);
    let mut diagnostics = Vec::new();
    let input = Input { source, text, configuration: Configuration::embedded() };
    let setup = parse(input, &mut diagnostics).unwrap();
    (setup, diagnostics.into_iter().map(|found| found.message).collect())
}

const WHOLE: &str = r#"
mock: 1
built_in: none
clock: scale:60
seed: 7
hold: 10s
cap: 2m
redirect_auth: initial-only
policy: { redirect_codes: 302, location: relative }
defects: [UIP-ASYNC-12/no-location@nth:2]
noises: [latency]
elma:
  principals: { billing: { token: "0a0b0c0d-0000-4000-8000-000000000001" }, blocked: { token: "0a0b", locked: yes } }
  processes:
    bill: { process: "1a1b1c1d-0000-4000-8000-000000000001", queued: 2s, prepares: 1s, runs: 3s, output: { total: 12 }, files: { bill.txt: { text: "12\n" }, scan.bin: { size: 3 } } }
uipath:
  principals: { app: { bearer: app-token } }
  triggers:
    report: { verb: PUT, mode: LongPolling, runs: 40s, output: { n: 1 } }
    manual: { runs: manual, fault: boom }
    looked: { runs: { polls: 2 } }
    waits: { queued: held }
"#;

#[test]
fn a_whole_file_says_everything() {
    let (setup, mistakes) = read(WHOLE);
    assert!(mistakes.is_empty(), "{mistakes:#?}");
    let Setup { configuration, clock, seed, limits: _ } = setup;
    assert_eq!((clock, seed, configuration.seed), (Some(ClockMode::Scale(60)), Some(7), 7));
    assert_eq!((configuration.hold, configuration.cap), (Duration::from_secs(10), Duration::from_mins(2)));
    assert_eq!(configuration.redirect_auth, RedirectAuth::InitialOnly);
    assert_eq!((configuration.defects.len(), configuration.noises.len()), (1, 1));
    let fixtures = &configuration.fixtures;
    assert_eq!(fixtures.processes.len(), 1);
    assert_eq!(fixtures.processes[0].files[1].bytes().len(), 3);
    let triggers: Vec<&str> = fixtures.triggers.iter().map(|own| &*own.name).collect();
    assert_eq!(triggers, ["report", "manual", "looked", "waits"]);
    assert_eq!(fixtures.systems.len(), 5);
}

#[rstest]
#[case("mock: 2", "there is no version 2 of a mock's configuration")]
#[case("mock: 1\nhold: long", "expected a duration such as `100ms` or `1m30s`, found \"long\"")]
#[case("mock: 1\npolicy: { location: nowhere }", "the mock does not play `location` as \"nowhere\"")]
#[case("mock: 1\ndefects: [UIP-ASYNC-12/nothing]", "there is no defect `UIP-ASYNC-12/nothing`")]
#[case("mock: 1\nnoises: [loud]", "the mock has no noise `loud`")]
#[case(
    "mock: 1\nuipath: { triggers: { a/b: {} } }",
    "\"a/b\" is no name of a trigger, because it stands in a path"
)]
#[case(
    "mock: 1\nuipath: { triggers: { a: { output: 1, fault: b } } }",
    "a job ends with an output or with a fault, not with both"
)]
#[case("mock: 1\nuipath: { triggers: { a: { runs: { pols: 1 } } } }", "a number of looks has no key `pols`")]
#[case(
    "mock: 1\nelma: { processes: { a: { process: b, files: { a.txt: {} } } } }",
    "a file is one of: a text, bytes in Base64, or a number of bytes"
)]
fn a_mistake_is_told_once(#[case] text: &str, #[case] expected: &str) {
    let (_, mistakes) = read(text);
    assert_eq!(mistakes.len(), 1, "{mistakes:#?}");
    assert!(mistakes[0].starts_with(expected), "{}", mistakes[0]);
}

#[test]
fn an_entry_replaces_the_built_in_one_of_its_name() {
    let (setup, _) = read("mock: 1\nuipath: { triggers: { short: { runs: 1s } } }");
    let fixtures = &setup.configuration.fixtures;
    let named = || fixtures.triggers.iter().filter(|own| &*own.name == "short");
    assert_eq!((named().count(), named().next().unwrap().span.runs), (1, Duration::from_secs(1)));
    assert!(fixtures.triggers.len() > 1);
}

#[tokio::test(start_paused = true)]
async fn a_job_ends_by_being_looked_at() {
    let caller = Caller::new(
        read("mock: 1\nuipath: { triggers: { looked: { runs: { polls: 2 } } } }").0.configuration,
    );
    let status = caller.invoke("looked", &serde_json::json!({})).await.location();
    let mut answers = Vec::new();
    for _ in 0..4 {
        answers.push(caller.get(&status).await.status);
    }
    assert_eq!(answers, [200, 200, 303, 303]);
}

#[tokio::test(start_paused = true)]
async fn a_job_ends_by_hand() {
    let caller =
        Caller::new(read("mock: 1\nuipath: { triggers: { manual: { runs: manual } } }").0.configuration);
    let status = caller.invoke("manual", &serde_json::json!({})).await.location();
    tokio::time::sleep(Duration::from_hours(9)).await;
    assert_eq!(caller.get(&status).await.status, 200);
    caller.hook(&serde_json::json!({ "op": "release", "handle": status })).await;
    assert_eq!(caller.get(&status).await.status, 303);
}
