//! What a run does with snapshots: which folder, what is compared, and what is written afterwards.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::{SnapshotMode, SnapshotRunArguments};
use super::snapshots::{Store, unreferenced};
use super::target_file::Chosen;
use crate::diagnostic::Diagnostic;
use crate::outcome::{RunOutcome, SnapshotOutcome, SnapshotState, phrase};
use crate::plan::{Plan, Suite};
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
    /// Whether what no scenario takes is deleted.
    deletes: bool,
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
            None if store.is_there() => comparing,
            Some(SnapshotMode::Off) | None => Keeping::Nothing,
        };
        Self { store, keeping, deletes: arguments.delete_unreferenced }
    }

    /// Refuses, before anything is sent, what could not be done when all is over.
    pub(crate) fn check(&self, plan: &Plan) -> Result<(), Diagnostic> {
        if self.deletes && self.keeping != Keeping::Record {
            let message = "--delete-unreferenced deletes nothing in a run that records nothing";
            return Err(Diagnostic::error("unreferenced", message).help("add --snapshots record"));
        }
        if self.deletes && !(plan.complete && plan.shard.is_none()) {
            let message = "--delete-unreferenced needs a run of the whole suite, and this one is of a part";
            let help = "take the filters away, or the option";
            return Err(Diagnostic::error("unreferenced", message).help(help));
        }
        match self.keeping {
            Keeping::Nothing => Ok(()),
            Keeping::Record => self.store.make_room(),
            Keeping::Propose | Keeping::Compare => self.store.refuse_what_is_no_folder(),
        }
    }

    /// What is stored; none if no snapshot is to be taken. What is recorded anew need not be readable.
    pub(crate) fn stored(&self) -> Result<Option<BTreeMap<String, String>>, Diagnostic> {
        let stored = match self.keeping {
            Keeping::Nothing => return Ok(None),
            Keeping::Record => self.store.readable()?,
            Keeping::Propose | Keeping::Compare => self.store.stored()?,
        };
        let ours = stored.into_iter().filter(|(_, kept)| kept.is_of_a_scenario());
        Ok(Some(ours.map(|(name, kept)| (name, kept.content)).collect()))
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

    /// Writes what is to be written, and tells what was done and what could not be.
    pub(crate) fn keep(&self, outcome: &RunOutcome, suite: &Suite, sources: &SourceMap) -> Kept {
        let mut kept = Kept::default();
        let (written, failure) = self.write_all(outcome, sources);
        kept.told.extend((written > 0).then(|| self.describe(written)));
        let failed = failure.is_some();
        kept.failure = failure.map(|failure| self.weigh(failure));
        if self.deletes && !failed && outcome.selection.complete {
            match self.delete_unreferenced(suite) {
                Ok(told) => kept.told.extend(told),
                Err(failure) => kept.failure = Some(failure),
            }
        } else if self.deletes {
            kept.told
                .push("no unreferenced snapshot was deleted: the run did not come to its end".to_owned());
        }
        kept
    }

    /// How many were written until one could not be.
    fn write_all(&self, outcome: &RunOutcome, sources: &SourceMap) -> (usize, Option<Diagnostic>) {
        let mut written = 0;
        for case in &outcome.cases {
            let source = sources.name(case.span.source);
            for snapshot in &case.snapshots {
                match self.keep_one(snapshot, source) {
                    Ok(differs) => written += usize::from(differs),
                    Err(failure) => return (written, Some(failure)),
                }
            }
        }
        (written, None)
    }

    /// A proposal only saves work: what differs stands in the reports, and closes the gate.
    fn weigh(&self, failure: Diagnostic) -> Diagnostic {
        if self.keeping == Keeping::Record {
            return failure;
        }
        let help = "the differences are shown, but `orchspec snapshot review` will not find them";
        Diagnostic::warning(failure.code, failure.message).help(help)
    }

    fn delete_unreferenced(&self, suite: &Suite) -> Result<Option<String>, Diagnostic> {
        let (stored, proposed) = (self.store.readable()?, self.store.proposed()?);
        let names = unreferenced(stored.iter().chain(&proposed), suite);
        names.iter().try_for_each(|name| self.store.delete(name))?;
        let folder = self.store.folder().display();
        let count = phrase::count(names.len(), "unreferenced snapshot");
        Ok((!names.is_empty()).then(|| format!("{count} deleted below {folder}")))
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

/// What became of the snapshots of a run.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// What was done, a line each.
    pub(crate) told: Vec<String>,
    /// What could not be done.
    pub(crate) failure: Option<Diagnostic>,
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
        let keeper = Keeper { store: Store::at(PathBuf::new()), keeping, deletes: false };
        assert_eq!(keeper.refused(tolerates_changes), expected);
    }
}
