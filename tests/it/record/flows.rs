//! The four main flows, each as three clients have it: what is recorded passes `lint` and replays green as it is.

use regex::Regex;
use rstest::rstest;

use crate::judged::program;
use crate::orchspec::{Orchspec, assert_shows};
use crate::packages;
use crate::server::{Server, target_file};

const CLIENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/clients");

/// The scenario that a client's flow becomes, replayed against the same server.
fn recorded(name: &str, profile: &str, flow: &str, client: [&str; 2]) -> (Orchspec, String) {
    let server = Server::start(profile, &[]);
    let program = program(&format!("record-{name}-{flow}"), server.base())
        .variable("CLIENT_BEARER", "pat-owner-5b1f0c8e7d")
        .variable("CLIENT_TOKEN", "3f0c8a52-6d1e-4b7a-9c55-0e7f2a1b6c01")
        .variable("CI", "true");
    let (target, client_file) = (target_file(profile), format!("{CLIENTS}/{}", client[1]));
    let target = ["--target", &target, "--set", "hooks=none"];
    let command = ["--", client[0], &client_file, flow];
    let recording = program.call(&[&["record", "--name", flow], &target[..], &command].concat());
    assert_eq!(recording.code, 0, "{recording}");
    assert!(!recording.stdout.is_empty(), "the client got no result\n{recording}");
    let linted = program.call(&["lint", "recorded/scenarios"]);
    assert_eq!((linted.code, linted.stderr.as_str()), (0, ""), "{linted}");
    let replay = ["run", "--suite", "recorded", "--snapshots-dir", "recorded/snapshots"];
    let replayed = program.call(&[&replay, &target[..]].concat());
    assert_eq!(replayed.code, 0, "{replayed}");
    assert!(replayed.stdout.contains("1 case in [time]: 1 pass;"), "{replayed}");
    let text = program.read(&format!("recorded/scenarios/{profile}/recorded/{flow}.yaml"));
    (program, text)
}

/// What no two recordings have in common.
fn normalized(text: &str) -> String {
    let varying = [
        (r"on \d{4}-\d\d-\d\d at \d\d:\d\d:\d\d UTC", "on [date]"),
        (r": \d+ requests", ": [count] requests"),
        (r"# recorded: .*", "# recorded: [answers]"),
    ];
    let replace = |text: String, (pattern, with): &(&str, &str)| {
        Regex::new(pattern).unwrap().replace_all(&text, *with).into_owned()
    };
    varying.iter().fold(text.to_owned(), replace)
}

#[rstest]
fn a_flow_is_recorded_alike_from_every_client(
    #[values(("uipath", "polling"), ("uipath", "held"), ("uipath", "forgotten"), ("elma", "task"))] flow: (
        &str,
        &str,
    ),
    #[values(["sh", "client.sh"], ["node", "client.mjs"], ["python3", "client.py"])] client: [&str; 2],
) {
    if client[0] == "sh" && !packages::are_there(&["curl"]) {
        return;
    }
    let (profile, flow) = flow;
    let (_, text) = recorded(client[0], profile, flow, client);
    assert_shows!(format!("recorded_{flow}"), normalized(&text));
}
