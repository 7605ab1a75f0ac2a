//! Which cases did not pass when they last ran in this folder, for `--last-failed`.

use std::collections::BTreeSet;
use std::path::Path;

use super::files;
use crate::diagnostic::Diagnostic;
use crate::outcome::{CaseOutcome, Verdict};

const FILE: &str = ".orchspec/last-failed";
const IGNORE: &str = ".orchspec/.gitignore";

/// The ids that are remembered of these scenarios; those of another suite, or of scenarios that are gone, are left alone.
pub(crate) fn recall(scenarios: &[&str]) -> Result<Vec<String>, Diagnostic> {
    let is_known = |id: &String| scenarios.contains(&id.split('@').next().unwrap_or(id));
    let ids: Vec<String> = remembered().into_iter().filter(is_known).collect();
    if ids.is_empty() {
        let message = "no case of this suite that failed is remembered in this folder";
        let help = "leave out `--last-failed` to run everything";
        return Err(Diagnostic::error("nothing-failed", message).help(help));
    }
    Ok(ids)
}

/// Remembers what failed of these, forgets what did not, and keeps what was not run.
pub(crate) fn remember(cases: &[CaseOutcome]) -> Result<(), Diagnostic> {
    let before = remembered();
    let mut ids = before.clone();
    for case in cases {
        match case.verdict() {
            Verdict::Fail | Verdict::Error | Verdict::Inconclusive => {
                ids.insert(case.id.clone());
            }
            Verdict::Skip => {}
            _ => {
                ids.remove(&case.id);
            }
        }
    }
    if ids == before {
        return Ok(());
    }
    if ids.is_empty() {
        return files::remove(Path::new(FILE));
    }
    files::replace(Path::new(IGNORE), b"*\n")?;
    let lines: String = ids.iter().map(|id| format!("{id}\n")).collect();
    files::replace(Path::new(FILE), lines.as_bytes())
}

fn remembered() -> BTreeSet<String> {
    let bytes = files::read(Path::new(FILE)).unwrap_or_default();
    String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
}
