//! Faults of a mock that others call: plans, presets, counters, and what a call would meet.

use serde_json::{Value, json};

use super::program::{OWNER, Standalone, call};
use crate::orchspec::Orchspec;

const INVOKE: &str = "POST /acme/prod/orchestrator_/t/short";

#[test]
fn a_preset_meets_the_calls_that_it_names_and_counts_them() {
    let mock = Standalone::start("faults_preset", &["--faults", "gentle-502", "--seed", "5"]);
    let started = mock.protocol(INVOKE, OWNER, "{}");
    let poll = || mock.protocol(&format!("GET {}", started.path()), OWNER, "").status;
    assert_eq!([started.status, poll(), poll(), poll()], [202, 200, 502, 200]);
    let shown = mock.steer("GET /faults", "");
    let count =
        json!({ "name": "second-read", "eligible": 3, "fired": 1, "exhausted": 0, "optional": false });
    assert_eq!((&shown["counts"], &shown["seed"]), (&json!([count]), &json!(5)));
    let journal = mock.steer("GET /journal", "");
    let met = journal["entries"].as_array().unwrap().iter().find(|entry| entry["fault"] == "second-read");
    let met = met.unwrap();
    assert_eq!(
        (&met["phase"], &met["status"], &met["job"]),
        (&json!("after_commit"), &json!(502), &json!(1))
    );
}

#[test]
fn a_plan_is_changed_while_it_runs_and_put_back_as_it_was() {
    let mock = Standalone::start("faults_changed", &["--faults", "lossy-create"]);
    let was = mock.steer("GET /faults", "")["faults"].clone();
    let plan = json!({ "faults": { "rules": [{ "name": "gone", "on": "invoke", "do": { "status": 503, "retry_after": "7s" }, "phase": "before_commit" }] } });
    mock.steer("PUT /faults", &plan.to_string());
    let refused = mock.protocol(INVOKE, OWNER, "{}");
    assert_eq!(refused.status, 503);
    assert!(refused.head.to_lowercase().contains("retry-after: 7"), "{}", refused.head);
    assert_eq!(mock.steer("GET /count", "")["jobs"], 0);
    mock.steer("PUT /faults", &json!({ "faults": was }).to_string());
    assert_eq!(mock.steer("GET /faults", "")["faults"], was);
    assert_eq!(mock.protocol(INVOKE, OWNER, "{}").status, 502);
    assert_eq!(mock.steer("GET /count", "")["jobs"], 1);
    mock.steer("PUT /faults", r#"{"faults":{"rules":[]}}"#);
    assert_eq!(mock.protocol(INVOKE, OWNER, "{}").status, 202);
}

#[test]
fn what_a_call_would_meet_is_told_and_not_counted() {
    let mock = Standalone::start("faults_explained", &["--faults", "gentle-502"]);
    let started = mock.protocol(INVOKE, OWNER, "{}");
    let path = json!({ "path": started.path() }).to_string();
    let explain = |call: &str| mock.steer("POST /faults/explain", call);
    let first = json!({ "meets": [], "rules": [{ "name": "second-read", "fires": false, "because": "this is call number 1 of its row" }] });
    assert_eq!(explain(&path), first);
    assert_eq!(explain(&path), first);
    mock.protocol(&format!("GET {}", started.path()), OWNER, "");
    assert_eq!(explain(r#"{"op":"poll","job":1}"#)["meets"], json!(["second-read"]));
    let other = explain(r#"{"op":"invoke"}"#);
    assert_eq!(other["rules"][0]["because"], "it is for poll, wait, output, status, download");
    let nowhere = call(&mock.control(), "POST /faults/explain", "", r#"{"path":"/nowhere"}"#);
    assert_eq!(nowhere.status, 400, "{nowhere:?}");
}

#[test]
fn a_session_has_faults_of_its_own() {
    let mock = Standalone::start("faults_session", &[]);
    mock.steer("POST /sessions", r#"{"name":"a","faults":"lossy-create"}"#);
    assert_eq!(mock.protocol(&INVOKE.replace("/acme", "/s/a/acme"), OWNER, "{}").status, 502);
    assert_eq!(mock.protocol(INVOKE, OWNER, "{}").status, 202);
    assert_eq!(mock.steer("GET /s/a/faults", "")["counts"][0]["fired"], 1);
    mock.steer("POST /s/a/reset", "");
    assert_eq!(mock.steer("GET /s/a/faults", "")["counts"][0]["fired"], 0);
}

#[test]
fn a_mistake_in_a_message_is_told() {
    let mock = Standalone::start("faults_mistaken", &[]);
    let told = |body: &str| -> Value {
        let reply = call(&mock.control(), "PUT /faults", "", body);
        assert_eq!(reply.status, 400, "{reply:?}");
        serde_json::from_str::<Value>(&reply.body).unwrap()["error"].clone()
    };
    assert_eq!(
        told(r#"{"faults":"gentle"}"#),
        "there is no preset `gentle`; there are gentle-502, bursty-edge, lossy-create, long-poll-drops, pebble-like"
    );
    assert_eq!(
        told(r#"{"faults":{"rules":[{"name":"a","on":"pol","do":{"status":502}}]}}"#),
        "`pol` is not one of the words that may stand here"
    );
}

#[test]
fn a_configuration_names_a_preset_or_holds_a_plan() {
    for faults in ["lossy-create", "{ rules: [{ name: a, on: invoke, do: { status: 502 } }] }"] {
        let folder =
            Orchspec::new("faults_configured").file("mock.yaml", format!("mock: 1\nfaults: {faults}\n"));
        let mock = Standalone::start_in(folder, &["--config", "mock.yaml"]);
        assert_eq!(mock.protocol(INVOKE, OWNER, "{}").status, 502);
    }
}

/// A delay of minutes passes at once on a clock that jumps, and on one that stands still until it is moved.
#[test]
fn delays_pass_on_the_clock_of_the_mock() {
    let plan = "faults: 1\nrules: [{ name: slow, on: invoke, do: { delay: 10m } }]\n";
    let folder = Orchspec::new("faults_delayed").file("slow.yaml", plan);
    let mock = Standalone::start_in(folder, &["--faults", "slow.yaml", "--clock", "auto"]);
    assert_eq!(mock.protocol(INVOKE, OWNER, "{}").status, 202);
    let now = mock.steer("GET /clock", "")["now_ms"].as_u64().unwrap();
    assert!(now >= 600_000, "{now}");
}
