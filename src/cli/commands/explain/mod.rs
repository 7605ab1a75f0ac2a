//! `explain ID`: everything there is to say about one name, whatever kind of thing it names.

mod defect;
mod diagnostic;
mod example;
mod fault;
mod matcher;
mod policy;
mod requirement;
mod rule;
mod scenario;

use std::path::Path;

use crate::check::MATCHERS;
use crate::cli::bench::Stand;
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};
use crate::diagnostic::{Diagnostic, nearest};
use crate::mock::DEFECTS;
use crate::plan::Suite;
use crate::rule::RULES;
use crate::source::SourceMap;

use diagnostic::CODES;

/// What explanations are made of.
struct Asked<'a> {
    /// The suite, and a mock to show what is meant.
    stand: &'a Stand,
    /// The files of the suite.
    sources: &'a SourceMap,
}

impl Asked<'_> {
    fn suite(&self) -> &Suite {
        &self.stand.prepared.suite
    }
}

/// One kind of thing that can be explained.
type Explainer = fn(&str, &Asked<'_>) -> Option<String>;

const EXPLAINERS: [Explainer; 8] = [
    requirement::explain,
    policy::explain,
    matcher::explain,
    defect::explain,
    rule::explain,
    scenario::explain,
    diagnostic::explain,
    fault::explain,
];

/// Prints what `id` means.
pub(crate) fn explain(session: &mut Session, id: &str, folder: Option<&Path>) -> Ending {
    let stand = Stand::of_any_suite(session, folder)?;
    let asked = Asked { stand: &stand, sources: &session.sources };
    let Some(text) = EXPLAINERS.iter().find_map(|explainer| explainer(id, &asked)) else {
        return Err(session.refuse(unknown(id, &stand.prepared.suite)));
    };
    session.show(&text)?;
    Ok(Exit::Satisfied)
}

fn unknown(id: &str, suite: &Suite) -> Diagnostic {
    let known = known(suite);
    let message = format!("nothing is called `{id}`");
    let unknown = Diagnostic::error("unknown-name", message);
    match nearest(id, known.iter().map(String::as_str)) {
        Some(near) => unknown.help(format!("did you mean `{near}`?")),
        None => unknown.help("`orchspec list` shows what there is"),
    }
}

fn known(suite: &Suite) -> Vec<String> {
    let registries = || suite.registries.iter();
    let requirements = registries().flat_map(|registry| &registry.requirements);
    let policies = registries().flat_map(|registry| &registry.policies);
    let mut names: Vec<String> = requirements.map(|requirement| requirement.id.to_string()).collect();
    names.extend(policies.map(|key| key.name.clone()));
    names.extend(MATCHERS.iter().map(|matcher| matcher.name.to_owned()));
    names.extend(DEFECTS.iter().map(|defect| defect.id.to_owned()));
    names.extend(RULES.iter().map(|rule| rule.id.to_owned()));
    names.extend(suite.programs.iter().map(|program| program.scenario.id.clone()));
    names.extend(fault::names());
    names.extend(CODES.iter().map(|(code, _)| (*code).to_owned()));
    names
}

/// A heading with a line each; nothing if there is none.
fn section(heading: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines: String = lines.iter().map(|line| format!("    {line}\n")).collect();
    format!("  {heading}:\n{lines}")
}
