//! Where a recorded scenario and its snapshots lie, and how they are run from there.

use std::path::{Path, PathBuf};

use super::shown;
use crate::cli::args::{OutputPath, RecordArguments, SNAPSHOTS};
use crate::cli::files;
use crate::diagnostic::Diagnostic;
use crate::scenario::id_of;

/// The folder below which ids begin.
const SCENARIOS: &str = "scenarios";

/// The place of one scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The id that a run knows it by.
    pub id: String,
    /// The file.
    pub scenario: PathBuf,
    /// The folder of its snapshots.
    pub snapshots: PathBuf,
    /// The suite that it is a part of; none for a file that lies in no suite.
    suite: Option<PathBuf>,
}

impl Place {
    /// The place for a protocol's scenario of this name.
    pub(super) fn of(output: &OutputPath, profile: &str, name: &str) -> Self {
        match output {
            OutputPath::Folder(suite) => {
                let id = format!("{profile}/recorded/{name}");
                let scenario = suite.join(SCENARIOS).join(format!("{id}.yaml"));
                Self { id, scenario, snapshots: suite.join(SNAPSHOTS), suite: Some(suite.clone()) }
            }
            OutputPath::File(file) => Self::of_file(file),
        }
    }

    /// A file below a folder `scenarios` is part of the suite around it.
    fn of_file(file: &Path) -> Self {
        let above = file.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == SCENARIOS));
        let suite = above.and_then(Path::parent).map(Path::to_path_buf);
        let below = above.and_then(|above| file.strip_prefix(above).ok());
        let path = below.or_else(|| file.file_name().map(Path::new)).unwrap_or(file);
        let id = id_of(&path.to_string_lossy().replace('\\', "/")).to_owned();
        let beside = suite.clone().or_else(|| file.parent().map(Path::to_path_buf)).unwrap_or_default();
        Self { id, scenario: file.to_path_buf(), snapshots: beside.join(SNAPSHOTS), suite }
    }

    /// Whether a scenario can be written there; without `force` nothing may be there yet.
    pub(super) fn is_free(&self, force: bool) -> Result<(), Diagnostic> {
        if self.scenario.exists() && !force {
            let message = format!("`{}` is there already", shown(&self.scenario));
            return Err(Diagnostic::error("file-exists", message)
                .help("overwrite it with `--force`, or give another `--name`"));
        }
        files::make_room(&self.scenario).map(drop)
    }

    /// The command that runs what was recorded.
    pub(super) fn how_to_replay(&self, arguments: &RecordArguments, has_snapshots: bool) -> String {
        let Some(suite) = &self.suite else {
            return format!(
                "put it below a folder `{SCENARIOS}` to run it; its snapshots lie below {}",
                shown(&self.snapshots)
            );
        };
        let suite = if suite.as_os_str().is_empty() { Path::new(".") } else { suite };
        let snapshots = if has_snapshots {
            format!(" --snapshots-dir {}", shown(&self.snapshots))
        } else {
            String::new()
        };
        let target = shown(&arguments.target);
        format!("replay it: orchspec run {} --suite {} --target {target}{snapshots}", self.id, shown(suite))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("out", "uipath/recorded/a", "out/scenarios/uipath/recorded/a.yaml", "out/snapshots", Some("out"))]
    #[case("suite/scenarios/x/y.yaml", "x/y", "suite/scenarios/x/y.yaml", "suite/snapshots", Some("suite"))]
    #[case("scenarios/y.yaml", "y", "scenarios/y.yaml", "snapshots", Some(""))]
    #[case("some/y.yaml", "y", "some/y.yaml", "some/snapshots", None)]
    fn a_recording_has_its_place(
        #[case] output: &str,
        #[case] id: &str,
        #[case] scenario: &str,
        #[case] snapshots: &str,
        #[case] suite: Option<&str>,
    ) {
        let place = Place::of(&output.parse().unwrap(), "uipath", "a");
        let expected = Place {
            id: id.to_owned(),
            scenario: scenario.into(),
            snapshots: snapshots.into(),
            suite: suite.map(PathBuf::from),
        };
        assert_eq!(place, expected);
    }
}
