//! The mock as a program of its own: where it is, how time passes in it, how it is steered, and how it ends.

mod control;
mod harm;
mod program;

use std::fs;

use serde_json::json;

use crate::orchspec::Orchspec;
use program::{OWNER, Reply, Standalone, begin, call};

const HELD: &str = "POST /acme/prod/orchestrator_/t/held";
const WAIT: &str = r#"{"$callMode":"LongPolling"}"#;

#[test]
fn the_first_line_says_where_everything_is() {
    let mock = Standalone::start("standalone_line", &["--seed", "42", "--ready-file", "ready.json"]);
    let line = &mock.line;
    assert_eq!((&line["clock"], &line["seed"]), (&json!("real"), &json!(42)));
    assert_eq!(line["uipath"]["tokens"]["owner"], line["uipath"]["token"]);
    for place in ["uipath", "elma"] {
        assert!(line[place]["url"].as_str().unwrap().starts_with("http://127.0.0.1:"), "{line}");
    }
    let ready = serde_json::from_str::<serde_json::Value>(&mock.until_written("ready.json")).unwrap();
    assert_eq!(&ready, line);
    assert_eq!(call(&mock.foreign(), "GET /", "", "").status, 200);
}

#[test]
fn an_unmodified_client_waits_a_quarter_of_an_hour_in_no_time() {
    let mock = Standalone::start("standalone_auto", &["--clock", "auto"]);
    let (last, hops) = mock.follow("cap-below");
    assert_eq!((last.status, last.body.as_str(), hops), (200, r#"{"ok":true}"#, 32));
    let (last, hops) = mock.follow("cap-above");
    assert_eq!((last.status, hops), (504, 35));
}

#[test]
fn polling_moves_an_automatic_clock_but_not_at_once_to_the_end() {
    let mock = Standalone::start("standalone_polls", &["--clock", "auto"]);
    let started = mock.protocol("POST /acme/prod/orchestrator_/t/slow", OWNER, "{}");
    let target = started.path();
    let mut polls = 0;
    let end = loop {
        let reply = mock.protocol(&format!("GET {target}"), OWNER, "");
        polls += 1;
        if reply.status != 200 || polls > 50 {
            break reply;
        }
    };
    assert_eq!(end.status, 303);
    assert!((3..20).contains(&polls), "{polls}");
}

#[test]
fn whoever_waits_is_answered_when_the_mock_is_asked_to_end() {
    let mock = Standalone::start("standalone_end", &["--journal-out", "journal.jsonl"]);
    let waiting = begin(&mock.origin(), HELD, OWNER, WAIT);
    mock.steer("POST /wait", r#"{"parked":1}"#);
    let (code, folder) = mock.end();
    assert_eq!((code, Reply::read(waiting).status), (0, 303));
    let journal = folder.read("journal.jsonl");
    let footer: serde_json::Value = serde_json::from_str(journal.lines().last().unwrap()).unwrap();
    assert_eq!(footer, json!({ "footer": { "entries": 3, "exchanges": 1, "foreign": 0, "complete": true } }));
    assert!(
        journal.contains("[uipath.owner.bearer]") && !journal.contains("embedded-owner-token"),
        "{journal}"
    );
}

#[test]
fn a_configuration_file_and_options_over_it() {
    let file = "mock: 1\nclock: auto\nseed: 5\nbuilt_in: none\npolicy: { redirect_codes: 302 }\n\
                uipath: { principals: { app: { bearer: app-token } }, triggers: { report: { runs: 1m, output: { n: 1 } } } }\n";
    let folder = Orchspec::new("standalone_configured").file("mock.yaml", file);
    let mock = Standalone::start_in(folder, &["--config", "mock.yaml", "--seed", "6", "--hold", "20s"]);
    assert_eq!((&mock.line["seed"], &mock.line["clock"]), (&json!(6), &json!("auto")));
    assert_eq!(mock.line["uipath"]["triggers"], json!(["report"]));
    let app = "Authorization: Bearer app-token\r\n";
    let held = mock.protocol("POST /acme/prod/orchestrator_/t/report", app, WAIT);
    assert_eq!(held.status, 302);
}

#[test]
fn a_session_below_a_prefix_is_a_mock_of_its_own() {
    let mock = Standalone::start("standalone_session", &[]);
    mock.steer("POST /sessions", r#"{"name":"a","clock":"auto","policy":{"location":"relative"}}"#);
    let started = mock.protocol("POST /s/a/acme/prod/orchestrator_/t/short", OWNER, "{}");
    let target = started.path();
    assert!(target.starts_with("/s/a/acme/"), "{target}");
    assert_eq!(mock.protocol(&format!("GET {target}"), OWNER, "").status, 200);
    assert_eq!(mock.protocol(&format!("GET {}", target.trim_start_matches("/s/a")), OWNER, "").status, 404);
    assert_eq!(mock.steer("GET /s/a/count", "")["jobs"], 1);
    assert_eq!(mock.steer("GET /count", "")["jobs"], 0);
    mock.steer("DELETE /sessions/a", "");
    assert_eq!(mock.protocol(&format!("GET {target}"), OWNER, "").status, 404);
}

/// The whole suite takes longer than a test may; these need both protocols, hooks, holds and files.
#[test]
fn the_suite_holds_on_it() {
    let mock = Standalone::start("standalone_suite", &["--quick", "--target-out", "target.yaml"]);
    let ended = mock.folder.call(&[
        "run",
        "--target",
        "target.yaml",
        "uipath/async/*",
        "uipath/sync/released-*",
        "elma/download/*",
        "elma/cancel/*",
    ]);
    assert_eq!(ended.code, 0, "{ended}");
    assert!(fs::exists(mock.folder.path("target.yaml")).unwrap());
}
