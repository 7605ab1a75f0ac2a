//! The folder of snapshots, in insta's file format: `NAME.snap` is stored, `NAME.snap.new` is proposed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::files;
use crate::diagnostic::Diagnostic;
use crate::outcome::{RunOutcome, SnapshotOutcome, SnapshotState};
use crate::source::SourceMap;

const STORED: &str = ".snap";
const PROPOSED: &str = ".snap.new";
const FENCE: &str = "---\n";

/// A folder of snapshots; it need not be there.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    folder: PathBuf,
}

impl Store {
    /// The snapshots below `folder`.
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Whether there is such a folder.
    pub(crate) fn exists(&self) -> bool {
        files::is_folder(&self.folder)
    }

    /// What is stored, by name.
    pub(crate) fn stored(&self) -> Result<BTreeMap<String, String>, Diagnostic> {
        self.contents(STORED)
    }

    /// What is proposed, by name.
    pub(crate) fn proposed(&self) -> Result<BTreeMap<String, String>, Diagnostic> {
        self.contents(PROPOSED)
    }

    /// Stores a content and forgets what was proposed under its name.
    pub(crate) fn store(&self, name: &str, source: &str, content: &str) -> Result<(), Diagnostic> {
        files::replace(&self.path(name, STORED), write(name, source, content).as_bytes())?;
        self.reject(name)
    }

    /// Proposes a content.
    pub(crate) fn propose(&self, name: &str, source: &str, content: &str) -> Result<(), Diagnostic> {
        files::replace(&self.path(name, PROPOSED), write(name, source, content).as_bytes())
    }

    /// Stores what is proposed.
    pub(crate) fn accept(&self, name: &str) -> Result<(), Diagnostic> {
        let proposed = files::read(&self.path(name, PROPOSED))?;
        files::replace(&self.path(name, STORED), &proposed)?;
        self.reject(name)
    }

    /// Forgets what is proposed.
    pub(crate) fn reject(&self, name: &str) -> Result<(), Diagnostic> {
        files::remove(&self.path(name, PROPOSED))
    }

    fn path(&self, name: &str, ending: &str) -> PathBuf {
        self.folder.join(format!("{name}{ending}"))
    }

    fn contents(&self, ending: &str) -> Result<BTreeMap<String, String>, Diagnostic> {
        if !self.exists() {
            return Ok(BTreeMap::new());
        }
        let entries = files::below(&self.folder)?;
        let named = entries.iter().filter_map(|(path, bytes)| {
            let name = path.strip_suffix(ending)?;
            Some((name.to_owned(), content(&String::from_utf8_lossy(bytes)).to_owned()))
        });
        Ok(named.collect())
    }
}

/// What a run does with the snapshots that it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// Stores what was seen.
    Record,
    /// Proposes what differs.
    Propose,
    /// Leaves everything as it is.
    Nothing,
}

/// Keeps what the cases of a run saw.
pub(crate) fn keep(
    store: &Store,
    keeping: Keeping,
    outcome: &RunOutcome,
    sources: &SourceMap,
) -> Result<(), Diagnostic> {
    for case in &outcome.cases {
        let source = sources.name(case.span.source);
        for SnapshotOutcome { name, state, content, .. } in &case.snapshots {
            let differs = matches!(state, SnapshotState::Changed | SnapshotState::New);
            match keeping {
                Keeping::Record if differs => store.store(name, source, content)?,
                Keeping::Propose if differs => store.propose(name, source, content)?,
                _ => {}
            }
        }
    }
    Ok(())
}

/// Where the snapshots of a target lie unless something else is said.
pub(crate) fn default_folder(beside: &Path, product: &str) -> PathBuf {
    let letter = |letter: char| if letter.is_alphanumeric() || ".-_".contains(letter) { letter } else { '-' };
    beside.join("snapshots").join(product.to_lowercase().chars().map(letter).collect::<String>())
}

fn write(name: &str, source: &str, content: &str) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let expression = name.rsplit('/').next().unwrap_or(name);
    format!(
        "{FENCE}source: {}\nexpression: {}\n{FENCE}{}\n",
        quoted(source),
        quoted(expression),
        content.trim_end()
    )
}

/// What stands below the head.
fn content(text: &str) -> &str {
    let body =
        text.strip_prefix(FENCE).and_then(|rest| rest.split_once("\n---\n")).map_or(text, |(_, body)| body);
    body.trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let text = write(
            "uipath/async/completes/output",
            "scenarios/uipath/async/completes.yaml",
            "a: 1\n---\nb: 2\n",
        );
        assert_eq!(content(&text), "a: 1\n---\nb: 2");
    }

    #[test]
    fn the_format_is_one_that_insta_reads() {
        let folder = std::env::temp_dir().join(format!("orchspec-snapshots-{}", std::process::id()));
        let store = Store::at(folder.clone());
        store.store("a/b", "scenarios/a.yaml", "status: 200").unwrap();
        let read = insta::Snapshot::from_file(&folder.join("a/b.snap")).unwrap();
        assert_eq!(read.metadata().source(), Some("scenarios/a.yaml"));
        assert_eq!(store.stored().unwrap()["a/b"], "status: 200");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_product_name_becomes_one_folder() {
        let folder = default_folder(Path::new("ci"), "Orchestrator 4/../x");
        assert_eq!(folder, Path::new("ci/snapshots/orchestrator-4-..-x"));
    }
}
