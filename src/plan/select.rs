//! Which scenarios and cases were asked for.

use crate::diagnostic::{Diagnostic, nearest};
use crate::pattern::fits;

use super::Program;

/// What was asked for; an empty filter asks for everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Ids of scenarios or cases; `*` stands for any characters.
    pub patterns: Vec<String>,
    /// Tags, of which a scenario must have one.
    pub tags: Vec<String>,
    /// Requirements, of which a scenario must cite one; `*` stands for any characters.
    pub requirements: Vec<String>,
}

impl Filter {
    /// Whether everything is asked for.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty() && self.tags.is_empty() && self.requirements.is_empty()
    }

    /// Whether a scenario can hold a case that is asked for, judged by its id alone.
    pub fn wants_scenario(&self, id: &str) -> bool {
        let scenario_part = |pattern: &str| pattern.split('@').next().unwrap_or(pattern).to_owned();
        self.patterns.is_empty() || self.patterns.iter().any(|pattern| fits(&scenario_part(pattern), id))
    }

    /// Whether a case is asked for.
    pub fn wants_case(&self, id: &str, program: &Program) -> bool {
        let scenario = id.split('@').next().unwrap_or(id);
        let by_id = self.patterns.is_empty()
            || self.patterns.iter().any(|pattern| fits(pattern, id) || fits(pattern, scenario));
        let by_tag = self.tags.is_empty() || program.scenario.tags.iter().any(|tag| self.tags.contains(tag));
        let cites = |pattern: &String| program.requirements().iter().any(|id| fits(pattern, id.as_str()));
        by_id && by_tag && (self.requirements.is_empty() || self.requirements.iter().any(cites))
    }

    /// The words as they were given, for reports.
    pub fn words(&self) -> Vec<String> {
        let tags = self.tags.iter().map(|tag| format!("--tag {tag}"));
        let requirements = self.requirements.iter().map(|id| format!("--requirement {id}"));
        self.patterns.iter().cloned().chain(tags).chain(requirements).collect()
    }

    /// A diagnostic for each pattern that no id fits; `listing` is the command that shows all of them.
    pub fn report_unmatched(&self, ids: &[&str], listing: &str, diagnostics: &mut Vec<Diagnostic>) {
        for pattern in &self.patterns {
            let scenario = pattern.split('@').next().unwrap_or(pattern);
            if !ids.iter().any(|id| fits(scenario, id)) {
                let unmatched =
                    Diagnostic::error("no-such-scenario", format!("no scenario is called `{pattern}`"));
                let help = match nearest(scenario, ids.iter().copied()) {
                    Some(id) => format!("did you mean `{id}`?"),
                    None => format!("`{listing}` shows them all; `*` stands for any characters"),
                };
                diagnostics.push(unmatched.help(help));
            }
        }
    }
}
