//! The difference of two runs for a terminal: regressions first, the sum last.

use std::fmt::Write;

use super::{by_case, heading, one_sided, requirement, verdict, verdicts};
use crate::comparison::Difference;
use crate::comparison::difference::{Change, Kind, Said, Setting};
use crate::report::palette::{Palette, paint};
use crate::report::visible::harmless;
use crate::report::{describe, difference as lines};

/// How many cases or names of one section are shown.
const SHOWN: usize = 20;

/// How much of a value is shown in a line.
const CHARACTERS: usize = 120;

/// Everything that differs.
pub fn render(difference: &Difference, palette: &Palette) -> String {
    let [old, new] = &difference.reports;
    let mut sections = vec![paint(palette.strong, &format!("{old} → {new}")), settings(difference, palette)];
    sections.extend(Kind::ALL.into_iter().map(|kind| changes(difference, kind, palette)));
    sections.extend(one_sided(difference).into_iter().map(|(heading, names)| list(heading, names, palette)));
    sections.push(snapshots(difference, palette));
    let style = if difference.regressions() > 0 { palette.bad } else { palette.good };
    sections.push(paint(style, &verdict(difference)));
    sections.retain(|section| !section.is_empty());
    let sections: Vec<&str> = sections.iter().map(|section| section.trim_end()).collect();
    harmless(&format!("{}\n", sections.join("\n\n")), &palette.escapes())
}

fn settings(difference: &Difference, palette: &Palette) -> String {
    let settings = &difference.settings;
    if settings.is_empty() {
        return String::new();
    }
    let width = settings.iter().map(|setting| setting.name.chars().count()).max().unwrap_or_default();
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    let line =
        |Setting { name, old, new }: &Setting| format!("  {name:width$}  {} → {}\n", shown(old), shown(new));
    let lines: String = settings.iter().map(line).collect();
    format!("{}\n{lines}", paint(palette.doubtful, "not judged alike"))
}

fn changes(difference: &Difference, kind: Kind, palette: &Palette) -> String {
    let cases = by_case(difference, kind);
    if cases.is_empty() {
        return String::new();
    }
    let style = if kind.is_regression() { palette.bad } else { palette.good };
    let mut text = format!("{}\n", paint(style, heading(kind)));
    for (case, changes) in cases.iter().take(SHOWN) {
        _ = writeln!(text, "  {}", paint(palette.strong, case));
        text.extend(changes.iter().map(|change| self::change(change, palette)));
    }
    text + &rest(cases.len())
}

fn change(change: &Change, palette: &Palette) -> String {
    let mut text = format!("    {}  {}\n", requirement(change), verdicts(change));
    if !change.kind.is_regression() {
        return text;
    }
    if let (Kind::OtherFailure, Some(was)) = (change.kind, &change.was) {
        text += &said("was", was, palette);
    }
    match (&change.is, &change.because) {
        (Some(is), _) if change.new.is_some() => text += &said("now", is, palette),
        (_, Some(because)) => _ = writeln!(text, "      {}", describe::shortened(because, CHARACTERS)),
        _ => {}
    }
    text
}

fn said(when: &str, said: &Said, palette: &Palette) -> String {
    let Said { step, place, expected, actual, signature: _ } = said;
    let (expected, actual) =
        (describe::shortened(expected, CHARACTERS), describe::shortened(actual, CHARACTERS));
    let (expected, actual) = (paint(palette.good, &expected), paint(palette.bad, &actual));
    format!("      {when}  step {step}, {place}: expected {expected}, actual {actual}\n")
}

fn list(heading: &str, names: &[String], palette: &Palette) -> String {
    let lines: String = names.iter().take(SHOWN).map(|name| format!("  {name}\n")).collect();
    format!("{}\n{lines}{}", paint(palette.strong, heading), rest(names.len()))
}

fn snapshots(difference: &Difference, palette: &Palette) -> String {
    if difference.snapshots.is_empty() {
        return String::new();
    }
    let mut text = format!("{}\n", paint(palette.strong, "other answers in snapshots"));
    for snapshot in difference.snapshots.iter().take(SHOWN) {
        _ = writeln!(text, "  {}", snapshot.name);
        for line in lines::lines(&snapshot.old, &snapshot.new) {
            let style = match line.chars().next() {
                Some('-') => palette.bad,
                Some('+') => palette.good,
                _ => palette.faint,
            };
            _ = writeln!(text, "    {}", paint(style, &line));
        }
    }
    text + &rest(difference.snapshots.len())
}

fn rest(number: usize) -> String {
    match number.saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("  and {more} more\n"),
    }
}
