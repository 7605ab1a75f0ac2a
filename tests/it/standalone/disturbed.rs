//! Verdicts where calls are disturbed: right clients stay clean, and what can be told of others is told.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use rstest::rstest;
use serde_json::Value;

use super::program::{Standalone, connect};
use super::verdicts::{POLLED, Task, WAITED, client, right};
use crate::client::root;
use crate::orchspec::Orchspec;

const BUSY: &str =
    "{ name: busy, on: poll, when: { nth: 2 }, phase: before_commit, do: { status: 503, retry_after: 1s } }";
const BUSY_UNTIL: &str = "{ name: busy, on: poll, when: { nth: 2 }, phase: before_commit, do: { status: 503, retry_after: { date: 1s } } }";
const EDGE: &str = "{ name: edge, on: invoke, when: { nth: 1 }, do: { status: 502 } }";

fn disturbed(name: &str, rule: &str) -> Standalone {
    let folder = Orchspec::new(name).file("faults.yaml", format!("faults: 1\nrules: [{rule}]\n"));
    let options = ["--clock", "auto", "--faults", "faults.yaml", "--report", "json=report.json"];
    Standalone::start_in(folder, &options)
}

/// How the mock ended, and the verdicts of its report by rule.
fn reported(mock: Standalone) -> (i32, Vec<(String, String)>) {
    let (code, folder) = mock.end();
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let rows = report["requirements"].as_array().unwrap().iter();
    (code, rows.map(|row| (text(row, "id"), text(row, "verdict"))).collect())
}

fn those(rows: &[(String, String)], verdicts: &[&str]) -> Vec<(String, String)> {
    rows.iter().filter(|(_, verdict)| verdicts.contains(&verdict.as_str())).cloned().collect()
}

#[rstest]
#[case::no_advice_is_taken("ignores-retry-after", BUSY, ("CV-POLL-2", "warn"), 0)]
#[case::another_unit("reads-seconds-as-milliseconds", BUSY, ("CV-POLL-2", "warn"), 0)]
#[case::no_date_is_heeded("ignores-retry-after", BUSY_UNTIL, ("CV-POLL-2", "warn"), 0)]
#[case::each_call_by_itself("starts-again-after-502", EDGE, ("CV-RETRY-1", "inconclusive"), 3)]
fn what_can_be_told_of_a_mutant_is_told(
    #[case] mutant: &str,
    #[case] rule: &str,
    #[case] (id, verdict): (&str, &str),
    #[case] expected: i32,
) {
    let mock = disturbed(&format!("disturbed_{mutant}_{}", rule.len()), rule);
    client(&mock, &[&root("tests/fixtures/clients/mutants.py"), mutant], POLLED, "a");
    let (code, rows) = reported(mock);
    let found = those(&rows, &["fail", "warn", "inconclusive"]);
    assert_eq!((code, found), (expected, vec![(id.to_owned(), verdict.to_owned())]), "{rows:#?}");
}

/// One connection is one client: it cannot say that it knew nothing of the call before.
#[test]
fn a_start_that_is_sent_again_on_its_connection_is_found() {
    let mock = disturbed("disturbed_kept", EDGE);
    let mut stream = connect(&mock.origin());
    assert_eq!([invoke(&mock, &mut stream), invoke(&mock, &mut stream)], [502, 202]);
    drop(stream);
    let (code, rows) = reported(mock);
    assert_eq!((code, those(&rows, &["fail"])), (1, vec![("CV-RETRY-1".to_owned(), "fail".to_owned())]));
}

/// Starts a job on a connection that stays open, and gives the status of the answer.
fn invoke(mock: &Standalone, stream: &mut TcpStream) -> u16 {
    let token = mock.line["uipath"]["token"].as_str().unwrap();
    let request = format!(
        "POST /acme/prod/orchestrator_/t/short HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{{\"n\":1}}",
        mock.origin()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut reader = BufReader::new(stream);
    let head: Vec<String> =
        reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let length =
        head.iter().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    head[0].split(' ').nth(1).unwrap().parse().unwrap()
}

#[rstest]
#[case("gentle-502", POLLED)]
#[case("bursty-edge", POLLED)]
#[case("lossy-create", POLLED)]
#[case("long-poll-drops", WAITED)]
fn a_right_client_stays_clean(#[case] preset: &str, #[case] task: Task) {
    let options = ["--clock", "auto", "--faults", preset, "--report", "json=report.json"];
    let mock = Standalone::start(&format!("disturbed_right_{preset}"), &options);
    for mark in ["a", "b"] {
        client(&mock, &[&right()], task, mark);
    }
    let (code, rows) = reported(mock);
    assert_eq!((code, those(&rows, &["fail", "warn", "inconclusive"])), (0, Vec::new()), "{rows:#?}");
}

/// Two clients of one name with the same task, the first of which gave up, are two clients.
#[test]
fn a_client_that_is_started_anew_repeats_nothing() {
    let mock = disturbed("disturbed_anew", EDGE);
    for _ in 0..2 {
        client(&mock, &[&right()], POLLED, "a");
    }
    let (code, rows) = reported(mock);
    assert_eq!((code, those(&rows, &["fail", "warn"])), (3, Vec::new()), "{rows:#?}");
}
