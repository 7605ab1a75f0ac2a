//! `snapshot review`: one proposal after the other on a terminal. Nothing is carried out before its end.

use std::io;

use super::desk::{Decision, Desk, Next};
use super::page;
use super::proposal::Proposal;
use crate::cli::exit_code::Exit;
use crate::cli::screen::Screen;
use crate::cli::session::{Ending, Session};
use crate::cli::snapshots::Store;
use crate::diagnostic::Diagnostic;
use crate::report::palette::paint;
use crate::report::{Palette, difference};
use crate::system::System as _;

/// Lets somebody decide; where nobody can answer, shows the differences and says so.
pub(super) fn review(session: &mut Session, store: &Store, proposals: &[Proposal]) -> Ending {
    // A terminal that cannot move its cursor cannot show pages.
    let is_dumb = session.machine.variable("TERM").is_some_and(|term| term == "dumb");
    if is_dumb || !session.console.converses() {
        return show(session, proposals);
    }
    let palette = session.console.palette_of_results();
    // A terminal that went away has decided nothing.
    if let Ok(Some(desk)) = converse(proposals, &palette) {
        return carry_out(session, store, proposals, &desk);
    }
    session.console.note("everything is left as it was");
    Ok(Exit::Interrupted)
}

/// The desk at the end; none if it was left in haste.
fn converse(proposals: &[Proposal], palette: &Palette) -> io::Result<Option<Desk>> {
    let screen = Screen::open()?;
    let mut desk = Desk::new(proposals.len());
    loop {
        let page = page::draw(proposals, &desk, screen.size(), palette);
        screen.show(&page.text)?;
        match desk.press(&screen.key()?, page.room) {
            Next::GoOn => {}
            Next::Finish => return Ok(Some(desk)),
            Next::Abandon => return Ok(None),
        }
    }
}

fn carry_out(session: &mut Session, store: &Store, proposals: &[Proposal], desk: &Desk) -> Ending {
    for (index, proposal) in proposals.iter().enumerate() {
        let done = match desk.decision(index) {
            Some(Decision::Accept) => store.accept(&proposal.name),
            Some(Decision::Reject) => store.reject(&proposal.name),
            None => Ok(()),
        };
        session.stored(done)?;
    }
    session.console.note(&desk.summary());
    Ok(Exit::Satisfied)
}

fn show(session: &mut Session, proposals: &[Proposal]) -> Ending {
    let palette = session.console.palette_of_results();
    for proposal in proposals {
        session.show(&shown(proposal, &palette))?;
    }
    let message = "nobody is there to be asked: a review needs a terminal";
    let help =
        "see the names with `orchspec snapshot list`, and decide with `snapshot accept` or `snapshot reject`";
    Err(session.refuse(Diagnostic::error("nobody-to-ask", message).help(help)))
}

fn shown(proposal: &Proposal, palette: &Palette) -> String {
    let mut text = format!("{}\n", paint(palette.strong, &proposal.name));
    for line in difference::lines(&proposal.stored_lines(), &proposal.proposed_lines()) {
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

    #[test]
    fn a_proposal_is_shown_as_its_difference() {
        let proposal = Proposal {
            name: "a/b".to_owned(),
            source: String::new(),
            stored: Some("status: 200".to_owned()),
            proposed: "status: 202\n\nx".to_owned(),
        };
        let text = shown(&proposal, &Palette::plain());
        assert_eq!(text, "a/b\n  - status: 200\n  + status: 202\n  + \n  + x\n");
    }
}
