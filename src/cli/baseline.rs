//! A baseline file: read, and held against the suite before anything is sent.

use std::path::Path;

use super::args::GateArguments;
use super::files;
use super::session::{Session, Stop};
use crate::diagnostic::{Diagnostic, nearest};
use crate::outcome::baseline::{self, Baseline, Placed};
use crate::outcome::phrase;
use crate::plan::{self, Program, Suite};
use crate::requirement::RequirementId;
use crate::system::System as _;

/// The entries of a file, and where they stand.
#[derive(Debug, Default)]
pub(crate) struct Known {
    file: String,
    /// What it says.
    pub placed: Vec<Placed>,
}

impl Known {
    /// Whether an entry is about a case of this scenario.
    pub(crate) fn names_scenario(&self, id: &str) -> bool {
        self.placed.iter().any(|placed| scenario(&placed.entry.case) == id)
    }

    /// What a run that begins now is to tolerate.
    pub(crate) fn into_baseline(self, session: &Session) -> Baseline {
        let entries = self.placed.into_iter().map(|placed| placed.entry).collect();
        Baseline { file: self.file, entries, day: baseline::day(session.machine.now()) }
    }

    /// Finds entries about what the suite does not have; `ids` are those of all scenarios, which `listing` shows.
    pub(crate) fn check(
        &self,
        suite: &Suite,
        (ids, listing): (&[&str], &str),
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let unmatched = self.placed.iter().filter_map(|placed| unmatched(placed, suite, (ids, listing)));
        diagnostics.extend(unmatched);
    }
}

/// The baseline that a run is given, if any; what is wrong with it is added to the session's diagnostics.
pub(crate) fn load(session: &mut Session, arguments: &GateArguments) -> Result<Option<Known>, Stop> {
    let Some(path) = &arguments.baseline else { return Ok(None) };
    let bytes = files::read(path).map_err(|missing| missing.help("`orchspec baseline write` proposes one"));
    let bytes = session.settled(bytes)?;
    let known = parse(session, path, &bytes).map(|(known, _)| known).unwrap_or_default();
    session.diagnostics.extend(unexplained(&known));
    session.diagnostics.extend(arguments.max_baseline.and_then(|most| too_many(&known, most)));
    Ok(Some(known))
}

/// Reads the bytes of a baseline file; gives its text too.
pub(crate) fn parse(session: &mut Session, path: &Path, bytes: &[u8]) -> Option<(Known, String)> {
    let file = path.display().to_string();
    let (source, text) = plan::decode(&file, bytes, &mut session.sources, &mut session.diagnostics)?;
    let placed = baseline::parse(source, &text, &mut session.diagnostics)?;
    Some((Known { file, placed }, text))
}

/// Told once: who has just written a baseline knows that all of it is to be filled in.
fn unexplained(known: &Known) -> Option<Diagnostic> {
    let mut empty = known.placed.iter().filter(|placed| placed.entry.reason.trim().is_empty());
    let (first, others) = (empty.next()?, empty.count());
    let others = match others {
        0 => String::new(),
        others => format!(", and of {others} more"),
    };
    let message = format!("nobody says why the failure of `{}`{others} is tolerated", first.entry.name());
    let help = "fill in `reason`, or take the entry out and mend the failure";
    Some(Diagnostic::error("no-reason", message).at(first.reason, "no reason").help(help))
}

fn too_many(known: &Known, most: usize) -> Option<Diagnostic> {
    let number = known.placed.len();
    let noun = if number == 1 { "entry" } else { "entries" };
    let message = format!("{} has {number} {noun}, and --max-baseline allows {most}", known.file);
    let help = "mend a failure and take its entry out: the number may only go down";
    (number > most).then(|| Diagnostic::error("too-many-excuses", message).help(help))
}

/// What is wrong with an entry that no run could ever judge.
fn unmatched(placed: &Placed, suite: &Suite, (ids, listing): (&[&str], &str)) -> Option<Diagnostic> {
    let wanted = &placed.entry.case;
    let program = suite.programs.iter().find(|program| program.scenario.id == scenario(wanted));
    let Some(program) = program else {
        // A scenario that is there and could not be read has been told already.
        let is_there = ids.contains(&scenario(wanted));
        let near = nearest(scenario(wanted), ids.iter().copied());
        return (!is_there).then(|| no_case(placed, near, listing));
    };
    let cases = program.case_ids();
    if !cases.contains(wanted) {
        let near = nearest(wanted, cases.iter().map(String::as_str)).or(Some(&cases[0]));
        return Some(no_case(placed, near, listing));
    }
    let is_cited = program.requirements().contains(&placed.entry.requirement);
    (!is_cited).then(|| not_cited(placed, program))
}

fn no_case(placed: &Placed, near: Option<&str>, listing: &str) -> Diagnostic {
    let help = near.map_or_else(
        || format!("`{listing}` shows every scenario"),
        |near| format!("did you mean `{near}`?"),
    );
    unknown_case(placed, help)
}

/// An entry about a case that there is not.
pub(crate) fn unknown_case(placed: &Placed, help: String) -> Diagnostic {
    let message = format!("the suite has no case `{}`", placed.entry.case);
    Diagnostic::error("no-such-case", message).at(placed.name, "unknown case").help(help)
}

fn not_cited(placed: &Placed, program: &Program) -> Diagnostic {
    let (case, requirement) = (&placed.entry.case, placed.entry.requirement.as_str());
    let cited: Vec<&str> = program.requirements().into_iter().map(RequirementId::as_str).collect();
    let help = match nearest(requirement, cited.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it judges {}", phrase::first_of(&cited, SHOWN)),
    };
    let message = format!("the case `{case}` does not judge {requirement}");
    Diagnostic::error("not-cited", message).at(placed.name, "").help(help)
}

/// How many requirements of a case are named.
const SHOWN: usize = 10;

fn scenario(case: &str) -> &str {
    case.split_once('@').map_or(case, |(scenario, _)| scenario)
}
