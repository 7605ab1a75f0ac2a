//! What scenarios may name of a bound job of the ELMA task queue.

use serde_json::Value;

use crate::target::{Echoes, Entry, Job};

type Reader = fn(&Job) -> Option<Value>;

/// Every property, with what it stands for.
const PROPERTIES: [(&str, Reader); 7] = [
    ("process", process),
    ("input", |job| job.input().map(Value::from)),
    ("output", output_name),
    ("oldest_version", |job| Some((*job.versions.first_key_value()?.0).into())),
    ("oldest_output", |job| Some(job.versions.first_key_value()?.1.clone())),
    ("newest_version", |job| Some((*job.versions.last_key_value()?.0).into())),
    ("newest_output", |job| Some(job.versions.last_key_value()?.1.clone())),
];

/// The names of all properties.
pub(super) const NAMES: &[&str] = &crate::yaml::words(&PROPERTIES);

/// The property of that name.
pub(super) fn read(job: &Job, name: &str) -> Option<Value> {
    PROPERTIES.iter().find(|(own, _)| *own == name).and_then(|(_, reader)| reader(job))
}

fn process(job: &Job) -> Option<Value> {
    match &job.entry {
        Entry::Process(token) => Some(token.as_str().into()),
        Entry::Trigger { .. } => None,
    }
}

/// The name under which the first echoed input comes back.
fn output_name(job: &Job) -> Option<Value> {
    match &job.echoes {
        Echoes::Members(pairs) => pairs.first().map(|(_, output)| output.as_str().into()),
        Echoes::None | Echoes::At(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::sample;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case("process", json!("p-1"))]
    #[case("input", json!("text_in"))]
    #[case("output", json!("text_out"))]
    #[case("oldest_version", json!(1))]
    #[case("oldest_output", json!({ "v": 1 }))]
    #[case("newest_version", json!(10))]
    #[case("newest_output", json!({ "v": 10 }))]
    fn a_job_tells(#[case] name: &str, #[case] expected: Value) {
        let job = Job {
            echoes: Echoes::Members(vec![
                ("text_in".to_owned(), "text_out".to_owned()),
                ("other_in".to_owned(), "other_out".to_owned()),
            ]),
            versions: [(10, json!({ "v": 10 })), (1, json!({ "v": 1 }))].into(),
            ..sample::job(Entry::Process("p-1".to_owned()))
        };
        assert_eq!(read(&job, name), Some(expected));
    }

    #[test]
    fn what_is_not_declared_has_no_value() {
        let job = sample::job(Entry::Process("p-1".to_owned()));
        let known: Vec<_> = NAMES.iter().filter(|name| read(&job, name).is_some()).collect();
        assert_eq!(known, [&"process"]);
    }
}
