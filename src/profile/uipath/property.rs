//! What scenarios may name of a bound trigger.

use serde_json::Value;

use crate::target::{Entry, Job};

type Reader = fn(&Job) -> Option<Value>;

/// Every property, with what it stands for.
const PROPERTIES: [(&str, Reader); 4] = [
    ("verb", |job| job.verb().map(Value::from)),
    ("other_verb", |job| job.verb().map(other_verb).map(Value::from)),
    ("path", path),
    ("mode", |job| job.default_mode().map(Value::from)),
];

/// The names of all properties.
pub(super) const NAMES: &[&str] = &crate::yaml::words(&PROPERTIES);

/// The property of that name.
pub(super) fn read(job: &Job, name: &str) -> Option<Value> {
    PROPERTIES.iter().find(|(own, _)| *own == name).and_then(|(_, reader)| reader(job))
}

fn path(job: &Job) -> Option<Value> {
    match &job.entry {
        Entry::Trigger { path, .. } => Some(path.as_str().into()),
        Entry::Process(_) => None,
    }
}

/// Another verb that a trigger could have been configured with, one with a body if there is a choice: a server
/// that only looks at the body must not be able to tell the calls apart.
fn other_verb(verb: &str) -> &'static str {
    if verb == "POST" { "PUT" } else { "POST" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::sample;
    use rstest::rstest;

    #[rstest]
    #[case("GET", "POST")]
    #[case("POST", "PUT")]
    #[case("PUT", "POST")]
    #[case("DELETE", "POST")]
    fn a_trigger_tells(#[case] verb: &str, #[case] other: &str) {
        let (path, mode) = ("/t/quick".to_owned(), "LongPolling".to_owned());
        let job = sample::job(Entry::Trigger { path, verb: verb.to_owned(), mode });
        let read = |name| read(&job, name).unwrap();
        assert_eq!(
            NAMES.iter().map(|name| read(name)).collect::<Vec<_>>(),
            [verb, other, "/t/quick", "LongPolling"]
        );
    }
}
