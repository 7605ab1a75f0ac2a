//! The way to the server: who cannot be reached, whom to trust, who comes late, and what happens on Ctrl-C.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::time::Duration;

use rstest::{Context, rstest};
use serde_json::Value;

use crate::judged::{Judged, program};
use crate::orchspec::{Orchspec, assert_shows};
use crate::server::{Server, target_file};
use crate::stranger::Stranger;

#[rstest]
#[case::closed_port(free_port(), "connection refused: nobody listens there")]
#[case::no_address("http://no-such-host.invalid".to_owned(), "the host name has no address")]
#[case::unknown_issuer(Stranger::listen().base, "the TLS handshake failed")]
#[case::authoritys_certificate(Stranger::alone().base, "the TLS handshake failed")]
fn who_cannot_be_reached_is_not_judged(
    #[context] context: Context,
    #[case] base: String,
    #[case] reason: &str,
) {
    let program = program(&format!("reach-{}", context.description.unwrap()), &base);
    let target = target_file("uipath");
    let judged = Judged::run(&program, &["--target", &target, "--set", "hooks=none"]);
    assert_eq!(judged.ended.code, 4, "{}", judged.ended);
    assert!(judged.ended.stderr.contains(reason), "{}", judged.ended);
    assert_eq!((judged.musts("pass"), judged.musts("fail")), (vec![], vec![]));
    let beginning: Vec<&str> = judged.ended.stdout.lines().take(4).collect();
    assert_eq!(judged.ended.stdout.lines().count(), 7, "{}", judged.ended);
    if !reason.contains("host name") {
        // What a resolver says differs from machine to machine.
        assert_shows!(context.description.unwrap(), beginning.join("\n"));
    }
    assert_eq!(program.call(&["target", "check", &target]).code, 4);
}

const ALERT: &[u8] = &[0x15, 3, 1, 0, 2, 2, 70];

/// Whoever speaks something else is no server that does wrong, but a mistake in the target file.
#[rstest]
#[case::foreign_tls_hangs_up(Stranger::listen().base.replace("https:", "http:"))]
#[case::foreign_tls_alert(always(ALERT))]
#[case::foreign_http2(always(b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0"))]
#[case::foreign_banner(always(b"SSH-2.0-OpenSSH_9.6\r\n"))]
fn who_speaks_no_http_is_not_judged(#[context] context: Context, #[case] base: String) {
    let name = context.description.unwrap();
    let (program, target) = (program(name, &base), target_file("elma"));
    let arguments = ["--target", &target, "--set", "hooks=none"];
    let ended = program.call(&[&["run"], arguments.as_slice()].concat());
    assert_eq!((ended.code, ended.stdout.as_str()), (4, ""), "{ended}");
    assert_shows!(name, ended.stderr.find("error[").map_or("", |place| &ended.stderr[place..]));
    let judged = Judged::run(&program, &arguments);
    assert_eq!((judged.ended.code, judged.musts("pass"), judged.musts("fail")), (4, vec![], vec![]));
    assert!(judged.ended.stdout.contains("\n  not judged  "), "{}", judged.ended);
    assert_eq!(program.call(&["target", "check", &target]).code, 4);
}

/// A greeting that meets a disturbance says nothing of the server behind it.
#[rstest]
#[case::alert(ALERT)]
#[case::nothing(b"")]
#[case::half(b"HTTP/1.1 40")]
fn a_disturbed_greeting_stops_no_run(#[context] context: Context, #[case] first: &'static [u8]) {
    let base = disturbed(first);
    let program = program(&format!("disturbed-{}", context.description.unwrap()), &base);
    let arguments = ["elma/create/*", "--target", &target_file("elma"), "--set", "hooks=none"];
    let judged = Judged::run(&program, &arguments);
    assert_eq!(judged.ended.code, 1, "{}", judged.ended);
    assert!(judged.ended.stdout.contains("answers was HTTP 404: is `base` right?"), "{}", judged.ended);
}

/// Says this and hangs up at first, and then answers every request with 404.
fn disturbed(first: &'static [u8]) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for (number, mut socket) in listener.incoming().flatten().enumerate() {
            let _ = socket.read(&mut [0; 4096]);
            let answer = if number < 2 {
                first
            } else {
                b"HTTP/1.1 404 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            };
            let _ = socket.write_all(answer);
        }
    });
    base
}

const TRUSTED: &str = "tls: { ca: issuer.pem, client_cert: none, insecure: false }";

#[rstest]
#[case::own_authority(Stranger::listen(), TRUSTED)]
#[case::pinned(Stranger::alone(), TRUSTED)]
#[case::insecure(Stranger::listen(), "tls: { ca: none, client_cert: none, insecure: true }")]
fn a_trusted_server_is_judged(#[context] context: Context, #[case] stranger: Stranger, #[case] tls: &str) {
    let program = program(&format!("trust-{}", context.description.unwrap()), &stranger.base)
        .file("issuer.pem", &stranger.issuer)
        .file("target.yaml", changed("uipath", "tls: { ca: none, client_cert: none, insecure: false }", tls));
    let arguments = ["uipath/fire-and-forget/*", "--target", "target.yaml", "--set", "hooks=none"];
    let judged = Judged::run(&program, &arguments);
    assert_eq!(judged.ended.code, 1, "{}", judged.ended);
    assert!(judged.ended.stdout.contains("answers was HTTP 404: is `base` right?"), "{}", judged.ended);
}

#[test]
fn a_server_that_comes_late_is_waited_for() {
    let base = free_port();
    let port = base.rsplit(':').next().unwrap().to_owned();
    let program = program("late", &base);
    let target = target_file("elma");
    let arguments = ["elma/create/*", "--target", &target, "--set", "hooks=none", "--wait", "60s"];
    let run = program.start(&[&["run"], arguments.as_slice()].concat());
    std::thread::sleep(Duration::from_secs(1));
    let _server = Server::start("elma", &["--port", &port]);
    let ended = Orchspec::wait(run);
    assert_eq!(ended.code, 0, "{ended}");
}

/// Answers every request the same way, one connection at a time and without closing it, until the process ends.
fn always(answer: &'static [u8]) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut socket in listener.incoming().flatten() {
            std::thread::spawn(move || {
                while socket.read(&mut [0; 4096]).is_ok_and(|length| length > 0) {
                    if socket.write_all(answer).is_err() {
                        break;
                    }
                }
            });
        }
    });
    base
}

#[rstest]
#[case::surplus(b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}EXTRA", "bytes after the body in ")]
#[case::both(
    b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "Content-Length beside Transfer-Encoding in "
)]
#[case::twice(
    b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    "Content-Length more than once in "
)]
fn odd_framing_is_told(#[context] context: Context, #[case] answer: &'static [u8], #[case] told: &str) {
    let program = program(&format!("framing-{}", context.description.unwrap()), &always(answer));
    let arguments = ["uipath/fire-and-forget/*", "--target", &target_file("uipath"), "--set", "hooks=none"];
    let judged = Judged::run(&program, &arguments);
    assert_eq!(judged.ended.code, 1, "{}", judged.ended);
    assert!(judged.ended.stdout.lines().any(|line| line.starts_with(told)), "{}", judged.ended);
    let exchanges =
        judged.report["volatile"]["evidence"]["uipath/fire-and-forget/answers-at-once"].to_string();
    assert!(exchanges.contains(told.trim_end_matches(" in ")), "{exchanges}");
}

#[test]
fn who_has_waited_in_vain_is_not_told_to_wait() {
    let program = program("vain", &free_port());
    let ended =
        program.call(&["run", "--target", &target_file("elma"), "--set", "hooks=none", "--wait", "1s"]);
    assert_eq!(ended.code, 4, "{ended}");
    assert!(
        ended.stderr.contains(" = help: --wait 1s has run out: check `base` in the target file"),
        "{ended}"
    );
}

const HELD: &str = r#"title: A job that nobody releases
profile: uipath
needs: { jobs: { job: { kind: queue, release: hook, mode: AsyncRequestReply } } }
steps:
  - name: invoke
    request: { invoke: job, mode: AsyncRequestReply }
    expect: [ { covers: [UIP-ASYNC-02], status: 202 } ]
    capture: { status_uri: location }
  - name: poll until the job ends
    poll: "${{ status_uri }}"
    within: 30s
    pending: { status: 200 }
    until: { covers: [UIP-ASYNC-11], status: 303 }
cleanup:
  - name: leave no job in the queue
    hook: { release: job }
"#;

#[test]
fn ctrl_c_cleans_up_and_reports() {
    let server = Server::start("uipath", &["--hooks"]);
    let program = program("interrupted", server.base()).file("suite/scenarios/uipath/held.yaml", HELD);
    let target = target_file("uipath");
    let reports =
        ["--report", "json=report.json", "--report", "junit=report.xml", "--report", "jsonl=report.jsonl"];
    let arguments = [&["run", "--suite", "suite", "--target", target.as_str()], reports.as_slice()].concat();
    let run = program.start(&arguments);
    while hook(&server, r#"{"op":"count","job":"held"}"#)["count"] != 1 {
        std::thread::sleep(Duration::from_millis(20));
    }
    let begun = program.read("report.jsonl");
    assert!(begun.starts_with(r#"{"type":"header""#) && begun.lines().count() == 1, "{begun}");
    let killed = Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let ended = Orchspec::wait(run);
    assert_eq!(ended.code, 130, "{ended}");
    assert_ne!(hook(&server, r#"{"op":"inspect","job":"held"}"#)["state"], "queued", "{ended}");
    let report: Value = serde_json::from_str(&program.read("report.json")).unwrap();
    assert_eq!(
        (&report["selection"]["complete"], &report["gate"]["exit_code"]),
        (&false.into(), &130.into())
    );
    let lines = program.read("report.jsonl");
    assert!(lines.lines().last().unwrap().starts_with(r#"{"type":"footer","complete":false,"#), "{lines}");
    assert!(program.read("report.xml").contains(r#"<property name="complete" value="no"/>"#));
    assert!(ended.stdout.contains("\nincomplete: 1 case in "), "{ended}");
}

const HONEST: &str = "import os, sys, urllib.request
for line in sys.stdin:
    request = urllib.request.Request(os.environ['ORCHSPEC_TEST_HOOKS'], line.encode())
    print(urllib.request.urlopen(request).read().decode().replace('\\n', ' '), flush=True)
";

const BOASTER: &str = "import json, sys
for line in sys.stdin:
    print(json.dumps({'id': json.loads(line)['id'], 'ok': True}), flush=True)
";

/// Cases that count jobs, or release them.
const HOOKED: [&str; 4] = ["--requirement", "UIP-GEN-21", "--requirement", "UIP-ASYNC-10"];

#[test]
fn both_tiers_of_hooks_give_the_same_verdicts() {
    let server = Server::start("uipath", &["--hooks"]);
    let url = Judged::server("hooks-url", "uipath", &server, &HOOKED);
    let command = hooked("hooks-command", &server, HONEST);
    assert_eq!((url.ended.code, command.ended.code), (0, 0), "{}{}", url.ended, command.ended);
    assert_eq!(url.verdicts(), command.verdicts());
    assert_eq!(url.verdict("UIP-GEN-21"), "pass");
}

#[test]
fn an_adapter_that_claims_everything_is_not_believed() {
    let server = Server::start("uipath", &["--hooks"]);
    let program = with_adapter("hooks-boaster", &server, BOASTER);
    let ended = program.call(&[&["run", "--target", "target.yaml"], HOOKED.as_slice()].concat());
    assert_eq!(ended.code, 4, "{ended}");
    assert!(ended.stdout.contains("an operation that does not exist"), "{ended}");
}

#[rstest]
#[case::adapter_without_id("print('{\"ok\": true}', flush=True); sys.stdin.read()")]
#[case::adapter_garbage("print('starting up', flush=True); sys.stdin.read()")]
#[case::adapter_ended("sys.exit(3)")]
fn an_adapter_that_is_none_is_told_what_it_did(#[context] context: Context, #[case] answering: &str) {
    let name = context.description.unwrap();
    let server = Server::start("uipath", &["--hooks"]);
    let program = with_adapter(name, &server, &format!("import sys\nsys.stdin.readline()\n{answering}\n"));
    let ended = program.call(&["target", "check", "target.yaml", "--no-jobs"]);
    assert_eq!(ended.code, 1, "{ended}");
    let told = ended.stdout.lines().find(|line| line.contains("hooks")).unwrap_or_default();
    let nonsense = told.split('`').nth(1).unwrap_or_default();
    assert_shows!(name, told.replace(nonsense, "[operation]"));
}

#[test]
fn what_failed_last_is_not_worth_a_result() {
    let program = Orchspec::new("unwritable").file(".orchspec", "a file where a folder should be");
    let judged = Judged::run(&program, &["--defect", "UIP-ASYNC-02/200-instead-of-202"]);
    assert_eq!(judged.ended.code, 1, "{}", judged.ended);
    assert!(judged.ended.stderr.contains("only `--last-failed` needs this file"), "{}", judged.ended);
}

fn hooked(folder: &str, server: &Server, adapter: &str) -> Judged {
    let program = with_adapter(folder, server, adapter);
    Judged::run(&program, &[&["--target", "target.yaml"], HOOKED.as_slice()].concat())
}

fn with_adapter(folder: &str, server: &Server, adapter: &str) -> Orchspec {
    let url = "hooks: { url: { env: ORCHSPEC_TEST_HOOKS } }";
    let target = changed("uipath", url, "hooks: { command: [python3, adapter.py] }");
    program(folder, server.base()).file("adapter.py", adapter).file("target.yaml", target)
}

/// A target file of the fixtures with one line replaced.
fn changed(profile: &str, from: &str, to: &str) -> String {
    let text = fs::read_to_string(target_file(profile)).unwrap();
    assert!(text.contains(from), "{from}");
    text.replace(from, to)
}

/// A base URL where nobody listens yet.
fn free_port() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// Asks the server by its hooks.
fn hook(server: &Server, message: &str) -> Value {
    let mut socket = TcpStream::connect(server.base().trim_start_matches("http://")).unwrap();
    let head = format!("POST /hooks HTTP/1.0\r\nContent-Length: {}\r\n\r\n", message.len());
    socket.write_all(format!("{head}{message}").as_bytes()).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}
