//! `snapshot`: what runs proposed, and what becomes of it.

mod desk;
mod page;
mod proposal;
mod review;

use std::path::Path;

use self::proposal::Proposal;
use crate::cli::args::{SnapshotArguments, SnapshotCommand};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session, Stop};
use crate::cli::snapshots::{Store, unreferenced};
use crate::cli::suite;
use crate::diagnostic::Diagnostic;
use crate::outcome::SnapshotState;
use crate::pattern::fits;
use crate::plan::{Suite, load};

/// Lists, shows, stores or forgets the proposed snapshots.
pub(crate) fn snapshot(session: &mut Session, command: &SnapshotCommand) -> Ending {
    match command {
        SnapshotCommand::List { which, suite } => list(session, which, suite.suite.as_deref()),
        SnapshotCommand::Review(arguments) => {
            let (store, proposals) = proposals(session, arguments)?;
            if proposals.is_empty() { nothing(session) } else { review::review(session, &store, &proposals) }
        }
        SnapshotCommand::Accept(arguments) => accept(session, arguments),
        SnapshotCommand::Reject(arguments) => reject(session, arguments),
    }
}

/// A line for each one that is not as it was, with its file.
fn list(session: &mut Session, arguments: &SnapshotArguments, folder: Option<&Path>) -> Ending {
    let suite = whole_suite(session, folder)?;
    let store = Store::at(arguments.snapshots_dir.clone());
    let read = store.stored().and_then(|stored| Ok((stored, store.proposed()?)));
    let (stored, proposed) = session.settled(read)?;
    let unreferenced = unreferenced(stored.iter().chain(&proposed), &suite);
    let mut lines = Vec::new();
    for name in proposed.keys().chain(stored.keys().filter(|name| !proposed.contains_key(*name))) {
        let file =
            if proposed.contains_key(name) { store.proposed_file(name) } else { store.stored_file(name) };
        let state =
            match (unreferenced.contains(name), proposed.contains_key(name), stored.contains_key(name)) {
                (true, ..) => SnapshotState::Unreferenced,
                (_, true, true) => SnapshotState::Changed,
                (_, true, false) => SnapshotState::New,
                (_, false, _) => continue,
            };
        if is_meant(arguments, name, &file) {
            lines.push(format!("{state:12}  {}\n", file.display()));
        }
    }
    refuse_unknown(session, arguments, lines.is_empty())?;
    lines.sort();
    session.show_exactly(&lines.concat())?;
    if lines.is_empty() {
        session.console.note("every snapshot is as it was, as far as runs have shown");
    }
    Ok(Exit::Satisfied)
}

fn whole_suite(session: &mut Session, folder: Option<&Path>) -> Result<Suite, Stop> {
    let files = suite::files(session, folder)?;
    let suite = load(&files, &|_| true, &mut session.sources, &mut session.diagnostics);
    session.settle()?;
    Ok(suite)
}

fn accept(session: &mut Session, arguments: &SnapshotArguments) -> Ending {
    let (store, proposals) = proposals(session, arguments)?;
    for proposal in &proposals {
        let done = store.accept(&proposal.name);
        session.stored(done)?;
        session.console.note(&format!("accepted {}", proposal.name));
    }
    if proposals.is_empty() { nothing(session) } else { Ok(Exit::Satisfied) }
}

/// Whatever is in a file, it can be forgotten.
fn reject(session: &mut Session, arguments: &SnapshotArguments) -> Ending {
    let store = Store::at(arguments.snapshots_dir.clone());
    let names = store.proposed_names();
    let mut names = session.settled(names)?;
    names.retain(|name| is_meant(arguments, name, &store.proposed_file(name)));
    refuse_unknown(session, arguments, names.is_empty())?;
    for name in &names {
        let done = store.reject(name);
        session.stored(done)?;
        session.console.note(&format!("rejected {name}"));
    }
    if names.is_empty() { nothing(session) } else { Ok(Exit::Satisfied) }
}

fn proposals(session: &mut Session, arguments: &SnapshotArguments) -> Result<(Store, Vec<Proposal>), Stop> {
    let store = Store::at(arguments.snapshots_dir.clone());
    let read = store.proposed().and_then(|proposed| Ok((store.readable()?, proposed)));
    let (mut stored, proposed) = session.settled(read)?;
    let mut proposals = Vec::new();
    for (name, kept) in proposed {
        let stored = stored.remove(&name).map(|stored| stored.content);
        if is_meant(arguments, &name, &store.proposed_file(&name)) {
            proposals.push(Proposal { name, source: kept.source, stored, proposed: kept.content });
        }
    }
    refuse_unknown(session, arguments, proposals.is_empty())?;
    Ok((store, proposals))
}

/// A name, a part of one, a pattern, or a file as `list` shows it.
fn is_meant(arguments: &SnapshotArguments, name: &str, file: &Path) -> bool {
    let fits_one = |wanted: &String| {
        let file = file.display().to_string();
        if wanted.contains('*') {
            fits(wanted, name) || fits(wanted, &file)
        } else {
            file.contains(wanted.as_str())
        }
    };
    arguments.names.is_empty() || arguments.names.iter().any(fits_one)
}

fn refuse_unknown(session: &mut Session, arguments: &SnapshotArguments, is_empty: bool) -> Result<(), Stop> {
    if !is_empty || arguments.names.is_empty() {
        return Ok(());
    }
    let message =
        format!("no proposed snapshot is called {}", format_args!("`{}`", arguments.names.join("` or `")));
    let help = "`orchspec snapshot list` shows what is proposed";
    Err(session.refuse(Diagnostic::error("no-such-snapshot", message).help(help)))
}

fn nothing(session: &Session) -> Ending {
    session.console.note("no snapshot is proposed");
    Ok(Exit::Satisfied)
}
