//! The ready files below `deploy/`: each is valid by its public schema, and the lines in it are run as the engine would run them,
//! shard by shard.

mod file;
mod github;
mod gitlab;
mod kubernetes;

use serde_json::Value;

use crate::orchspec::Orchspec;

/// The shards of a run are disjoint, and together they are a run of all cases at once.
pub(crate) fn assert_complete(program: &Orchspec, shards: &[String], whole: &str) {
    let cases = |path: &str| -> Vec<Value> {
        let report: Value = serde_json::from_str(&program.read(path)).unwrap();
        report["cases"].as_array().unwrap().clone()
    };
    let mut united: Vec<Value> = shards.iter().flat_map(|shard| cases(shard)).collect();
    united.sort_by(|one, other| one["id"].as_str().cmp(&other["id"].as_str()));
    assert_eq!(united, cases(whole));
}
