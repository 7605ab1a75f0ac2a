//! The arguments that a repetition of a run needs besides the ids of cases.

use std::path::Path;

use super::args::{Embedded, RunArguments};

/// Suite, target and stored snapshots, as they were given.
pub(crate) fn arguments(run: &RunArguments) -> Vec<String> {
    let mut words = Vec::new();
    let mut add = |name: &str, value: &str| words.extend([name.to_owned(), value.to_owned()]);
    let shown = |path: &Path| path.display().to_string();
    if let Some(suite) = &run.suite.suite {
        add("--suite", &shown(suite));
    }
    if let Some(target) = &run.place.target {
        add("--target", &shown(target));
    }
    if run.place.mock.embedded == Embedded::Tcp {
        add("--embedded", "tcp");
    }
    if let Some(folder) = &run.snapshot.snapshots_dir {
        add("--snapshots-dir", &shown(folder));
    }
    run.place.settings.iter().for_each(|setting| add("--set", setting));
    words.extend(run.place.mock.words());
    words
}
