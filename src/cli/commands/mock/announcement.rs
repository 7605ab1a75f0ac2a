//! What a mock says of itself when it can be reached: one line for programs, and a walk through it for people.

use serde_json::{Map, Value, json};

use crate::mock::fixture::Mode;
use crate::mock::policy::Location;
use crate::mock::{Fault, FaultPlan, Mock};

/// One JSON object in one line.
pub(super) fn line(mock: &Mock) -> String {
    let configuration = mock.configuration();
    let fixtures = &configuration.fixtures;
    let mut line = json!({});
    if !fixtures.bearers.is_empty() {
        let tokens = names(fixtures.bearers.iter().map(|own| (&*own.name, &*own.token)));
        let triggers: Vec<&str> = fixtures.triggers.iter().map(|own| &*own.name).collect();
        line["uipath"] = json!({
            "url": mock.uipath_url(),
            "token": fixtures.bearers.first().map(|own| own.token.to_string()),
            "tokens": tokens,
            "triggers": triggers,
        });
    }
    if !fixtures.systems.is_empty() {
        line["elma"] = json!({
            "url": mock.elma_url(),
            "systems": names(fixtures.systems.iter().map(|own| (&*own.name, &*own.token))),
            "processes": names(fixtures.processes.iter().map(|own| (&*own.name, &*own.uuid))),
        });
    }
    line["control"] = json!(mock.control_url());
    line["foreign"] = json!(mock.addresses().foreign);
    if let Some(certificate) = mock.certificate() {
        line["certificate"] = json!(certificate);
    }
    line["clock"] = json!(mock.session().clock().to_string());
    line["seed"] = json!(configuration.seed);
    let (plan, seed) = mock.session().fault_plan();
    if !plan.is_empty() {
        line["faults"] = json!({ "rules": names_of(&plan), "seed": seed });
    }
    format!("{line}\n")
}

fn names_of(plan: &FaultPlan) -> Vec<&str> {
    plan.rules().iter().map(Fault::name).collect()
}

fn names<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Value {
    Value::Object(pairs.map(|(name, value)| (name.to_owned(), json!(value))).collect::<Map<_, _>>())
}

/// A few lines that can be pasted into a shell as they stand: each begins with two blanks, and the others explain them.
pub(super) fn banner(mock: &Mock) -> String {
    let mut lines =
        vec![String::new(), "A mock orchestrator, for development only; Ctrl-C ends it.".to_owned()];
    lines.extend(mock.control_url().map(|control| format!("Watch it at {control}/")));
    let (plan, seed) = mock.session().fault_plan();
    if !plan.is_empty() {
        lines.push(format!("Calls meet the faults {} (seed {seed}).", names_of(&plan).join(", ")));
    }
    let walks = [walk_through_modes(mock), walk_through_tasks(mock)];
    let walks: Vec<String> = walks.into_iter().flatten().flatten().collect();
    if !walks.is_empty() {
        lines.extend([String::new(), "Try it: paste these lines into a shell.".to_owned()]);
        lines.push("  json='Content-Type: application/json'".to_owned());
    }
    lines.extend(walks);
    lines.join("\n")
}

/// The three call modes of the first trigger that takes a POST.
fn walk_through_modes(mock: &Mock) -> Option<Vec<String>> {
    let fixtures = &mock.configuration().fixtures;
    let trigger = fixtures.triggers.iter().find(|own| own.verb.as_str() == "POST" && own.enabled)?;
    let (bearer, curl) = (&fixtures.bearers.first()?.token, curl(mock));
    let call = |options: &str, mode: Mode| {
        let body = json!({ "$callMode": mode.name() });
        format!("{curl} {options} -H \"$auth\" -H \"$json\" -d '{body}' \"$url/t/{}\"", trigger.name)
    };
    let location = format!("sed -n 's/\\r$//; s#^[Ll]ocation: #{}#p'", before_references(mock));
    Some(vec![
        format!("  url='{}'; auth='Authorization: Bearer {bearer}'", mock.uipath_url()),
        "Start a job, ask until it redirects, and read its output:".to_owned(),
        format!("  place=$({} | {location})", call("-si", Mode::AsyncRequestReply)),
        format!("  until {curl} -si -H \"$auth\" \"$place\" | grep -i '^location'; do sleep 1; done"),
        format!("  {curl} -siL -H \"$auth\" \"$place\"; echo"),
        "Start a job, and forget it:".to_owned(),
        format!("  {}; echo", call("-si", Mode::FireAndForget)),
        "Start a job, and wait for it; through every redirect, if there is one:".to_owned(),
        format!("  answer=$({}); echo \"$answer\"", call("-si", Mode::LongPolling)),
        format!("  place=$(echo \"$answer\" | {location})"),
        format!("  test -z \"$place\" || {curl} -siL --max-redirs 60 -H \"$auth\" \"$place\"; echo"),
    ])
}

/// What makes a reference of this mock a whole URL.
fn before_references(mock: &Mock) -> &str {
    let origin = &mock.addresses().protocols;
    match mock.configuration().policies.location {
        Location::Absolute | Location::Fragment => "",
        Location::Network => &origin[..=origin.find(':').unwrap_or_default()],
        Location::Relative | Location::Dots => origin,
    }
}

/// A task of the first process.
fn walk_through_tasks(mock: &Mock) -> Option<Vec<String>> {
    let fixtures = &mock.configuration().fixtures;
    let (system, process) = (fixtures.systems.first()?, fixtures.processes.first()?);
    let curl = curl(mock);
    let task = json!({ "process": &*process.uuid, "ctx": "{}" });
    let call = |operation: &str, members: &str| {
        let body = format!("'{{\"auth_tkn\":\"'$token'\",{members}}}'");
        format!("{curl} -s -H \"$json\" -d {body} \"$base/v1/orchestra/task/{operation}\"")
    };
    let number = "grep -o '\"id\":[0-9]*' | head -n 1 | cut -d : -f 2";
    Some(vec![
        format!("  base='{}'; token='{}'", mock.elma_url(), system.token),
        "Create a task, and read it by its id:".to_owned(),
        format!("  id=$({} | {number})", call("create", &format!("\"task\":{task}"))),
        format!("  {}; echo", call("status", "\"id\":'$id'")),
    ])
}

fn curl(mock: &Mock) -> &'static str {
    if mock.elma_url().starts_with("https:") { "curl -k" } else { "curl" }
}
