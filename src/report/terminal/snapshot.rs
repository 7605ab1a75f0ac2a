//! Snapshots that are not as they were: what changed, line by line, and which are new or without use.

use std::fmt::Write;

use super::Page;
use crate::outcome::{SnapshotOutcome, SnapshotState, phrase};
use crate::report::difference;
use crate::report::palette::{Palette, paint};

/// How many lines of a difference are shown.
const SHOWN_LINES: usize = 40;

/// Nothing if every snapshot is the same.
pub(super) fn render(page: &Page<'_>) -> String {
    let mut text = String::new();
    for snapshot in page.outcome.cases.iter().flat_map(|case| &case.snapshots) {
        if snapshot.state != SnapshotState::Same {
            text.push_str(&described(snapshot, page.palette));
        }
        for redaction in &snapshot.unused {
            let note = paint(page.palette.faint, "note");
            _ = writeln!(
                text,
                "{note} snapshot {}: its redaction of the {redaction} fits nothing",
                snapshot.name
            );
        }
    }
    for name in &page.outcome.unreferenced {
        let state = SnapshotState::Unreferenced;
        _ = writeln!(
            text,
            "{} snapshot {name}: no scenario takes it",
            paint(page.palette.doubtful, state.word())
        );
    }
    text
}

fn described(snapshot: &SnapshotOutcome, palette: &Palette) -> String {
    let style = if snapshot.state == SnapshotState::Changed { palette.bad } else { palette.doubtful };
    let mut text = format!("{} snapshot {}\n", paint(style, snapshot.state.word()), snapshot.name);
    let lines = snapshot.stored.as_deref().map(|stored| difference::lines(stored, &snapshot.content));
    let lines = lines.unwrap_or_default();
    for line in lines.iter().take(SHOWN_LINES) {
        _ = writeln!(text, "    {}", paint(line_style(line, palette), line));
    }
    if let Some(hidden) = lines.len().checked_sub(SHOWN_LINES).filter(|hidden| *hidden > 0) {
        _ = writeln!(text, "    … {}", phrase::count(hidden, "more line"));
    }
    text
}

fn line_style(line: &str, palette: &Palette) -> anstyle::Style {
    match line.as_bytes().first() {
        Some(b'-') => palette.bad,
        Some(b'+') => palette.good,
        _ => palette.faint,
    }
}
