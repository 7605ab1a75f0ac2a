//! `snapshot`: what runs proposed, and what becomes of it.

use std::collections::BTreeMap;

use similar::{ChangeTag, TextDiff};

use crate::cli::args::{SnapshotArguments, SnapshotCommand};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session, Stop};
use crate::cli::snapshots::Store;
use crate::diagnostic::Diagnostic;
use crate::report::Palette;
use crate::report::palette::paint;

/// Lists, shows, stores or forgets the proposed snapshots.
pub(crate) fn snapshot(session: &mut Session, command: &SnapshotCommand) -> Ending {
    match command {
        SnapshotCommand::List(arguments) => list(session, arguments),
        SnapshotCommand::Review(arguments) => review(session, arguments),
        SnapshotCommand::Accept(arguments) => decide(session, arguments, Store::accept, "accepted"),
        SnapshotCommand::Reject(arguments) => decide(session, arguments, Store::reject, "rejected"),
    }
}

fn list(session: &mut Session, arguments: &SnapshotArguments) -> Ending {
    let Proposals { stored, proposed, .. } = proposals(session, arguments)?;
    let line = |name: &String| {
        let state = if stored.contains_key(name) { "changed" } else { "new" };
        format!("{state:7}  {name}\n")
    };
    session.console.result(&proposed.keys().map(line).collect::<String>());
    summarize(session, proposed.len());
    Ok(Exit::Satisfied)
}

fn review(session: &mut Session, arguments: &SnapshotArguments) -> Ending {
    let Proposals { stored, proposed, .. } = proposals(session, arguments)?;
    let palette = session.console.palette_of_results();
    for (name, content) in &proposed {
        let before = stored.get(name).map_or("", String::as_str);
        session.console.result(&difference(name, before, content, &palette));
    }
    summarize(session, proposed.len());
    Ok(Exit::Satisfied)
}

fn decide(
    session: &mut Session,
    arguments: &SnapshotArguments,
    act: fn(&Store, &str) -> Result<(), Diagnostic>,
    word: &str,
) -> Ending {
    let Proposals { store, proposed, .. } = proposals(session, arguments)?;
    for name in proposed.keys() {
        let done = act(&store, name);
        session.settled(done)?;
        session.console.note(&format!("{word} {name}"));
    }
    summarize(session, proposed.len());
    Ok(Exit::Satisfied)
}

struct Proposals {
    store: Store,
    stored: BTreeMap<String, String>,
    proposed: BTreeMap<String, String>,
}

fn proposals(session: &mut Session, arguments: &SnapshotArguments) -> Result<Proposals, Stop> {
    let store = Store::at(arguments.snapshots_dir.clone());
    let read = store.stored().and_then(|stored| Ok((stored, store.proposed()?)));
    let (stored, mut proposed) = session.settled(read)?;
    let wanted = |name: &str| {
        arguments.names.is_empty() || arguments.names.iter().any(|part| name.contains(part.as_str()))
    };
    proposed.retain(|name, _| wanted(name));
    if proposed.is_empty() && !arguments.names.is_empty() {
        let message = format!("no proposed snapshot is called {}", arguments.names.join(" or "));
        let help = "`orchspec snapshot list` shows what is proposed";
        return Err(session.refuse(Diagnostic::error("no-such-snapshot", message).help(help)));
    }
    Ok(Proposals { store, stored, proposed })
}

fn summarize(session: &Session, count: usize) {
    if count == 0 {
        session.console.note("no snapshot is proposed");
    }
}

fn difference(name: &str, before: &str, after: &str, palette: &Palette) -> String {
    let mut text = format!("{}\n", paint(palette.strong, name));
    for change in TextDiff::from_lines(format!("{before}\n"), format!("{after}\n")).iter_all_changes() {
        let (sign, style) = match change.tag() {
            ChangeTag::Delete => ('-', palette.bad),
            ChangeTag::Insert => ('+', palette.good),
            ChangeTag::Equal => (' ', palette.faint),
        };
        text.push_str(&paint(style, &format!("  {sign} {}", change.value().trim_end())));
        text.push('\n');
    }
    text
}
