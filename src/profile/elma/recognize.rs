//! What a call of the ELMA task queue says in the words of scenarios: the way back from a request.

use serde_json::{Map, Value};

use super::request::{CREATE, OPERATIONS, TOKEN};
use crate::http::message::Request;
use crate::profile::{Operation, Recognized, raw};
use crate::target::{Entry, Job, Protocol};

/// The words of a request; none if it is none of the four calls, or carries what they cannot say.
pub(super) fn recognize<'t>(request: &Request, protocol: &'t Protocol) -> Option<Recognized<'t>> {
    let is_its_path =
        |path: &str| raw::locate(&protocol.base, path).is_ok_and(|url| url.path() == request.url.path());
    let (word, operation, _) = OPERATIONS.into_iter().find(|(.., path)| is_its_path(path))?;
    let mut members = raw::json_object(request).filter(|_| request.method == "POST")?;
    members.shift_remove(TOKEN);
    let (mut words, job) = match operation {
        Operation::Create => creation(members.shift_remove("task")?, protocol)?,
        Operation::Download => (download(&mut members), None),
        _ => (operand(word, members.shift_remove("id")), None),
    };
    if !members.is_empty() {
        words.insert("members".to_owned(), Value::Object(members));
    }
    Some(Recognized { operation, job, words })
}

/// The token of whoever calls.
pub(super) fn credential(request: &Request) -> Option<String> {
    raw::json_object(request)?.get(TOKEN)?.as_str().map(str::to_owned)
}

/// The words of a create, and the job whose process it names.
fn creation(task: Value, protocol: &Protocol) -> Option<(Map<String, Value>, Option<&Job>)> {
    let Value::Object(mut task) = task else { return None };
    let process = task.shift_remove("process")?;
    let of_process = |job: &&Job| matches!(&job.entry, Entry::Process(token) if process == token.as_str());
    let job = protocol.jobs.entries.iter().find(of_process)?;
    let mut words = Map::from_iter([(CREATE.to_owned(), job.label.as_str().into())]);
    if let Some(version) = task.shift_remove("version").filter(|version| *version != 0) {
        words.insert("version".to_owned(), version);
    }
    put_context(&mut words, task.shift_remove("ctx"));
    if !task.is_empty() {
        words.insert("task".to_owned(), Value::Object(task));
    }
    Some((words, Some(job)))
}

/// The inputs, if the context is JSON inside a text as it should be, or else the context as it stands.
fn put_context(words: &mut Map<String, Value>, context: Option<Value>) {
    let inputs = context.as_ref().and_then(Value::as_str).and_then(|text| serde_json::from_str(text).ok());
    match (inputs, context) {
        (Some(Value::Object(inputs)), _) if inputs.is_empty() => {}
        (Some(Value::Object(inputs)), _) => drop(words.insert("inputs".to_owned(), Value::Object(inputs))),
        (_, Some(context)) => drop(words.insert("ctx".to_owned(), context)),
        (_, None) => {}
    }
}

fn download(members: &mut Map<String, Value>) -> Map<String, Value> {
    let mut words = operand("download", members.shift_remove("taskid"));
    if let Some(name) = members.shift_remove("filename") {
        words.insert("filename".to_owned(), name);
    }
    words
}

fn operand(word: &str, id: Option<Value>) -> Map<String, Value> {
    Map::from_iter([(word.to_owned(), id.unwrap_or_default())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::sample::{self, object};
    use crate::profile::{Profile as _, Words, elma::Elma};
    use crate::target::Secret;
    use crate::target::testing::protocol;
    use rstest::rstest;
    use serde_json::json;

    const JOBS: &str = "
    quick: { process: p-1, kind: echo }
";

    #[rstest]
    #[case(json!({ "create": "quick" }))]
    #[case(json!({ "create": "quick", "version": 3, "inputs": { "text_in": "a", "n": 1 } }))]
    #[case(json!({ "create": "quick", "ctx": { "a": 1 }, "task": { "priority": "HIGH" }, "members": { "b": 2 } }))]
    #[case(json!({ "create": "quick", "ctx": "no json" }))]
    #[case(json!({ "status": 955 }))]
    #[case(json!({ "cancel": "955" }))]
    #[case(json!({ "download": 955, "filename": "12.txt" }))]
    #[case(json!({ "download": 955 }))]
    fn words_that_were_sent_are_recognized(#[case] words: Value) {
        let (protocol, words) = (protocol("elma", JOBS), object(words));
        let token = Secret::new("elma.owner.token", "embedded-owner-token");
        let job = protocol.jobs.get("quick");
        let sent =
            Words { job, credential: Some(&token), ..sample::words_of_nothing(&words, &protocol.base) };
        let request = Elma.build(sent).unwrap().request;
        assert_eq!(credential(&request).as_deref(), Some("embedded-owner-token"));
        assert_eq!(Value::Object(recognize(&request, &protocol).unwrap().words), Value::Object(words));
    }

    #[rstest]
    #[case(json!({ "create": "quick", "process": "p-2" }))]
    #[case(json!({ "create": "quick", "task": { "process": null } }))]
    #[case(json!({ "status": 955, "path": "/v1/elsewhere" }))]
    #[case(json!({ "status": 955, "method": "PUT" }))]
    #[case(json!({ "status": 955, "body": "no json" }))]
    fn other_requests_are_not(#[case] words: Value) {
        let (protocol, words) = (protocol("elma", JOBS), object(words));
        let job = protocol.jobs.get("quick");
        let sent = Words { job, ..sample::words_of_nothing(&words, &protocol.base) };
        assert_eq!(recognize(&Elma.build(sent).unwrap().request, &protocol), None);
    }
}
