//! The folder of snapshots, in insta's file format: `NAME.snap` is stored, `NAME.snap.new` is proposed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::files;
use crate::diagnostic::Diagnostic;

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

    /// Where they lie.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
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
        files::replace(&self.path(name, STORED)?, write(name, source, content).as_bytes())?;
        self.reject(name)
    }

    /// Proposes a content.
    pub(crate) fn propose(&self, name: &str, source: &str, content: &str) -> Result<(), Diagnostic> {
        files::replace(&self.path(name, PROPOSED)?, write(name, source, content).as_bytes())
    }

    /// Stores what is proposed.
    pub(crate) fn accept(&self, name: &str) -> Result<(), Diagnostic> {
        let proposed = files::read(&self.path(name, PROPOSED)?)?;
        files::replace(&self.path(name, STORED)?, &proposed)?;
        self.reject(name)
    }

    /// Forgets what is proposed.
    pub(crate) fn reject(&self, name: &str) -> Result<(), Diagnostic> {
        files::remove(&self.path(name, PROPOSED)?)
    }

    /// The names come from scenarios, and a scenario writes nowhere else.
    fn path(&self, name: &str, ending: &str) -> Result<PathBuf, Diagnostic> {
        let is_plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
        if name.split('/').all(is_plain) {
            return Ok(self.folder.join(format!("{name}{ending}")));
        }
        let message = format!("the snapshot `{name}` cannot be kept: its name is no path below a folder");
        Err(Diagnostic::error("snapshot-name", message)
            .help("give the case a name without `/`, `\\` and `:`"))
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
    fn no_name_leads_out_of_the_folder() {
        let store = Store::at(PathBuf::from("snapshots"));
        assert!(store.path("a/b@c/d", STORED).is_ok());
        for name in ["../a", "a/../../b", "/a", "a//b", "c:\\a"] {
            assert_eq!(store.path(name, STORED).unwrap_err().code, "snapshot-name");
        }
    }
}
