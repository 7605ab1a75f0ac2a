//! Whether an answer of the ELMA task queue holds what the job is declared to give: its output context, or a file.

use std::fmt::Write;

use ring::digest::{SHA256, digest};
use serde_json::{Map, Value};

use super::answer;
use crate::http::message::Response;
use crate::profile::declared::{difference, excerpt, lacking, member, shown};
use crate::profile::{Difference, Judged, Operation, Reading};
use crate::target::{Echoes, FileFixture, Job};

/// Where the output context stands in an answer.
const CONTEXT: &str = "/task/outputCtx";

/// How the answer differs from what the job is declared to give.
pub(super) fn compare(response: &Response, judged: Judged<'_>) -> Vec<Difference> {
    if answer::read(response, judged) != Reading::Success {
        return vec![Difference::new("result", "success", answer::summarize(response, judged))];
    }
    if judged.operation == Operation::Download {
        return compare_file(response, judged);
    }
    match context(&response.body) {
        Ok(context) => compare_context(&context, judged),
        Err(difference) => vec![*difference],
    }
}

/// The output context: JSON inside a JSON text.
fn context(body: &[u8]) -> Result<Map<String, Value>, Box<Difference>> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let found = body.pointer(CONTEXT);
    let parsed = found.and_then(Value::as_str).and_then(|text| serde_json::from_str(text).ok());
    parsed.ok_or_else(|| {
        let actual = found.map_or_else(|| "absent".to_owned(), shown);
        Box::new(Difference::new(CONTEXT, "text that holds a JSON object", actual))
    })
}

/// Every declared output, and every input that the scenario sent and the job gives back.
fn compare_context(context: &Map<String, Value>, judged: Judged<'_>) -> Vec<Difference> {
    let Some(job) = judged.job else { return Vec::new() };
    let ignore_case = judged.policies.text("key_case") == Some("ignore");
    let compare = |(name, value): (&str, &Value)| {
        lacking(&member(CONTEXT, name), value, find(context, name, ignore_case))
    };
    match declared_output(job) {
        Some(Value::Object(members)) => {
            let outputs = members.iter().map(|(name, value)| (name.as_str(), value));
            outputs.chain(echoed(job, judged.sent)).flat_map(compare).collect()
        }
        Some(other) => vec![difference(CONTEXT, other, Some(&Value::Object(context.clone())))],
        None => echoed(job, judged.sent).flat_map(compare).collect(),
    }
}

/// The declared output; of a process with versions, where nothing else is declared, the current one's.
fn declared_output(job: &Job) -> Option<&Value> {
    job.output.as_ref().or_else(|| job.versions.last_key_value().map(|(_, output)| output))
}

/// The outputs that repeat an input, with the value that was sent.
fn echoed<'a>(job: &'a Job, sent: &'a Map<String, Value>) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let pairs = match &job.echoes {
        Echoes::Members(pairs) => pairs.as_slice(),
        Echoes::None | Echoes::At(_) => &[],
    };
    pairs.iter().filter_map(|(input, output)| Some((output.as_str(), sent.get(input)?)))
}

fn find<'a>(context: &'a Map<String, Value>, name: &str, ignore_case: bool) -> Option<&'a Value> {
    let folded = || context.iter().find(|(own, _)| own.to_lowercase() == name.to_lowercase());
    context.get(name).or_else(|| ignore_case.then(folded).flatten().map(|(_, value)| value))
}

fn compare_file(response: &Response, judged: Judged<'_>) -> Vec<Difference> {
    let Some(job) = judged.job else { return Vec::new() };
    let name = judged.filename.unwrap_or_default();
    let Some(file) = job.files.get(name) else {
        let actual = shown(&name.into());
        return vec![Difference::new("filename", "a file that the target file declares", actual)];
    };
    compare_bytes(response, file)
}

fn compare_bytes(response: &Response, file: &FileFixture) -> Vec<Difference> {
    let body = &response.body;
    let mut differences = Vec::new();
    let size = body.len() as u64;
    if let Some(declared) = file.size.filter(|declared| *declared != size) {
        differences.push(Difference::new("body", format!("{declared} bytes"), format!("{size} bytes")));
    }
    let actual = sha256(body);
    if !actual.eq_ignore_ascii_case(&file.sha256) {
        let expected = format!("bytes with the SHA-256 {}", file.sha256);
        differences.push(Difference::new("body", expected, format!("{actual} of {}", excerpt(response))));
    }
    differences
}

fn sha256(bytes: &[u8]) -> String {
    digest(&SHA256, bytes).as_ref().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests;
