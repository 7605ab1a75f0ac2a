//! The ready files below `deploy/`: each is valid by its public schema, and the lines in it are run as the engine would run them,
//! shard by shard, up to the merged report.

mod file;
mod github;
mod gitlab;
mod kubernetes;

use serde_json::Value;

use crate::orchspec::Orchspec;

/// What a merged report says, next to what a run of all cases at once says: whatever does not change from run to run.
pub(crate) fn assert_merged(program: &Orchspec, merged: &str, whole: &str) {
    let read = |path: &str| -> Value {
        let mut report: Value = serde_json::from_str(&program.read(path)).unwrap();
        report.as_object_mut().unwrap().remove("volatile");
        report
    };
    assert_eq!(read(merged), read(whole));
}
