//! Golden copies of recorded answers, redacted as a run redacts them, so that a replay finds them the same.

use super::compose::Setting;
use super::line::Line;
use super::secret::Secrets;
use super::step::Step;
use crate::check::{Redaction, snapshot};

/// What stands for a credential that nobody knows.
const UNKNOWN: &str = "[unknown secret]";

/// Takes a copy for each step that wants one, and gives each a name of its own.
pub(super) fn take(
    steps: &mut [Step],
    lines: &[Line<'_>],
    setting: Setting<'_>,
    secrets: &Secrets<'_>,
) -> Vec<(String, String)> {
    let known = secrets.strange().iter().map(|token| (token.expose().to_owned(), UNKNOWN)).collect();
    let masks = setting.target.masks();
    let mut redaction = Redaction::new(&masks, &setting.protocol.base, known);
    let mut taken: Vec<(String, String)> = Vec::new();
    for step in steps {
        let Some(wanted) = &step.snapshot else { continue };
        let name = free_name(wanted, setting.id, &taken);
        let content = snapshot(lines[step.lines.1].response, &mut redaction);
        taken.push((format!("{}/{name}", setting.id), secrets.mask(&content)));
        step.snapshot = Some(name);
    }
    taken
}

fn free_name(wanted: &str, id: &str, taken: &[(String, String)]) -> String {
    let is_free = |name: &String| taken.iter().all(|(other, _)| *other != format!("{id}/{name}"));
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(is_free).unwrap_or_else(|| wanted.to_owned())
}
