//! A job is called by the name that somebody has at hand, and what the control API gives can be given back.

use serde_json::{Value, json};

use super::program::{OWNER, Standalone, call};

/// Creates a task and gives its number.
fn created(mock: &Standalone) -> u64 {
    let (token, process) = (&mock.line["elma"]["systems"]["owner"], &mock.line["elma"]["processes"]["echo"]);
    let task = json!({ "auth_tkn": token, "task": { "process": process, "version": 0, "ctx": "{}" } });
    let reply = mock.protocol(
        "POST /v1/orchestra/task/create",
        "Content-Type: application/json\r\n",
        &task.to_string(),
    );
    let body: Value = serde_json::from_str(&reply.body).unwrap();
    body["task"]["id"].as_u64().unwrap_or_else(|| panic!("{reply:?}"))
}

#[test]
fn a_job_answers_to_every_name_that_it_has() {
    let mock = Standalone::start("naming", &[]);
    let path = mock.protocol("POST /acme/prod/orchestrator_/t/short", OWNER, "{}").path();
    let ticket = path.split('/').rev().nth(1).unwrap().to_owned();
    let number = created(&mock);
    let names = [
        ("1".to_owned(), 1),
        ("id:1".to_owned(), 1),
        (ticket.clone(), 1),
        (number.to_string(), 2),
        (format!("number:{number}"), 2),
    ];
    for (name, id) in names {
        assert_eq!(mock.steer(&format!("GET /jobs/{name}"), "")["id"], id, "{name}");
    }
    assert_eq!(mock.steer(&format!("POST /jobs/{ticket}/hold"), "")["held"], true);
    for name in ["7", "id:7", "number:7", "nobody", "label:short"] {
        let reply = call(&mock.control(), &format!("GET /jobs/{name}"), "", "");
        assert_eq!(reply.status, 404, "{reply:?}");
        assert!(reply.body.contains(&format!("there is no job {name}")), "{reply:?}");
    }
}

#[test]
fn a_name_of_two_jobs_is_told_from_both() {
    let mock = Standalone::start("naming_two", &["--policy", "ids=from-zero"]);
    mock.protocol("POST /acme/prod/orchestrator_/t/short", OWNER, "{}");
    assert_eq!(created(&mock), 1);
    let reply = call(&mock.control(), "POST /jobs/1/hold", "", "");
    let told = "1 is the id of a job of short and the number of a job of echo, whose id is 2: write `id:1` or `number:1`";
    assert_eq!((reply.status, reply.body), (409, json!({ "error": told }).to_string()));
    assert_eq!(mock.steer("GET /jobs/id:1", "")["fixture"], "short");
    assert_eq!(mock.steer("GET /jobs/number:1", "")["fixture"], "echo");
}

#[test]
fn a_plan_can_be_given_back_as_it_was_given() {
    let mock = Standalone::start("naming_faults", &["--faults", "gentle-502", "--seed", "5"]);
    let mut planned = mock.steer("GET /faults", "");
    assert_eq!(planned["seed"], 5);
    assert_eq!(mock.steer("PUT /faults", &planned.to_string()), planned);
    planned["seed"] = json!(6);
    let refused = call(&mock.control(), "PUT /faults", "", &planned.to_string());
    let told = "the chances of this plan come from the seed 5: write 6 into the plan";
    assert_eq!((refused.status, refused.body), (400, json!({ "error": told }).to_string()));
    planned["faults"]["seed"] = json!(6);
    assert_eq!(mock.steer("PUT /faults", &planned.to_string())["seed"], 6);
}

#[test]
fn a_script_for_no_job_is_none() {
    let mock = Standalone::start("naming_times", &[]);
    let refused = call(&mock.control(), "POST /jobs/next", "", r#"{"times":0,"fault":"boom"}"#);
    assert_eq!(refused.status, 400, "{refused:?}");
    assert!(refused.body.contains("`times` must be at least 1"), "{refused:?}");
}
