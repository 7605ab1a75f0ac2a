//! Every call of the control API, by its own description: each answers with the status and the members that it promises.

use serde_json::{Value, json};

use super::program::{OWNER, Reply, Standalone, begin, call};

/// A mock with a job that runs and a session beside the default one, in time that stands still.
fn mock() -> Standalone {
    let mock = Standalone::start("control_walk", &["--clock", "virtual"]);
    mock.protocol("POST /acme/prod/orchestrator_/t/slow", OWNER, "{}");
    mock.steer("POST /sessions", r#"{"name":"beside"}"#);
    mock
}

struct Operation<'a> {
    method: String,
    path: &'a str,
    described: &'a Value,
    document: &'a Value,
}

/// Every operation of the description.
fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().iter();
            methods.map(move |(method, described)| Operation {
                method: method.to_uppercase(),
                path,
                described,
                document,
            })
        })
        .collect()
}

impl Operation<'_> {
    fn line(&self, job: &str, session: &str) -> String {
        format!("{} {}", self.method, self.path.replace("{job}", job).replace("{session}", session))
    }

    /// The body that the description gives as an example, if the call takes one.
    fn example(&self) -> String {
        let example = &self.described["requestBody"]["content"]["application/json"]["example"];
        if example.is_null() { String::new() } else { example.to_string() }
    }

    /// The answer has a status that is described, and the members that are described for it.
    fn check(&self, reply: &Reply) {
        let responses = &self.described["responses"];
        let status = reply.status.to_string();
        let own = responses.get(&status).or_else(|| responses.get("4XX").filter(|_| status.starts_with('4')));
        let own = own.unwrap_or_else(|| panic!("{} {}: {status} is not described", self.method, self.path));
        let own = own.get("$ref").map_or(own, |reference| {
            self.document.pointer(reference.as_str().unwrap().trim_start_matches('#')).unwrap()
        });
        let (media_type, content) = own["content"].as_object().unwrap().iter().next().unwrap();
        let sent = reply.head.lines().find_map(|line| line.strip_prefix("content-type: ")).unwrap();
        assert!(sent.starts_with(media_type), "{} {}: {sent}", self.method, self.path);
        if media_type == "application/json" {
            let schema = json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "components": self.document["components"],
                "allOf": [content["schema"]],
            });
            let body: Value = serde_json::from_str(&reply.body).unwrap();
            let wrong: Vec<_> = jsonschema::validator_for(&schema)
                .unwrap()
                .iter_errors(&body)
                .map(|error| error.to_string())
                .collect();
            assert!(wrong.is_empty(), "{} {}: {wrong:#?}\n{body:#}", self.method, self.path);
        }
    }
}

/// What is read until the other side closes, or the beginning of what has no end.
fn read(authority: &str, line: &str, body: &str) -> Reply {
    let stream = begin(authority, line, "", body);
    if line == "GET /events" {
        return Reply::read_beginning(stream);
    }
    Reply::read(stream)
}

#[test]
fn every_call_answers_as_it_is_described() {
    let document = mock().steer("GET /openapi.json", "");
    let operations = operations(&document);
    assert!(operations.len() > 20, "{}", operations.len());
    for operation in &operations {
        let mock = mock();
        let reply = read(&mock.control(), &operation.line("1", "beside"), &operation.example());
        assert!((200..300).contains(&reply.status), "{}: {reply:?}", operation.line("1", "beside"));
        operation.check(&reply);
    }
}

#[test]
fn every_call_refuses_as_it_is_described() {
    let mock = mock();
    let document = mock.steer("GET /openapi.json", "");
    for operation in operations(&document) {
        let line = operation.line("1", "beside");
        let odd = call(&mock.control(), &format!("{line}?nothing=1"), "", &operation.example());
        assert_eq!(odd.status, 400, "{line}: {odd:?}");
        operation.check(&odd);
        if operation.path != "/hooks" {
            let odd = call(&mock.control(), &line, "", r#"{"no-such-member":1}"#);
            assert_eq!(odd.status, 400, "{line}: {odd:?}");
            operation.check(&odd);
        }
        let nowhere = operation.line("77", "nowhere");
        if nowhere != line {
            let reply = call(&mock.control(), &nowhere, "", &operation.example());
            assert_eq!(reply.status, 404, "{nowhere}: {reply:?}");
            operation.check(&reply);
        }
    }
    assert_eq!(mock.steer("GET /jobs/1", "")["state"], "running");
}

/// Whoever asks for another method is told which there are.
#[test]
fn a_path_names_its_methods() {
    let mock = mock();
    let reply = call(&mock.control(), "PATCH /defects", "", "");
    assert_eq!(reply.status, 405);
    assert!(reply.head.contains("allow: get, put"), "{}", reply.head);
    let reply = call(&mock.control(), "GET /job", "", "");
    assert!(reply.body.contains("did you mean /jobs?"), "{}", reply.body);
    assert_eq!(call(&mock.control(), "HEAD /ready", "", "").status, 200);
}
