//! The mock as a program of its own: where it is, how time passes in it, how it is steered, and how it ends.

mod attacks;
mod bounds;
mod control;
mod damage;
mod disturbed;
mod faults;
mod file_names;
mod many;
mod naming;
mod page;
mod patience;
pub(crate) mod program;
mod secrets;
mod strict;
mod verdicts;
mod walk;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use rstest::rstest;

use serde_json::json;

use crate::orchspec::Orchspec;
use crate::validators::validators;
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
fn curl_follows_every_redirect_of_a_quarter_of_an_hour() {
    let mock = Standalone::start("standalone_curl", &["--clock", "auto"]);
    let url = format!("{}/t/cap-above", mock.line["uipath"]["url"].as_str().unwrap());
    let head = ["-H", OWNER.trim(), "-H", "Content-Type: application/json"];
    let told = ["-sL", "-o", "/dev/null", "-w", "%{http_code} after %{num_redirects}", "-d", WAIT, &url];
    let output = Command::new("curl").args(head).args(told).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "504 after 35");
    assert_eq!(mock.steer("GET /clock", "")["now_ms"], 900_000);
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
    let headers = format!("{OWNER}Content-Type: application/json\r\n");
    let waiting = begin(&mock.origin(), HELD, &headers, WAIT);
    mock.steer("POST /wait", r#"{"parked":1}"#);
    let (code, folder) = mock.end();
    assert_eq!((code, Reply::read(waiting).status), (0, 303));
    let journal = folder.read("journal.jsonl");
    let footer: serde_json::Value = serde_json::from_str(journal.lines().last().unwrap()).unwrap();
    let expected = json!({ "entries": 3, "exchanges": 1, "foreign": 0, "missed": 0, "complete": true });
    assert_eq!(footer, json!({ "footer": expected }));
    assert!(
        journal.contains("[uipath.owner.bearer]") && !journal.contains("embedded-owner-token"),
        "{journal}"
    );
}

#[test]
fn the_journal_has_every_session_from_header_to_footer() {
    let mock = Standalone::start("standalone_journal", &["--journal-out", "journal.jsonl", "--seed", "3"]);
    mock.steer("POST /sessions", r#"{"name":"a"}"#);
    let started = mock.protocol("POST /s/a/acme/prod/orchestrator_/t/short", OWNER, "{}");
    mock.protocol(&format!("GET {}", started.path()), OWNER, "");
    mock.steer("POST /s/a/jobs/1/fail", "");
    mock.steer("DELETE /sessions/a", "");
    mock.protocol("GET /nowhere", OWNER, "");
    let (_, folder) = mock.end();
    let schema = serde_json::from_str(&folder.call(&["schema", "journal"]).stdout).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let lines: Vec<serde_json::Value> =
        folder.read("journal.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &lines {
        schema.validate(line).unwrap_or_else(|error| panic!("{error}\n{line}"));
    }
    let (first, last) = (&lines[0]["header"], &lines[lines.len() - 1]["footer"]);
    assert_eq!((&first["seed"], &last["complete"], &last["exchanges"]), (&json!(3), &json!(true), &json!(3)));
    let told: Vec<_> = lines.iter().map(|line| (line["session"].as_str(), line["event"].as_str())).collect();
    for expected in [("a", "decided"), ("a", "steered"), ("default", "closed")] {
        assert!(told.contains(&(Some(expected.0), Some(expected.1))), "{told:?}");
    }
    let archive = folder.call(&["report", "har", "journal.jsonl", "--output", "mock.har"]);
    assert_eq!(archive.code, 0, "{archive}");
    let log = serde_json::from_str::<serde_json::Value>(&folder.read("mock.har")).unwrap()["log"].clone();
    assert_eq!((log["pages"].as_array().unwrap().len(), log["entries"].as_array().unwrap().len()), (2, 3));
    if let Some(validators) = validators() {
        validators.check_har(&folder.path("mock.har"));
    }
    let poll = lines.iter().find(|line| line["method"] == "GET").unwrap();
    assert_eq!((&poll["caused_by"], &poll["hop"], &poll["attempt"]), (&json!(1), &json!(1), &json!(1)));
}

#[test]
fn a_journal_that_cannot_be_written_is_told_of_before_anybody_works() {
    let ended = Orchspec::new("standalone_full").call(&["mock", "--journal-out", "/dev/full"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (4, ""));
    assert!(ended.stderr.contains("cannot write the journal to /dev/full: "), "{ended}");
}

/// Nobody is told of a mock by a file that could not be written, and nobody works with one before that is known.
#[rstest]
#[case("--ready-file")]
#[case("--journal-out")]
#[case("--target-out")]
fn a_file_that_cannot_be_written_is_told_of_before_the_mock_listens(#[case] option: &str) {
    let folder = Orchspec::new(&format!("standalone_unwritable{option}")).file("plain", "no folder");
    let ended = folder.call(&["mock", option, "plain/below.txt"]);
    assert_eq!(ended.stdout, "", "{ended}");
    assert!(ended.stderr.contains("error[unwritable-file]: cannot write"), "{ended}");
    assert_ne!(ended.code, 0, "{ended}");
}

/// The reader of a pipe takes the header and goes away.
#[test]
fn a_journal_that_breaks_is_told_of_and_the_mock_goes_on() {
    let folder = Orchspec::new("standalone_broken");
    let pipe = folder.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn(move || {
        let mut header = String::new();
        BufReader::new(fs::File::open(pipe).unwrap()).read_line(&mut header).unwrap();
        header
    });
    let mock = Standalone::start_in(folder, &["--journal-out", "pipe"]);
    assert!(reader.join().unwrap().contains("orchspec/journal/1"));
    for _ in 0..2 {
        assert_eq!(mock.protocol("POST /acme/prod/orchestrator_/t/short", OWNER, "{}").status, 202);
    }
    let (code, told) = mock.end_and_hear();
    assert_eq!(code, 4);
    assert_eq!(told.matches("cannot write the journal to pipe: ").count(), 1, "{told}");
}

#[test]
fn a_log_has_a_line_for_each_call() {
    let mock = Standalone::start("standalone_log", &["--log", "text"]);
    mock.protocol("POST /acme/prod/orchestrator_/t/shrot", OWNER, "{}");
    mock.steer("POST /reset", "");
    let (code, told) = mock.end_and_hear();
    let told = regex::Regex::new(r"(?m)^[\d:.]+  ").unwrap().replace_all(&told, "[time]  ").into_owned();
    let told = regex::Regex::new(r"\d+ ms").unwrap().replace_all(&told, "[n] ms").into_owned();
    // A call to nothing shows nothing of a client.
    assert_eq!(code, 3);
    crate::orchspec::assert_shows!("standalone_log", told);
}

/// What people paste from the terminal works as it stands.
#[rstest]
#[case("standalone_banner", &["mock"])]
#[case("standalone_banner_tls", &["mock", "--tls", "self-signed", "--policy", "location=relative"])]
fn every_line_of_the_banner_can_be_pasted(#[case] name: &str, #[case] arguments: &[&str]) {
    let folder = Orchspec::new(name);
    let ended = Orchspec::wait(folder.watched("paste.py", arguments).stdout(Stdio::piped()).spawn().unwrap());
    assert_eq!(ended.code, 0, "{ended}");
    let statuses: Vec<&str> =
        ended.stdout.lines().filter_map(|line| line.strip_prefix("HTTP/1.1 ")?.split(' ').next()).collect();
    // The first job is asked about until it redirects, the second is forgotten, and the third is waited for.
    assert_eq!(statuses, ["303", "200", "200", "200"], "{ended}");
    assert!(ended.stdout.contains(r#"{"echo":{}}"#), "{ended}");
    assert!(ended.stdout.contains(r#"{"status":200,"task":{"id":9"#), "{ended}");
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
const SOME: [&str; 4] = ["uipath/async/*", "uipath/sync/released-*", "elma/download/*", "elma/cancel/*"];

#[rstest]
#[case("standalone_suite", &[])]
#[case("standalone_suite_tls", &["--tls", "self-signed"])]
fn the_suite_holds_on_it(#[case] name: &str, #[case] options: &[&str]) {
    let mock = Standalone::start(name, &[options, &["--quick", "--target-out", "target.yaml"]].concat());
    let ended = mock.folder.call(&[&["run", "--target", "target.yaml"], &SOME[..]].concat());
    assert_eq!(ended.code, 0, "{ended}");
}

/// Whoever steers shows a token: the target file says where to find it, and no report shows it.
#[test]
fn the_suite_holds_on_a_mock_that_is_guarded() {
    let token = "let-me-in-please";
    let folder = Orchspec::new("standalone_guarded").variable("ORCHSPEC_CONTROL_TOKEN", token);
    let mock = Standalone::start_in(folder, &["--quick", "--target-out", "target.yaml"]);
    let report = ["--report", "json=report.json"];
    let ended =
        mock.folder.call(&[&["run", "--target", "target.yaml", SOME[1], SOME[3]], &report[..]].concat());
    assert_eq!(ended.code, 0, "{ended}");
    for told in [ended.to_string(), mock.folder.read("report.json"), mock.folder.read("target.yaml")] {
        assert!(!told.contains(token));
    }
}

/// A session's target is that of the default one, below its prefix.
#[test]
fn the_suite_holds_on_a_session() {
    let mock = Standalone::start("standalone_suite_session", &["--quick", "--target-out", "target.yaml"]);
    let created = mock.steer("POST /sessions", r#"{"name":"own"}"#);
    let default = mock.folder.read("target.yaml");
    let control = mock.line["control"].as_str().unwrap();
    let own = default
        .replace(mock.line["uipath"]["url"].as_str().unwrap(), created["uipath"].as_str().unwrap())
        .replace(
            &format!("base: {:?}", mock.line["elma"]["url"].as_str().unwrap()),
            &format!("base: {}", created["elma"]),
        )
        .replace(&format!("\"{control}/hooks\""), &created["hooks"].to_string());
    fs::write(mock.folder.path("own.yaml"), own).unwrap();
    let ended = mock.folder.call(&["run", "--target", "own.yaml", SOME[1], SOME[3]]);
    assert_eq!(ended.code, 0, "{ended}");
    assert_eq!(mock.steer("GET /count", "")["exchanges"], 0);
}
