//! `snapshot`: what runs proposed, and what becomes of it.

use std::collections::BTreeMap;

use crate::cli::args::{SnapshotArguments, SnapshotCommand};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session, Stop};
use crate::cli::snapshots::Store;
use crate::diagnostic::Diagnostic;
use crate::report::palette::paint;
use crate::report::{Palette, difference};

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
    session.show(&proposed.keys().map(line).collect::<String>())?;
    summarize(session, proposed.len());
    Ok(Exit::Satisfied)
}

/// Shows one after the other; on a terminal somebody decides on each, and anywhere else nobody is there to.
fn review(session: &mut Session, arguments: &SnapshotArguments) -> Ending {
    let Proposals { store, stored, proposed } = proposals(session, arguments)?;
    let palette = session.console.palette_of_results();
    for (name, content) in &proposed {
        let before = stored.get(name).map_or("", String::as_str);
        session.show(&shown(name, (before, content), &palette))?;
        let answer = if session.console.converses() { ask(session) } else { Answer::Later };
        match answer {
            Answer::Accept => act(session, &store, Store::accept, (name, "accepted"))?,
            Answer::Reject => act(session, &store, Store::reject, (name, "rejected"))?,
            Answer::Later => {}
            Answer::Quit => break,
        }
    }
    summarize(session, proposed.len());
    if !proposed.is_empty() && !session.console.converses() {
        let message = "nobody is there to be asked: a review needs a terminal";
        let help = "see the names with `orchspec snapshot list`, and decide with `snapshot accept` or `snapshot reject`";
        return Err(session.refuse(Diagnostic::error("nobody-to-ask", message).help(help)));
    }
    Ok(Exit::Satisfied)
}

/// What somebody wants to become of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Accept,
    Reject,
    Later,
    Quit,
}

/// Asks until the answer is one; whoever goes away decides nothing.
fn ask(session: &Session) -> Answer {
    loop {
        let Some(line) = session.console.ask("  accept, reject, next or quit? ") else { return Answer::Quit };
        if let Some(answer) = understand(&line) {
            return answer;
        }
    }
}

/// A word or its first letters.
fn understand(line: &str) -> Option<Answer> {
    let line = line.to_lowercase();
    let words = [
        ("accept", Answer::Accept),
        ("reject", Answer::Reject),
        ("next", Answer::Later),
        ("quit", Answer::Quit),
    ];
    let meant = words.into_iter().find(|(word, _)| !line.is_empty() && word.starts_with(&line));
    meant.map(|(_, answer)| answer)
}

/// What is done with one proposal.
type Action = fn(&Store, &str) -> Result<(), Diagnostic>;

fn decide(session: &mut Session, arguments: &SnapshotArguments, action: Action, word: &str) -> Ending {
    let Proposals { store, proposed, .. } = proposals(session, arguments)?;
    for name in proposed.keys() {
        act(session, &store, action, (name, word))?;
    }
    summarize(session, proposed.len());
    Ok(Exit::Satisfied)
}

fn act(session: &mut Session, store: &Store, action: Action, (name, word): (&str, &str)) -> Result<(), Stop> {
    let done = action(store, name);
    session.settled(done)?;
    session.console.note(&format!("{word} {name}"));
    Ok(())
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
        let message = format!("no proposed snapshot is called `{}`", arguments.names.join("` or `"));
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

fn shown(name: &str, (before, after): (&str, &str), palette: &Palette) -> String {
    let mut text = format!("{}\n", paint(palette.strong, name));
    for line in difference::lines(&format!("{before}\n"), &format!("{after}\n")) {
        let style = match line.as_bytes().first() {
            Some(b'-') => palette.bad,
            Some(b'+') => palette.good,
            _ => palette.faint,
        };
        text.push_str(&paint(style, &format!("  {line}")));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("a", Some(Answer::Accept))]
    #[case("Reject", Some(Answer::Reject))]
    #[case("n", Some(Answer::Later))]
    #[case("q", Some(Answer::Quit))]
    #[case("", None)]
    #[case("accepted", None)]
    fn an_answer_is_a_word_or_its_beginning(#[case] line: &str, #[case] expected: Option<Answer>) {
        assert_eq!(understand(line), expected);
    }

    #[test]
    fn a_proposal_is_shown_as_its_difference() {
        let text = shown("a/b", ("status: 200", "status: 202\n\nx"), &Palette::plain());
        assert_eq!(text, "a/b\n  - status: 200\n  + status: 202\n  + \n  + x\n");
    }
}
