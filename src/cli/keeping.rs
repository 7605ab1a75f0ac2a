//! What a run does with snapshots: which folder, what is compared, and what is written afterwards.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::{SnapshotMode, SnapshotRunArguments};
use super::snapshots::Store;
use super::target_file::Chosen;
use crate::diagnostic::Diagnostic;
use crate::outcome::{RunOutcome, SnapshotOutcome, SnapshotState, phrase};
use crate::source::SourceMap;

/// What a run does with the snapshots that it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeping {
    /// Stores what was seen.
    Record,
    /// Compares, and proposes what differs.
    Propose,
    /// Compares, and writes nothing: nobody is there to decide.
    Compare,
    /// Takes none.
    Nothing,
}

/// The snapshots of one run.
#[derive(Debug)]
pub(crate) struct Keeper {
    store: Store,
    keeping: Keeping,
}

impl Keeper {
    /// Decides what to do; without being asked snapshots are compared only where some are kept already.
    pub(crate) fn new(
        arguments: &SnapshotRunArguments,
        (chosen, suite): (&Chosen, Option<&Path>),
        is_ci: bool,
    ) -> Self {
        let folder = arguments.snapshots_dir.clone().unwrap_or_else(|| folder(chosen, suite));
        let store = Store::at(folder);
        let comparing = if is_ci { Keeping::Compare } else { Keeping::Propose };
        let keeping = match arguments.snapshots {
            Some(SnapshotMode::Record) => Keeping::Record,
            Some(SnapshotMode::Verify) => comparing,
            None if store.exists() => comparing,
            Some(SnapshotMode::Off) | None => Keeping::Nothing,
        };
        Self { store, keeping }
    }

    /// What is stored; none if no snapshot is to be taken.
    pub(crate) fn stored(&self) -> Result<Option<BTreeMap<String, String>>, Diagnostic> {
        if self.keeping == Keeping::Nothing { Ok(None) } else { self.store.stored().map(Some) }
    }

    /// The states that close the gate.
    pub(crate) fn refused(&self, tolerates_changes: bool) -> Vec<SnapshotState> {
        let mut refused = Vec::new();
        if !tolerates_changes && self.keeping != Keeping::Record {
            refused.push(SnapshotState::Changed);
        }
        if self.keeping == Keeping::Compare {
            refused.push(SnapshotState::New);
        }
        refused
    }

    /// Writes what is to be written, and says so; nothing is said where nothing was written.
    pub(crate) fn keep(
        &self,
        outcome: &RunOutcome,
        sources: &SourceMap,
    ) -> Result<Option<String>, Diagnostic> {
        let mut written = 0;
        for case in &outcome.cases {
            let source = sources.name(case.span.source);
            for snapshot in &case.snapshots {
                written += usize::from(self.keep_one(snapshot, source)?);
            }
        }
        Ok((written > 0).then(|| self.describe(written)))
    }

    fn keep_one(&self, snapshot: &SnapshotOutcome, source: &str) -> Result<bool, Diagnostic> {
        let SnapshotOutcome { name, state, content, .. } = snapshot;
        let differs = *state != SnapshotState::Same;
        match self.keeping {
            Keeping::Record if differs => self.store.store(name, source, content)?,
            Keeping::Propose if differs => self.store.propose(name, source, content)?,
            // What an earlier run proposed is not what the server says now.
            Keeping::Record | Keeping::Propose => self.store.reject(name)?,
            Keeping::Compare | Keeping::Nothing => return Ok(false),
        }
        Ok(differs)
    }

    fn describe(&self, written: usize) -> String {
        let (count, folder) = (phrase::count(written, "snapshot"), self.store.folder().display());
        if self.keeping == Keeping::Record {
            return format!("{count} recorded below {folder}");
        }
        let is_default = self.store.folder().starts_with(super::args::SNAPSHOTS);
        let option = if is_default { String::new() } else { format!(" --snapshots-dir {folder}") };
        format!("{count} proposed below {folder}: decide with `orchspec snapshot review{option}`")
    }
}

/// Snapshots of a real server lie beside its target file, those of the embedded mock beside the suite.
fn folder(chosen: &Chosen, suite: Option<&Path>) -> PathBuf {
    let beside = if chosen.is_real() { chosen.folder.as_path() } else { suite.unwrap_or(Path::new("")) };
    beside.join(super::args::SNAPSHOTS).join(folder_name(&chosen.target.identity.product))
}

/// A product's name as the name of one folder.
fn folder_name(product: &str) -> String {
    let letter = |letter: char| if letter.is_alphanumeric() || "-_".contains(letter) { letter } else { '-' };
    product.to_lowercase().chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Orchestrator 4/../x", "orchestrator-4----x")]
    #[case("..", "--")]
    #[case("embedded", "embedded")]
    fn a_product_name_becomes_one_folder(#[case] product: &str, #[case] expected: &str) {
        assert_eq!(folder_name(product), expected);
    }

    #[rstest]
    #[case(Keeping::Compare, false, &[SnapshotState::Changed, SnapshotState::New])]
    #[case(Keeping::Compare, true, &[SnapshotState::New])]
    #[case(Keeping::Propose, false, &[SnapshotState::Changed])]
    #[case(Keeping::Propose, true, &[])]
    #[case(Keeping::Record, false, &[])]
    fn what_closes_the_gate_depends_on_who_is_there_to_decide(
        #[case] keeping: Keeping,
        #[case] tolerates_changes: bool,
        #[case] expected: &[SnapshotState],
    ) {
        let keeper = Keeper { store: Store::at(PathBuf::new()), keeping };
        assert_eq!(keeper.refused(tolerates_changes), expected);
    }
}
