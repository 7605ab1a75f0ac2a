//! What cannot be recorded, and what is said of it.

use std::net::TcpListener;

use rstest::{Context, rstest};

use super::upstream::{self, answer};
use super::{Recording, TARGET, curl};
use crate::orchspec::{Orchspec, assert_shows};

fn program(name: &str) -> Orchspec {
    Orchspec::new(&format!("record-{name}"))
        .variable("BASE", "http://127.0.0.1:9")
        .file("target.yaml", TARGET)
}

#[rstest]
#[case::record_no_base("target: 1\nidentity: { organization: A, product: B }\nuipath: {}\n", &[])]
#[case::record_other_protocol(TARGET, &["--profile", "elma"])]
#[case::record_http("target: 1\nhttp: { base: \"http://a\" }\n", &[])]
#[case::record_two_into_one("target: 1\nelma: { base: \"http://a\" }\nuipath: { base: \"http://a\" }\n", &["--output", "a.yaml"])]
#[case::record_name(TARGET, &["--name", "../a"])]
fn nothing_is_recorded(#[context] context: Context, #[case] target: &str, #[case] arguments: &[&str]) {
    let name = context.description.unwrap();
    let program = program(name).file("target.yaml", target);
    let ended = program.call(&[&["record", "--target", "target.yaml"], arguments].concat());
    assert_shows!(name, ended);
    assert_eq!(ended.code, 2);
    assert!(!program.path("recorded/scenarios/uipath/recorded/session.yaml").exists());
}

#[test]
fn what_is_there_is_kept_unless_force_is_used() {
    let path = "recorded/scenarios/uipath/recorded/session.yaml";
    let program = program("exists").file(path, "title: precious\n");
    let record = ["record", "--target", "target.yaml"];
    let refused = program.call(&[&record[..], &["--", "/bin/true"]].concat());
    assert_shows!("record_exists", refused);
    assert_eq!((refused.code, program.read(path).as_str()), (2, "title: precious\n"));
    let forced = program.call(&[&record[..], &["--force", "--", "/bin/true"]].concat());
    assert_eq!((forced.code, program.read(path).as_str()), (3, "title: precious\n"));
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ended = program("port").call(&["record", "--target", "target.yaml", "--listen", &address]);
    assert_shows!("record_port_in_use", ended);
    assert_eq!(ended.code, 4);
}

#[test]
fn a_client_that_never_comes_is_waited_for_until_somebody_ends_it() {
    let program = program("nobody");
    let ended = Recording::start(&program, &[]).end("-INT");
    assert!(ended.stderr.contains("error[nothing-recorded]: no request came through the proxy"), "{ended}");
    assert_eq!(ended.code, 3);
}

#[test]
fn a_server_that_is_down_is_a_502_to_the_client_and_told_in_the_end() {
    let program = program("down");
    let recording = Recording::start(&program, &[]);
    let seen = curl(&["--write-out", "%{http_code}", &format!("{}/t/quick", recording.url)]);
    assert_eq!(seen, "orchspec record: connection refused: nobody listens there\n502");
    let ended = recording.end("-TERM");
    assert!(ended.stderr.contains("left out: GET /t/quick got no answer: connection refused"), "{ended}");
    assert_eq!(ended.code, 3);
}

#[test]
fn a_poll_that_was_broken_off_and_what_has_no_words_are_told() {
    let own = upstream::start(|asked, _| match asked.what.as_str() {
        "POST /t/quick" => answer("202 Accepted", &["Location: /status"], ""),
        "GET /status" => answer("200 OK", &[], "running"),
        _ => answer("204 No Content", &[], ""),
    });
    let program = program("broken-off").variable("BASE", own);
    let recording = Recording::start(&program, &[]);
    let call = |path: &str, more: &[&str]| {
        let token = ["--header", "Authorization: Bearer secret-of-the-owner+1"];
        curl(&[&token[..], &[&format!("{}{path}", recording.url)], more].concat())
    };
    call("/t/quick", &["--json", "{\"a\":1}", "--header", "X-Tenant: 7"]);
    call("/status", &[]);
    call("/status", &[]);
    call("/t/quick", &["--request", "OPTIONS"]);
    call("/favicon.ico", &[]);
    let ended = recording.end("-INT");
    assert_eq!(ended.code, 0, "{ended}");
    let text = program.read("recorded/scenarios/uipath/recorded/session.yaml");
    let steps = text.split_once("steps:\n").unwrap().1;
    let times = regex::Regex::new(r", in \d+m?s").unwrap();
    assert_shows!("record_broken_off", times.replace_all(steps, ", in [time]"));
    assert_eq!(program.call(&["lint", "recorded/scenarios"]).code, 0);
}
