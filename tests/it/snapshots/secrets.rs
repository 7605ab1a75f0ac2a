//! A server that gives the owner's token away in every form: none of them is in any file that the program writes.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use orchspec::report::Format;
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use serde_json::{Value, json};

use super::files_below;
use crate::orchspec::Orchspec;

/// A token that looks different in each encoding.
const TOKEN: &str = "S3cret/owner+tok\"en=4217";

/// One that is a number, so that JSON can hold it without quotes.
const NUMBER: &str = "904217334455";

const SCENARIO: &str = r#"
title: A job is started, polled and read
profile: uipath
needs: { jobs: { job: { kind: echo } } }
steps:
  - name: invoke
    request: { invoke: job, mode: AsyncRequestReply }
    expect: [ { covers: [UIP-ASYNC-02], status: 202 } ]
    capture: { uri: location }
    snapshot: { name: accepted, redact: [ { pattern: "S3cret[a-z/]*" }, { pattern: "tok.*", as: rest } ] }
  - name: poll
    poll: "${{ uri }}"
    within: 5s
    pending: { covers: [UIP-ASYNC-09], status: 200 }
    until: { covers: [UIP-ASYNC-11], status: 303 }
    capture: { output: location }
  - name: read
    as: noview
    request: { get: "${{ output }}" }
    expect: [ { covers: [UIP-ASYNC-13], status: 202 } ]
    snapshot: { name: flow, trace: true, redact: [ /escaped ] }
"#;

const TARGET: &str = r"
target: 1
identity: { organization: orchspec, product: leaky, version: '1' }
uipath:
  base: { env: BASE }
  principals: { owner: { bearer: { env: OWNER } }, noview: { bearer: { env: NOVIEW } } }
  jobs:
    job: { path: /t/job, verb: POST, mode: AsyncRequestReply, kind: echo, runs: { at_least: 0s, at_most: 1s } }
timing: { poll: 20ms }
";

/// Every form in which an answer may repeat a secret.
fn forms(secret: &str) -> Vec<String> {
    let escaped = json!(secret).to_string();
    let escaped = escaped[1..escaped.len() - 1].to_owned();
    vec![
        secret.to_owned(),
        escaped.replace('/', "\\/"),
        escaped,
        percent_encode(secret.as_bytes(), NON_ALPHANUMERIC).to_string(),
        STANDARD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
        basic(secret),
    ]
}

fn basic(secret: &str) -> String {
    STANDARD.encode(format!("owner:{secret}"))
}

/// What must be nowhere: every form, what `Basic` makes of the token alone, and parts that a pattern could leave.
fn needles() -> Vec<String> {
    let within = basic(TOKEN)[8..30].to_owned();
    let parts = [NUMBER, "owner+tok", "en=4217"].map(str::to_owned);
    forms(TOKEN).into_iter().chain([within]).chain(parts).collect()
}

/// The body of an answer: the secrets as texts, numbers, names of members and within JSON that is a text.
fn body() -> String {
    let mut members: Vec<String> = Vec::new();
    for (index, form) in forms(TOKEN).iter().enumerate() {
        members.push(format!("\"form{index}\": {}", json!(form)));
    }
    members.push(format!("\"slashes\": \"{}\"", forms(TOKEN)[1]));
    members.push(format!("\"basic\": \"Basic {}\"", basic(TOKEN)));
    members.push(format!(
        "\"number\": {NUMBER}, \"id\": {NUMBER}, \"inner\": {}",
        json!(json!({ "t": TOKEN }).to_string())
    ));
    members.push(format!("{}: true, \"escaped\": {}", json!(TOKEN), json!(TOKEN)));
    format!("{{ {} }}", members.join(", "))
}

/// Answers 202, 200, 303 and then 202 again, each with the token wherever there is room for it.
fn answer(mut stream: TcpStream, base: &str, count: &AtomicUsize) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(length) if length > 0 => request.extend(&buffer[..length]),
            _ => return,
        }
    }
    if request.starts_with(b"HEAD") || !request.windows(5).any(|part| part == b"/t/jo") {
        let _ = stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
    }
    let status =
        ["202 Accepted", "200 OK", "303 See Other", "202 Accepted"][count.fetch_add(1, Ordering::SeqCst) % 4];
    let (pct, body) = (&forms(TOKEN)[3], body());
    let head = format!(
        "HTTP/1.1 {status}\r\nLocation: {base}/t/jobs/{pct}?token={pct}\r\nWWW-Authenticate: Bearer realm={TOKEN}\r\n\
         Cache-Control: private, x={}\r\nX-Echo: {NUMBER}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        basic(TOKEN),
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

fn serve() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let shown = base.clone();
    std::thread::spawn(move || {
        let count = AtomicUsize::new(0);
        listener.incoming().flatten().for_each(|stream| answer(stream, &shown, &count));
    });
    base
}

fn assert_holds_no_secret(name: &str, text: &str) {
    let text = text.to_lowercase();
    for form in needles() {
        assert!(!text.contains(&form.to_lowercase()), "{name} holds {form}: {text}");
    }
}

#[test]
fn no_file_and_no_output_holds_a_secret_in_any_form() {
    let program = Orchspec::new("snapshots_secrets")
        .variable("BASE", serve())
        .variable("OWNER", TOKEN)
        .variable("NOVIEW", NUMBER)
        .file("target.yaml", TARGET)
        .file("suite/scenarios/uipath/leaks.yaml", SCENARIO);
    let reports = Format::NAMES.map(|(name, _)| format!("--report={name}=reports/{name}"));
    let run = ["run", "--suite", "suite", "--target", "target.yaml"];
    let call = |rest: &[&str]| {
        let mut arguments = [&run[..], rest].concat();
        arguments.extend(reports.iter().map(String::as_str));
        let ended = program.call(&arguments);
        assert_holds_no_secret("the output", &ended.to_string());
        ended
    };
    let recorded = call(&["--snapshots", "record"]);
    assert!(recorded.stderr.contains("2 snapshots recorded below snapshots/leaky"), "{recorded}");
    let flow = program.read("snapshots/leaky/uipath/leaks/flow.snap");
    assert!(flow.contains("[uipath.owner.bearer]") && flow.contains("[uipath.noview.bearer]"), "{flow}");
    for name in ["accepted", "flow"] {
        let file = format!("snapshots/leaky/uipath/leaks/{name}.snap");
        fs::write(program.path(&file), program.read(&file).replace("status: 202", "status: 201")).unwrap();
    }
    assert!(call(&[]).stderr.contains("2 snapshots proposed"));
    for command in ["list", "review"] {
        let ended = program.call(&["snapshot", command, "--snapshots-dir", "snapshots/leaky"]);
        assert_holds_no_secret(command, &ended.to_string());
    }
    let written = files_below(&program.path(""));
    assert!(written.len() > reports.len() + 4);
    for file in written {
        assert_holds_no_secret(
            &file.display().to_string(),
            &String::from_utf8_lossy(&fs::read(&file).unwrap()),
        );
    }
    let report: Value = serde_json::from_str(&program.read("reports/json")).unwrap();
    assert_eq!(report["cases"][0]["snapshots"].as_array().unwrap().len(), 2);
}
