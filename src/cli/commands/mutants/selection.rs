//! Which mutants: defects by their ids, or by the requirements that they break.

use crate::cli::args::MutantsArguments;
use crate::cli::session::{Session, Stop};
use crate::diagnostic::{Diagnostic, nearest};
use crate::mock::{DEFECTS, Defect};
use crate::pattern::fits;
use crate::plan::Suite;

/// The defects that the arguments ask for; every word must fit one.
pub(super) fn choose(
    session: &mut Session,
    arguments: &MutantsArguments,
    suite: &Suite,
) -> Result<Vec<&'static Defect>, Stop> {
    let ids: Vec<&str> = DEFECTS.iter().map(|defect| defect.id).collect();
    let registered = suite.registries.iter().flat_map(|registry| &registry.requirements);
    let requirements: Vec<&str> = registered.map(|requirement| requirement.id.as_str()).collect();
    let defects = unmatched(&arguments.defects, &ids, ("unknown-defect", "defect", "defects"));
    let others = unmatched(
        &arguments.requirements,
        &requirements,
        ("unknown-requirement", "requirement", "requirements"),
    );
    session.diagnostics.extend(defects.into_iter().chain(others));
    session.settle()?;
    let chosen: Vec<&Defect> = DEFECTS.iter().filter(|defect| is_wanted(defect, arguments)).collect();
    if chosen.is_empty() {
        let message = format!("no defect is selected by {}", words(arguments).join(" "));
        let help = "`orchspec list defects` shows them all";
        return Err(session.refuse(Diagnostic::error("nothing-selected", message).help(help)));
    }
    Ok(chosen)
}

fn is_wanted(defect: &Defect, arguments: &MutantsArguments) -> bool {
    let MutantsArguments { defects, requirements, .. } = arguments;
    let by_id = defects.is_empty() || defects.iter().any(|pattern| fits(pattern, defect.id));
    let breaks = |pattern: &String| defect.requirements.iter().any(|id| fits(pattern, id));
    by_id && (requirements.is_empty() || requirements.iter().any(breaks))
}

fn words(arguments: &MutantsArguments) -> Vec<String> {
    let requirements = arguments.requirements.iter().map(|id| format!("--requirement {id}"));
    arguments.defects.iter().cloned().chain(requirements).collect()
}

/// A diagnostic for each pattern that no name fits.
fn unmatched(
    patterns: &[String],
    names: &[&str],
    (code, noun, list): (&'static str, &str, &str),
) -> Vec<Diagnostic> {
    let stray = patterns.iter().filter(|pattern| !names.iter().any(|name| fits(pattern, name)));
    stray
        .map(|pattern| {
            let help = match nearest(pattern, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("`orchspec list {list}` shows them all; `*` stands for any characters"),
            };
            Diagnostic::error(code, format!("no {noun} is called `{pattern}`")).help(help)
        })
        .collect()
}
