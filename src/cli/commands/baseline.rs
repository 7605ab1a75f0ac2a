//! `baseline write`: from the report of a run to the entries by which its failures would be excused.

use std::fmt::Write as _;
use std::path::Path;

use crate::cli::args::{BaselineCommand, BaselineWriteArguments};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session, Stop};
use crate::cli::{baseline as file, files, stored};
use crate::outcome::baseline::{self, Baseline, Change, Placed, Proposal, Remark, Standing};
use crate::outcome::{RunOutcome, Verdict, phrase};

/// Carries out one of the subcommands.
pub(crate) fn baseline(session: &mut Session, command: &BaselineCommand) -> Ending {
    let BaselineCommand::Write(arguments) = command;
    let read = stored::read(&arguments.report);
    let outcome = session.settled(read)?.outcome;
    let path = (arguments.output != Path::new("-")).then_some(arguments.output.as_path());
    let (text, placed) = existing(session, path)?;
    let proposals = propose(&outcome, &placed, arguments);
    let rewritten = baseline::rewrite(&text, &placed, &proposals);
    match path {
        None => session.show_exactly(&rewritten)?,
        Some(_) if proposals.is_empty() => {
            session.show(&format!("nothing to excuse: {}\n", unproposed(&outcome)))?;
        }
        Some(path) => {
            if rewritten != text {
                session.stored(files::replace(path, rewritten.as_bytes()))?;
            }
            session.show(&summary(path, &proposals, &outcome))?;
        }
    }
    Ok(Exit::Satisfied)
}

/// The text and entries of the file, if there is one; one that cannot be read is not overwritten.
fn existing(session: &mut Session, path: Option<&Path>) -> Result<(String, Vec<Placed>), Stop> {
    let Some(path) = path.filter(|path| files::is_there(path)) else {
        return Ok((String::new(), Vec::new()));
    };
    let bytes = files::read(path);
    let bytes = session.settled(bytes)?;
    let parsed = file::parse(session, path, &bytes);
    session.settle()?;
    Ok(parsed.map(|(known, text)| (text, known.placed)).unwrap_or_default())
}

fn propose(outcome: &RunOutcome, placed: &[Placed], arguments: &BaselineWriteArguments) -> Vec<Proposal> {
    let BaselineWriteArguments { reason, issue, expires, .. } = arguments;
    let remark =
        Remark { reason: reason.clone().unwrap_or_default(), issue: issue.clone(), expires: *expires };
    let entries = placed.iter().map(|placed| placed.entry.clone()).collect();
    let day = baseline::day(outcome.volatile.started);
    baseline::propose(outcome, &Baseline { file: String::new(), entries, day }, &remark)
}

/// What became of each entry that did not just stay, and what is left to be done.
fn summary(path: &Path, proposals: &[Proposal], outcome: &RunOutcome) -> String {
    let file = path.display();
    let left = proposals.iter().filter(|proposal| proposal.change != Change::Dropped);
    let entries = match left.count() {
        1 => "1 entry".to_owned(),
        number => format!("{number} entries"),
    };
    let mut text = format!("{file}: {entries}\n");
    for Proposal { entry, standing, change } in proposals {
        let (word, why) = match (change, standing) {
            (Change::Added, _) => ("added", entry.expect.to_string()),
            (Change::Renewed(_), _) => {
                ("renewed", "another failure came than the one that it says".to_owned())
            }
            (Change::Dropped, Standing::Stale) => ("dropped", "nothing is judged there any more".to_owned()),
            (Change::Dropped, Standing::Passes) => ("dropped", "it passes".to_owned()),
            (Change::Dropped, _) => ("dropped", "it closes no gate any more".to_owned()),
            (Change::Kept, Standing::Expired) => ("expired", "set another last day, or mend it".to_owned()),
            (Change::Kept, _) => continue,
        };
        _ = writeln!(text, "  {word:7}  {}: {why}", entry.name());
    }
    text + &to_be_done(&file.to_string(), proposals, outcome)
}

fn to_be_done(file: &str, proposals: &[Proposal], outcome: &RunOutcome) -> String {
    let lacks_reason = |proposal: &&Proposal| match &proposal.change {
        Change::Renewed(came) => came.reason.trim().is_empty(),
        Change::Added | Change::Kept => proposal.entry.reason.trim().is_empty(),
        Change::Dropped => false,
    };
    let mut text = String::new();
    if proposals.iter().any(|proposal| lacks_reason(&proposal)) {
        _ = writeln!(
            text,
            "fill in every empty `reason`: until then `orchspec run --baseline {file}` refuses the file"
        );
    }
    if errors(outcome) > 0 {
        _ = writeln!(text, "{}", unproposed(outcome));
    }
    text
}

fn unproposed(outcome: &RunOutcome) -> String {
    match errors(outcome) {
        0 => "no verdict of this run closes the gate".to_owned(),
        number => {
            format!("{} ended in an error, which cannot be excused", phrase::count(number, "case"))
        }
    }
}

fn errors(outcome: &RunOutcome) -> usize {
    outcome.cases.iter().filter(|case| case.verdict() == Verdict::Error).count()
}
