//! The difference of two runs as one JSON document.

use serde::Serialize;

use super::SCHEMA;
use crate::comparison::Difference;
use crate::comparison::difference::{Change, OneSided, Retaken, Said, Setting};
use crate::outcome::Verdict;
use crate::requirement::Level;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    old: &'a str,
    new: &'a str,
    regressions: usize,
    settings: Vec<SettingForm<'a>>,
    changes: Vec<ChangeForm<'a>>,
    cases: OneSidedForm<'a>,
    requirements: OneSidedForm<'a>,
    snapshots: Vec<RetakenForm<'a>>,
}

#[derive(Serialize)]
struct SettingForm<'a> {
    name: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

#[derive(Serialize)]
struct ChangeForm<'a> {
    kind: &'static str,
    regression: bool,
    case: &'a str,
    requirement: &'a str,
    level: Option<&'static str>,
    old: Option<&'static str>,
    new: Option<&'static str>,
    was: Option<SaidForm<'a>>,
    is: Option<SaidForm<'a>>,
    because: Option<&'a str>,
}

#[derive(Serialize)]
struct SaidForm<'a> {
    step: &'a str,
    place: &'a str,
    expected: &'a str,
    actual: &'a str,
    signature: &'a str,
}

#[derive(Serialize)]
struct OneSidedForm<'a> {
    gone: &'a [String],
    new: &'a [String],
}

#[derive(Serialize)]
struct RetakenForm<'a> {
    name: &'a str,
    old: &'a str,
    new: &'a str,
}

/// The document, indented, with a newline at its end.
pub fn render(difference: &Difference) -> String {
    let [old, new] = &difference.reports;
    let document = Document {
        schema: SCHEMA,
        old,
        new,
        regressions: difference.regressions(),
        settings: difference.settings.iter().map(setting).collect(),
        changes: difference.changes.iter().map(change).collect(),
        cases: one_sided(&difference.cases),
        requirements: one_sided(&difference.requirements),
        snapshots: difference.snapshots.iter().map(retaken).collect(),
    };
    // Plain structs with text keys: there is nothing in them that JSON could not say.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn setting(setting: &Setting) -> SettingForm<'_> {
    let Setting { name, old, new } = setting;
    SettingForm { name, old: old.as_deref(), new: new.as_deref() }
}

fn change(change: &Change) -> ChangeForm<'_> {
    ChangeForm {
        kind: change.kind.word(),
        regression: change.kind.is_regression(),
        case: &change.case,
        requirement: change.requirement.as_str(),
        level: change.level.map(Level::as_str),
        old: change.old.map(Verdict::word),
        new: change.new.map(Verdict::word),
        was: change.was.as_ref().map(said),
        is: change.is.as_ref().map(said),
        because: change.because.as_deref(),
    }
}

fn said(said: &Said) -> SaidForm<'_> {
    let Said { step, place, expected, actual, signature } = said;
    SaidForm { step, place, expected, actual, signature }
}

fn one_sided(names: &OneSided) -> OneSidedForm<'_> {
    OneSidedForm { gone: &names.gone, new: &names.new }
}

fn retaken(snapshot: &Retaken) -> RetakenForm<'_> {
    let Retaken { name, old, new } = snapshot;
    RetakenForm { name, old, new }
}
