//! What a baseline excuses, the cases of each reason, and where it is not so.

use std::fmt::Write;

use super::Page;
use crate::outcome::phrase;
use crate::report::known;
use crate::report::palette::paint;

/// How many requirements of a case are named.
const SHOWN: usize = 6;

/// The verdicts that do not close the gate, each with its reason.
pub(super) fn excused(page: &Page<'_>) -> String {
    let Some(heading) = known::excused(page.outcome) else { return String::new() };
    let mut text = format!("{}\n", paint(page.palette.faint, &heading));
    for excuse in known::excuses(page.outcome) {
        _ = writeln!(text, "  {}", excuse.reason);
        for (case, ids) in excuse.cases {
            _ = writeln!(text, "    {case}: {}", phrase::first_of(&ids, SHOWN));
        }
    }
    text
}

/// The entries for which the file must be changed.
pub(super) fn untrue(page: &Page<'_>) -> String {
    let (untrue, Some(baseline)) = (known::untrue(page.outcome), &page.outcome.baseline) else {
        return String::new();
    };
    if untrue.is_empty() {
        return String::new();
    }
    let number = match untrue.len() {
        1 => "1 entry".to_owned(),
        number => format!("{number} entries"),
    };
    let heading = format!("not as {} says: {number}", baseline.file);
    let mut text = format!("{}\n", paint(page.palette.bad, &heading));
    for own in untrue {
        _ = writeln!(text, "  {:7}  {}", own.standing, own.entry.name());
        _ = writeln!(text, "           expected  {}", own.expected);
        _ = writeln!(text, "           actual    {}", own.actual);
    }
    text
}
