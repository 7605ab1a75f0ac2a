//! What clients that people use make of damage on the wire: none of them takes a damaged answer for a whole one, and the
//! mock goes on to serve them.

use std::process::Command;

use orchspec::mock::fault::damage::{KINDS, Kind};
use rstest::rstest;

use super::program::Standalone;
use crate::client::root;
use crate::orchspec::Orchspec;
use crate::packages;

/// What `echo-get` answers to a call with this query.
const CALL: &str = "/t/echo-get?%24callMode=LongPolling&n=1";
const BODY: &str = r#"{"echo":{"n":"1"}}"#;

/// A rule for each kind, for calls that name it; who waits for what never comes is let go in the end.
fn plan(kinds: &[&Kind]) -> String {
    let rule = |kind: &&Kind| {
        let more = if kind.word == "hang" { ", for: 1h" } else { "" };
        format!(
            "  - {{ name: {0}, on: {{ op: invoke, header: {{ x-damage: {0} }} }}, do: {{ wire: {0}{more} }} }}\n",
            kind.word
        )
    };
    format!("faults: 1\nrules:\n{}", kinds.iter().map(rule).collect::<String>())
}

/// Which client it is, and what it runs.
const CLIENTS: [(&str, &str, &str); 3] =
    [("curl", "bash", "walk.sh"), ("urllib", "python3", "walk.py"), ("fetch", "node", "walk.mjs")];

/// What a client makes of a damaged answer. Of two lengths one library takes the first; the others refuse both.
fn expected(client: &str, kind: &Kind) -> &'static str {
    let is_whole = kind.usual.spares_answer() && (kind.word != "conflicting-length" || client == "urllib");
    if is_whole { "whole" } else { "error" }
}

/// Whether the next call comes to a whole answer. A client that keeps connections may meet the break of one that went
/// stale before it does.
fn is_served(client: &str, kind: &Kind, next: &str) -> bool {
    next == "whole" || (next == "error, whole" && (client, kind.word) == ("fetch", "stale-keepalive"))
}

#[rstest]
#[case::plain(&[], &KINDS.each_ref().map(|kind| kind.word))]
#[case::tls(&["--tls", "self-signed"], &["rst", "fin", "truncate", "stale-keepalive", "dribble"])]
fn no_client_takes_a_damaged_answer_for_a_whole_one(#[case] options: &[&str], #[case] words: &[&str]) {
    let mut kinds: Vec<&Kind> = KINDS.iter().filter(|kind| words.contains(&kind.word)).collect();
    // A connection that went stale may be used for whichever call comes next.
    kinds.sort_by_key(|kind| kind.word == "stale-keepalive");
    let words: Vec<&str> = kinds.iter().map(|kind| kind.word).collect();
    let folder =
        Orchspec::new(&format!("standalone_damage_{}", kinds.len())).file("faults.yaml", plan(&kinds));
    let given = [&["--clock", "auto", "--faults", "faults.yaml"], options].concat();
    let mock = Standalone::start_in(folder, &given);
    for (client, interpreter, file) in CLIENTS {
        if client == "curl" && !packages::are_there(&["curl"]) {
            continue;
        }
        let told =
            walk(&mock, &[interpreter, &root(&format!("tests/fixtures/clients/damage/{file}"))], &words);
        for (kind, told) in kinds.iter().zip(&told) {
            let [damaged, next] = told;
            assert_eq!(
                damaged.split(' ').next().unwrap(),
                expected(client, kind),
                "{client}, {}: {damaged}",
                kind.word
            );
            assert!(is_served(client, kind, next), "{client}, behind {}: {next}", kind.word);
        }
        assert_eq!(told.len(), kinds.len(), "{client}");
    }
    let counts = mock.steer("GET /faults", "")["counts"].clone();
    let missed: Vec<_> = counts.as_array().unwrap().iter().filter(|count| count["fired"] == 0).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

/// What one process of the client said of every damage, and of the call behind it.
fn walk(mock: &Standalone, command: &[&str], words: &[&str]) -> Vec<[String; 2]> {
    let uipath = &mock.line["uipath"];
    let output = Command::new(command[0])
        .args(&command[1..])
        .env("MOCK_URL", format!("{}{CALL}", uipath["url"].as_str().unwrap()))
        .env("MOCK_TOKEN", uipath["token"].as_str().unwrap())
        .env("MOCK_BODY", BODY)
        .env("MOCK_DAMAGES", words.join(" "))
        .env("NO_PROXY", "127.0.0.1")
        .env("NODE_TLS_REJECT_UNAUTHORIZED", "0")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = told.lines().map(|line| line.split_once(' ').unwrap().1).collect();
    lines.chunks(2).map(|pair| [pair[0].to_owned(), pair[1].to_owned()]).collect()
}
