//! Whether two shards are of one run: the same suite, asked of the same target, in the same way.

use crate::comparison::Run;
use crate::comparison::difference::setting::{Setting, settings};
use crate::diagnostic::Diagnostic;

/// Refuses another run; `first` says what is expected.
pub(super) fn check(first: &Run<'_>, other: &Run<'_>) -> Result<(), Diagnostic> {
    let settings = settings(first.outcome, other.outcome);
    // The shards of a run differ in their number, and one may have been cut short.
    let other_run =
        settings.into_iter().find(|setting| !["shard", "interrupted"].contains(&setting.name.as_str()));
    other_run.map_or(Ok(()), |setting| Err(refused((first, other), &setting)))
}

fn refused((first, other): (&Run<'_>, &Run<'_>), setting: &Setting) -> Diagnostic {
    let (expected, actual) = (shown(setting.old.as_ref()), shown(setting.new.as_ref()));
    let names = format!("`{}` and `{}` are of different runs", first.name, other.name);
    let message = format!("{names}: {}: expected {expected}, actual {actual}", setting.name);
    let diagnostic = match setting.name.as_str() {
        "suite" => Diagnostic::error("shard-suite", message),
        "selection" | "gate" | "baseline" => Diagnostic::error("shard-selection", message),
        _ => Diagnostic::error("shard-target", message),
    };
    diagnostic.help("give the shards of one run; two runs beside each other: `orchspec report matrix`")
}

/// A value as JSON; those of policies are already.
fn shown(value: Option<&String>) -> String {
    match value {
        None => "none".to_owned(),
        Some(value) if value.starts_with(['"', '[']) => value.clone(),
        Some(value) => format!("{value:?}"),
    }
}
