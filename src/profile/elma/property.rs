//! What scenarios may name of a bound job of the ELMA task queue.

use serde_json::Value;

use crate::target::{Echoes, Entry, FileFixture, Job};

type Reader = fn(&Job) -> Option<Value>;

/// Every property, with what it stands for.
const PROPERTIES: [(&str, Reader); 11] = [
    ("process", process),
    ("input", |job| job.input().map(Value::from)),
    ("output", output_name),
    ("oldest_version", |job| Some((*job.versions.first_key_value()?.0).into())),
    ("oldest_output", |job| Some(job.versions.first_key_value()?.1.clone())),
    ("newest_version", |job| Some((*job.versions.last_key_value()?.0).into())),
    ("newest_output", |job| Some(job.versions.last_key_value()?.1.clone())),
    ("file", |job| file(job).map(Value::from)),
    ("smallest_file", |job| smallest_file(job).map(Value::from)),
    ("largest_file", |job| largest_file(job).map(Value::from)),
    ("other_file", |job| other_file(job).map(Value::from)),
];

/// The SHA-256 of nothing.
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

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

/// The first file by name that is not known to be empty.
fn file(job: &Job) -> Option<&str> {
    let (name, _) = job.files.iter().find(|(_, file)| size(file) != Some(0))?;
    Some(name)
}

fn smallest_file(job: &Job) -> Option<&str> {
    first_file_by(job, |file| size(file).unwrap_or(u64::MAX))
}

fn largest_file(job: &Job) -> Option<&str> {
    first_file_by(job, |file| u64::MAX - size(file).unwrap_or(0))
}

/// A file that goes by none of the other names; where there is none, [`file`].
fn other_file(job: &Job) -> Option<&str> {
    let named = [file(job), smallest_file(job), largest_file(job)];
    let mut names = job.files.keys().map(String::as_str);
    names.find(|name| !named.contains(&Some(*name))).or_else(|| file(job))
}

/// The file that comes first by this key; where sizes are not declared, the first by name.
fn first_file_by(job: &Job, key: impl Fn(&FileFixture) -> u64) -> Option<&str> {
    let (name, _) = job.files.iter().min_by_key(|(_, file)| key(file))?;
    Some(name)
}

/// The size of a file, as far as it is declared.
fn size(file: &FileFixture) -> Option<u64> {
    let empty = file.sha256.eq_ignore_ascii_case(EMPTY);
    file.size.or(empty.then_some(0))
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
    #[case("file", json!("b.txt"))]
    #[case("smallest_file", json!("a.txt"))]
    #[case("largest_file", json!("c.txt"))]
    #[case("other_file", json!("d.txt"))]
    fn a_job_tells(#[case] name: &str, #[case] expected: Value) {
        let file = |name: &str, sha256: &str, size| {
            (name.to_owned(), FileFixture { sha256: sha256.to_owned(), size })
        };
        let job = Job {
            echoes: Echoes::Members(vec![
                ("text_in".to_owned(), "text_out".to_owned()),
                ("other_in".to_owned(), "other_out".to_owned()),
            ]),
            files: [
                file("a.txt", EMPTY, None),
                file("b.txt", "", Some(7)),
                file("c.txt", "", Some(9)),
                file("d.txt", "", Some(8)),
            ]
            .into(),
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
