//! One step of the scenario: its request with references in place of values, and what is expected.

use serde_json::{Map, Value, json};

use super::dialect::{Concerned, Phrase};
use super::fold::Act;
use super::line::Line;
use super::secret::Secrets;
use crate::clock::format_duration;
use crate::profile::Profile;
use crate::requirement::Registry;
use crate::target::JobKind;

/// A step, or what is said in the place of one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    /// Its name.
    pub name: String,
    /// Who does it.
    pub principal: String,
    /// The word `request` or `poll`, and the words of the request; none if the step is left out.
    pub request: Option<(&'static str, Map<String, Value>)>,
    /// What stands behind the request.
    pub beside: Vec<(&'static str, Value)>,
    /// Expectation blocks.
    pub expect: Vec<Value>,
    /// Names and places.
    pub capture: Vec<(String, String)>,
    /// The name of the golden copy.
    pub snapshot: Option<String>,
    /// Whether the client did it.
    pub is_recorded: bool,
    /// What was seen, or why the step is there all the same.
    pub origin: String,
    /// What should be known of it.
    pub remarks: Vec<String>,
    /// Its first and its last line.
    pub lines: (usize, usize),
}

impl Step {
    /// The step of an act.
    pub(super) fn new(
        (act, lines): (&Act, &[Line<'_>]),
        writing: &Writing<'_>,
        phrase: Phrase,
        registry: &Registry,
    ) -> Self {
        let Phrase { name, beside, expect, snapshot, remark, .. } = phrase;
        let mut remarks: Vec<String> = remark.into_iter().collect();
        let word = if beside.iter().any(|(key, _)| *key == "until") { "poll" } else { "request" };
        let words = writing.words(&mut remarks);
        Self {
            name: name.to_owned(),
            principal: writing.line.principal.clone(),
            request: Some((word, words)),
            beside: beside.into_iter().map(|(key, value)| (key, cite(&value, registry))).collect(),
            expect: expect.iter().map(|block| cite(block, registry)).collect(),
            capture: Vec::new(),
            snapshot: snapshot.map(str::to_owned),
            is_recorded: true,
            origin: recorded(act, lines),
            remarks,
            lines: (act.first(), act.last()),
        }
    }

    /// What is said where an act is left out.
    pub(super) fn left_out(act: &Act, why: String) -> Self {
        Self {
            name: String::new(),
            principal: String::new(),
            request: None,
            beside: Vec::new(),
            expect: Vec::new(),
            capture: Vec::new(),
            snapshot: None,
            is_recorded: false,
            origin: String::new(),
            remarks: vec![why],
            lines: (act.first(), act.last()),
        }
    }

    /// Whether no block of it covers a requirement: then it only shows that the others mean something.
    pub(super) fn is_control(&self) -> bool {
        let blocks = self.beside.iter().map(|(_, value)| value).chain(&self.expect);
        !blocks.into_iter().any(has_covers)
    }
}

fn has_covers(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.contains_key("covers") || members.values().any(has_covers),
        Value::Array(items) => items.iter().any(has_covers),
        _ => false,
    }
}

/// The value without the requirements that the suite's registry does not have.
fn cite(value: &Value, registry: &Registry) -> Value {
    match value {
        Value::Object(members) => {
            let cited = members.iter().filter_map(|(name, value)| {
                let value = if name == "covers" { known(value, registry)? } else { cite(value, registry) };
                Some((name.clone(), value))
            });
            Value::Object(cited.collect())
        }
        Value::Array(items) => items.iter().map(|item| cite(item, registry)).collect(),
        other => other.clone(),
    }
}

fn known(covers: &Value, registry: &Registry) -> Option<Value> {
    let ids = covers.as_array()?.iter();
    let known: Vec<&Value> =
        ids.filter(|id| id.as_str().is_some_and(|id| registry.requirement(id).is_some())).collect();
    (!known.is_empty()).then(|| json!(known))
}

/// What was seen, in a line: `200 (3 times), then 303, in 2s100ms`.
fn recorded(act: &Act, lines: &[Line<'_>]) -> String {
    let mut runs: Vec<(u16, usize)> = Vec::new();
    for at in &act.lines {
        match (runs.last_mut(), lines[*at].response.status) {
            (Some((status, times)), own) if *status == own => *times += 1,
            (_, own) => runs.push((own, 1)),
        }
    }
    let run = |(status, times): &(u16, usize)| match times {
        1 => status.to_string(),
        times => format!("{status} ({times} times)"),
    };
    let statuses: Vec<String> = runs.iter().map(run).collect();
    let (first, last) = (&lines[act.first()].taped.exchange.timing, &lines[act.last()].taped.exchange.timing);
    let took = std::time::Duration::from_millis(
        u64::try_from(last.complete.saturating_sub(first.sent).as_millis()).unwrap_or_default(),
    );
    format!("recorded: {}, in {}", statuses.join(", then "), format_duration(took))
}

/// The request of a step in the making.
pub(super) struct Writing<'a> {
    /// The exchange whose request it is.
    pub line: &'a Line<'a>,
    /// The job that it concerns.
    pub concerned: Option<Concerned<'a>>,
    /// The word whose value an answer gave, and the name under which that was captured.
    pub reference: Option<(&'static str, String)>,
    /// The protocol.
    pub profile: &'static dyn Profile,
    /// What must not be written.
    pub secrets: &'a Secrets<'a>,
}

/// Words that hold what a job is given.
const INPUTS: [&str; 2] = ["arguments", "inputs"];

impl Writing<'_> {
    /// The words, with references where values were captured or come from the target file.
    pub(super) fn words(&self, remarks: &mut Vec<String>) -> Map<String, Value> {
        let (mut words, masked) = self.secrets.write_words(&self.line.words, self.line);
        if masked {
            remarks.push("a secret is masked in the request: a replay sends the mask".to_owned());
        }
        self.drop_inputs(&mut words, remarks);
        if let Some(Value::Object(inputs)) = words.get_mut("inputs") {
            *inputs = std::mem::take(inputs)
                .into_iter()
                .map(|(name, value)| (self.property(&name).unwrap_or(name), value))
                .collect();
        }
        if let Some(own) = words.get("filename").and_then(Value::as_str).and_then(|name| self.property(name))
        {
            words.insert("filename".to_owned(), own.into());
        }
        if let Some(json) = words.get_mut("json") {
            self.refer(json);
        }
        let created = self.concerned.filter(|_| self.line.job.is_some()).zip(self.profile.create_word());
        if let Some((concerned, word)) = created {
            words.insert(word.to_owned(), concerned.alias.into());
        }
        if let Some((word, name)) = &self.reference {
            words.insert((*word).to_owned(), format!("${{{{ {name} }}}}").into());
        }
        words
    }

    /// Scenarios give arguments only to jobs that are there to take any.
    fn drop_inputs(&self, words: &mut Map<String, Value>, remarks: &mut Vec<String>) {
        let Some(job) = self.line.job.filter(|job| !matches!(job.kind, JobKind::Echo | JobKind::Typed))
        else {
            return;
        };
        for word in INPUTS {
            if let Some(Value::Object(inputs)) = words.shift_remove(word) {
                let names: Vec<&str> = inputs.keys().map(String::as_str).collect();
                let names = names.join(", ");
                remarks.push(format!(
                    "scenarios send no {word} to a job of kind `{}`, and the client sent {names}",
                    job.kind
                ));
            }
        }
    }

    /// Long texts of a body that are properties of the job, such as the token of its process.
    fn refer(&self, value: &mut Value) {
        const SHORTEST: usize = 8;
        match value {
            Value::String(text) if text.len() >= SHORTEST => {
                if let Some(property) = self.property(text) {
                    *text = property;
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.refer(item)),
            Value::Object(members) => members.values_mut().for_each(|member| self.refer(member)),
            _ => {}
        }
    }

    /// The property of the job that is this text, as an expression.
    fn property(&self, text: &str) -> Option<String> {
        let Concerned { job, alias, .. } = self.concerned?;
        let names = self.profile.job_properties().iter();
        let mut fitting =
            names.filter(|name| self.profile.job_property(job, name).is_some_and(|own| own == text));
        fitting.next().map(|name| format!("${{{{ {alias}.{name} }}}}"))
    }
}
