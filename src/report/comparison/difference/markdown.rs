//! The difference of two runs for a pull request or a job's summary.

use std::fmt::Write;

use super::{by_case, heading, one_sided, requirement, verdict, verdicts};
use crate::comparison::Difference;
use crate::comparison::difference::{Change, Kind, Setting};
use crate::report::difference as lines;
use crate::report::markdown::escape::{block, code, folded, text};

/// How many cases or names of one section are shown.
const SHOWN: usize = 100;

/// Everything that differs.
pub fn render(difference: &Difference) -> String {
    let [old, new] = &difference.reports;
    let mut sections = vec![format!("## {}: {} → {}", text(&verdict(difference)), code(old), code(new))];
    sections.push(settings(&difference.settings));
    sections.extend(Kind::ALL.into_iter().map(|kind| changes(difference, kind)));
    sections.extend(one_sided(difference).into_iter().map(|(heading, names)| list(heading, names)));
    sections.push(snapshots(difference));
    sections.retain(|section| !section.is_empty());
    let sections: Vec<&str> = sections.iter().map(|section| section.trim_end()).collect();
    format!("{}\n", sections.join("\n\n"))
}

fn settings(settings: &[Setting]) -> String {
    if settings.is_empty() {
        return String::new();
    }
    let shown = |value: &Option<String>| value.as_deref().map_or("none".to_owned(), code);
    let row = |setting: &Setting| {
        format!("| {} | {} | {} |\n", text(&setting.name), shown(&setting.old), shown(&setting.new))
    };
    let rows: String = settings.iter().map(row).collect();
    format!("### Not judged alike\n\n| | before | now |\n|---|---|---|\n{rows}")
}

fn changes(difference: &Difference, kind: Kind) -> String {
    let cases = by_case(difference, kind);
    if cases.is_empty() {
        return String::new();
    }
    let mut rows = String::new();
    for (case, changes) in cases.iter().take(SHOWN) {
        for change in changes {
            let what = text(&what(change));
            _ = writeln!(
                rows,
                "| {} | {} | {} | {what} |",
                code(case),
                text(&requirement(change)),
                verdicts(change)
            );
        }
    }
    let title = capitalized(heading(kind));
    let table = format!("| case | requirement | verdict | |\n|---|---|---|---|\n{rows}{}", rest(cases.len()));
    if kind.is_regression() { format!("### {title}\n\n{table}") } else { folded(&title, &table) }
}

/// What the newer run has to say of it.
fn what(change: &Change) -> String {
    match (&change.is, &change.because) {
        (Some(is), _) if change.kind.is_regression() => {
            format!("step {}, {}: expected {}, actual {}", is.step, is.place, is.expected, is.actual)
        }
        (_, Some(because)) => because.clone(),
        _ => String::new(),
    }
}

fn list(heading: &str, names: &[String]) -> String {
    let lines: String = names.iter().take(SHOWN).map(|name| format!("- {}\n", code(name))).collect();
    folded(&capitalized(heading), &format!("{lines}{}", rest(names.len())))
}

fn snapshots(difference: &Difference) -> String {
    if difference.snapshots.is_empty() {
        return String::new();
    }
    let mut content = String::new();
    for snapshot in difference.snapshots.iter().take(SHOWN) {
        let lines = lines::lines(&snapshot.old, &snapshot.new).join("\n");
        _ = writeln!(content, "{}\n\n{}", code(&snapshot.name), block("diff", &lines));
    }
    folded("Other answers in snapshots", &(content + &rest(difference.snapshots.len())))
}

fn rest(number: usize) -> String {
    match number.saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("\nand {more} more\n"),
    }
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}
