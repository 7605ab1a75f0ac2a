//! Values of answers that later requests use: ids and addresses, captured under a name.

use serde_json::Value;

use super::fold::Act;
use super::line::Line;

/// A value that a step captures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    /// The act whose last answer holds it.
    pub act: usize,
    /// The name that expressions use.
    pub name: String,
    /// The place in the answer.
    pub place: String,
}

/// All captured values.
#[derive(Debug, Default)]
pub(super) struct Variables(Vec<Variable>);

impl Variables {
    /// The name under which an act before this one captures the value, and that act.
    pub(super) fn find(
        &mut self,
        value: &Value,
        (acts, lines): (&[Act], &[Line<'_>]),
        before: usize,
    ) -> Option<(String, usize)> {
        let source = |act: usize| Some((act, place(value, &lines[acts[act].last()])?));
        let (act, place) = (0..before).filter(|act| acts[*act].has_end()).find_map(source)?;
        let known = self.0.iter().find(|known| known.act == act && known.place == place);
        let name = match known {
            Some(known) => known.name.clone(),
            None => self.add(act, place, &lines[acts[act].last()]),
        };
        Some((name, act))
    }

    /// The same values, numbered as a reader meets them: where they are captured, not where they are first used.
    pub(super) fn in_order_of_capture(mut self, (acts, lines): (&[Act], &[Line<'_>])) -> Self {
        self.0.sort_by_key(|variable| variable.act);
        let mut ordered = Self::default();
        for Variable { act, place, .. } in self.0 {
            ordered.add(act, place, &lines[acts[act].last()]);
        }
        ordered
    }

    /// What an act captures.
    pub(super) fn of(&self, act: usize) -> impl Iterator<Item = &Variable> {
        self.0.iter().filter(move |variable| variable.act == act)
    }

    fn add(&mut self, act: usize, place: String, line: &Line<'_>) -> String {
        let wanted = name(&place, line);
        let is_free = |name: &String| self.0.iter().all(|known| known.name != *name);
        let numbered = (2..).map(|number| format!("{wanted}_{number}"));
        let name = std::iter::once(wanted.clone()).chain(numbered).find(is_free).unwrap_or(wanted);
        self.0.push(Variable { act, name: name.clone(), place });
        name
    }
}

/// Where an answer has the value.
fn place(value: &Value, line: &Line<'_>) -> Option<String> {
    if line.location().is_some_and(|location| *value == location) {
        return Some("location".to_owned());
    }
    let body: Value = serde_json::from_slice(&line.response.body).ok()?;
    pointer(value, &body, "")
}

/// The first place of a value that is no object and no list, in the order of the document.
fn pointer(value: &Value, within: &Value, at: &str) -> Option<String> {
    match within {
        Value::Object(members) => members.iter().find_map(|(name, inner)| {
            pointer(value, inner, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")))
        }),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, inner)| pointer(value, inner, &format!("{at}/{index}"))),
        single => (single == value && !at.is_empty()).then(|| at.to_owned()),
    }
}

/// A name that says what the value is.
fn name(place: &str, line: &Line<'_>) -> String {
    if place == "location" {
        let word = if line.response.status == 202 { "status_uri" } else { "output_uri" };
        return word.to_owned();
    }
    let last = place.rsplit('/').next().unwrap_or_default();
    let letter =
        |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' };
    let word: String = last.chars().map(letter).collect();
    let begins_well = word.starts_with(|first: char| first.is_ascii_alphabetic());
    if begins_well { word } else { format!("value_{word}") }
}
