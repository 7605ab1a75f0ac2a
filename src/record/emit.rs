//! The scenario as YAML text, with comments: as somebody would write it who is to go on with it.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::compose::Setting;
use super::secret::Secrets;
use super::step::Step;
use crate::outcome::phrase::{count, first_of};
use crate::scenario::DEFAULT_PRINCIPAL;
use crate::source::{SourceMap, Span};
use crate::yaml::{self, Node};

/// A scenario file in the making.
pub(super) struct Page<'a> {
    /// What it is written with.
    pub setting: Setting<'a>,
    /// What is asked for under each alias, in the order of creation.
    pub needs: Map<String, Value>,
    /// Whether the target must declare how long it holds calls.
    pub hold: bool,
    /// The steps, and what is said in the place of some.
    pub steps: &'a [Step],
    /// How many requests were recorded.
    pub requests: usize,
}

/// Writes the file; `remarks` stand before the line that they name. Gives the text and every remark in it.
pub(super) fn write(
    page: &Page<'_>,
    remarks: &[(usize, String)],
    secrets: &Secrets<'_>,
) -> (String, Vec<String>) {
    let mut out = Out { text: head(page), remarks: Vec::new(), secrets };
    let mut waiting = remarks.iter().peekable();
    out.text.push_str("steps:\n");
    for step in page.steps {
        while let Some((_, remark)) = waiting.next_if(|(line, _)| *line <= step.lines.0) {
            out.remark(remark);
        }
        step.remarks.iter().for_each(|remark| out.remark(remark));
        out.step(step);
    }
    waiting.for_each(|(_, remark)| out.remark(remark));
    let Out { text, remarks, .. } = out;
    (text, remarks)
}

fn head(page: &Page<'_>) -> String {
    let Setting { target, protocol, id, begun, .. } = page.setting;
    let depth = "../".repeat(id.split('/').count());
    let done = page.steps.iter().filter(|step| step.is_recorded);
    let names: Vec<&str> = done.map(|step| step.name.as_str()).collect();
    let recorded = format!(
        "# Recorded by `orchspec record` on {} from {}: {}.",
        begun.strftime("%Y-%m-%d at %H:%M:%S UTC"),
        target.identity.describe(),
        count(page.requests, "request"),
    );
    let mut top = Map::new();
    top.insert("title".to_owned(), format!("What a client did: {}", first_of(&names, 4)).into());
    top.insert("profile".to_owned(), protocol.profile.as_str().into());
    top.insert("tags".to_owned(), json!(["recorded"]));
    let mut needs = Map::new();
    if page.hold {
        needs.insert("hold".to_owned(), true.into());
    }
    if !page.needs.is_empty() {
        needs.insert("jobs".to_owned(), page.needs.clone().into());
    }
    if !needs.is_empty() {
        top.insert("needs".to_owned(), needs.into());
    }
    format!("# yaml-language-server: $schema={depth}schemas/scenario.json\n{recorded}\n{}", yaml(&top.into()))
}

struct Out<'a> {
    text: String,
    remarks: Vec<String>,
    secrets: &'a Secrets<'a>,
}

impl Out<'_> {
    fn remark(&mut self, remark: &str) {
        let remark = self.secrets.mask(remark);
        self.comment(&remark);
        self.remarks.push(remark);
    }

    fn comment(&mut self, comment: &str) {
        let line: String =
            comment.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        let _ = writeln!(self.text, "  # {line}");
    }

    fn step(&mut self, step: &Step) {
        let Some((word, words)) = &step.request else { return };
        self.comment(&step.origin);
        // The names are words of this program: nothing in them means anything to YAML.
        let _ = writeln!(self.text, "  - name: {}", step.name);
        let mut keys: Vec<(&str, Value)> = Vec::new();
        if step.principal != DEFAULT_PRINCIPAL {
            keys.push(("as", step.principal.as_str().into()));
        }
        if step.is_control() {
            keys.push(("control", true.into()));
        }
        keys.push((word, Value::Object(words.clone())));
        keys.extend(step.beside.iter().cloned());
        if !step.expect.is_empty() {
            keys.push(("expect", Value::Array(step.expect.clone())));
        }
        if !step.capture.is_empty() {
            let pairs = step.capture.iter().map(|(name, place)| (name.clone(), place.as_str().into()));
            keys.push(("capture", Value::Object(pairs.collect())));
        }
        keys.extend(step.snapshot.iter().map(|name| ("snapshot", name.as_str().into())));
        self.keys(&keys);
    }

    /// Each key on its own, so that no step ends up within braces.
    fn keys(&mut self, keys: &[(&str, Value)]) {
        for (key, value) in keys {
            for line in yaml(&json!({ *key: value })).lines() {
                let _ = writeln!(self.text, "    {line}");
            }
        }
    }
}

fn yaml(value: &Value) -> String {
    let nowhere = Span::new(SourceMap::default().add("", ""), 0..0);
    yaml::emit(&Node::from_json(value, nowhere))
}
