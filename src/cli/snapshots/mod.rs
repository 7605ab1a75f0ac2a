//! The folder of snapshots: `NAME.snap` is stored, `NAME.snap.new` is proposed. Knows nothing of runs.

mod file;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub(crate) use file::Kept;

use super::files;
use crate::diagnostic::Diagnostic;
use crate::plan::Suite;

const STORED: &str = ".snap";
const PROPOSED: &str = ".snap.new";

/// More than this is no answer that anybody compares.
const LARGEST: u64 = 64 << 20;

/// Snapshots by name.
pub(crate) type Snapshots = BTreeMap<String, Kept>;

/// A snapshot that was read, or why it could not be.
type Read = Result<Kept, Diagnostic>;

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

    /// Whether anything stands where the folder is to be.
    pub(crate) fn is_there(&self) -> bool {
        files::is_there(&self.folder)
    }

    /// Makes sure that snapshots can be written.
    pub(crate) fn make_room(&self) -> Result<(), Diagnostic> {
        files::make_room_below(&self.folder)
    }

    /// Refuses a place where something else stands, or where nobody may look: there would be nothing to compare with,
    /// and nobody would notice.
    pub(crate) fn refuse_what_is_no_folder(&self) -> Result<(), Diagnostic> {
        let Some(reason) = files::why_no_folder(&self.folder) else { return Ok(()) };
        let message = format!("cannot read `{}`: {reason}", self.folder.display());
        Err(Diagnostic::error("unreadable-file", message).help("give another folder: --snapshots-dir DIR"))
    }

    /// What is stored; a file that is damaged is a mistake.
    pub(crate) fn stored(&self) -> Result<Snapshots, Diagnostic> {
        let help = "take it from version control again, or record it again: orchspec run --snapshots record";
        self.read_all(STORED, help)?.into_iter().map(|(name, read)| Ok((name, read?))).collect()
    }

    /// What is stored as far as it can be read.
    pub(crate) fn readable(&self) -> Result<Snapshots, Diagnostic> {
        Ok(self
            .read_all(STORED, "")?
            .into_iter()
            .filter_map(|(name, read)| Some((name, read.ok()?)))
            .collect())
    }

    /// What is proposed; a file that is damaged is a mistake.
    pub(crate) fn proposed(&self) -> Result<Snapshots, Diagnostic> {
        let help = "forget it with `orchspec snapshot reject`, and run again";
        self.read_all(PROPOSED, help)?.into_iter().map(|(name, read)| Ok((name, read?))).collect()
    }

    /// The names of what is proposed, whatever is in the files.
    pub(crate) fn proposed_names(&self) -> Result<BTreeSet<String>, Diagnostic> {
        Ok(self.read_all(PROPOSED, "")?.into_iter().map(|(name, _)| name).collect())
    }

    /// Stores a content and forgets what was proposed under its name.
    pub(crate) fn store(&self, name: &str, source: &str, content: &str) -> Result<(), Diagnostic> {
        files::replace(&self.path(name, STORED)?, file::write(name, source, content).as_bytes())?;
        self.reject(name)
    }

    /// Proposes a content.
    pub(crate) fn propose(&self, name: &str, source: &str, content: &str) -> Result<(), Diagnostic> {
        files::replace(&self.path(name, PROPOSED)?, file::write(name, source, content).as_bytes())
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

    /// Removes what is stored and what is proposed, and the folders that are empty without it.
    pub(crate) fn delete(&self, name: &str) -> Result<(), Diagnostic> {
        files::remove(&self.path(name, STORED)?)?;
        self.reject(name)?;
        files::remove_empty_folders(&self.path(name, STORED)?, &self.folder);
        Ok(())
    }

    /// The file of a stored snapshot.
    pub(crate) fn stored_file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}{STORED}"))
    }

    /// The file of a proposed one.
    pub(crate) fn proposed_file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}{PROPOSED}"))
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

    fn read_all(&self, ending: &str, help: &str) -> Result<Vec<(String, Read)>, Diagnostic> {
        if !self.exists() {
            return Ok(Vec::new());
        }
        let paths = files::list(&self.folder)?;
        let named =
            paths.iter().filter_map(|path| Some((path.strip_suffix(ending)?, self.folder.join(path))));
        Ok(named.map(|(name, path)| (name.to_owned(), read(&path, help))).collect())
    }
}

fn read(path: &Path, help: &str) -> Read {
    let bytes = files::read_up_to(path, LARGEST)?;
    let kept = bytes.as_deref().ok_or("it is far larger than any snapshot").and_then(file::read);
    kept.map_err(|reason| {
        let message = format!("`{}` is no snapshot: {reason}", path.display());
        Diagnostic::error("damaged-snapshot", message).help(help)
    })
}

/// The snapshots that scenarios took once and that none takes any more; a name may stand below the folder of a
/// product.
pub(crate) fn unreferenced<'s>(
    snapshots: impl IntoIterator<Item = (&'s String, &'s Kept)>,
    suite: &Suite,
) -> BTreeSet<String> {
    let taken: BTreeSet<String> =
        suite.programs.iter().flat_map(|program| program.snapshot_names()).collect();
    let is_taken = |name: &str| {
        let below = name.match_indices('/').map(|(slash, _)| &name[slash + 1..]);
        [name].into_iter().chain(below).any(|name| taken.contains(name))
    };
    let ours = snapshots.into_iter().filter(|(name, kept)| kept.is_of_a_scenario() && !is_taken(name));
    ours.map(|(name, _)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_one_that_insta_reads() {
        let folder = std::env::temp_dir().join(format!("orchspec-snapshots-{}", std::process::id()));
        let store = Store::at(folder.clone());
        store.store("a/b", "scenarios/a.yaml", "status: 200").unwrap();
        let read = insta::Snapshot::from_file(&folder.join("a/b.snap")).unwrap();
        assert_eq!(read.metadata().source(), Some("scenarios/a.yaml"));
        assert_eq!(store.stored().unwrap()["a/b"].content, "status: 200");
        store.delete("a/b").unwrap();
        assert!(!folder.join("a").exists() && folder.exists());
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
