//! A fragment in the place of a step: its inputs, its steps in a scope of their own, and its outputs.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::compile::Compiling;
use super::names::{Elsewhere, Names};
use super::program::{InputAct, Instruction, UseAct};
use crate::diagnostic::Diagnostic;
use crate::scenario::fragment::{Fragment, Input, Type};
use crate::scenario::template::{Datum, Lookup};
use crate::scenario::{CaseRow, Template, Use};
use crate::source::{Span, Spanned};

/// More steps than this, with those of fragments, are a mistake: fragments that use others twice double at each turn.
const MOST_STEPS: usize = 10_000;

impl Compiling<'_> {
    /// Compiles the steps of the fragment that a step uses; what it gives back gets its names here.
    pub(super) fn fragment(
        &mut self,
        word: &Use,
        control: bool,
        (names, inner): (&Names, &mut Names),
    ) -> UseAct {
        let outputs = word.outputs.iter().map(|(name, _)| name.value.as_str());
        outputs.for_each(|name| inner.add(name));
        let parts = self.parts;
        let name = &word.fragment;
        let Some(fragment) = parts.fragments.get(&name.value) else {
            self.unknown(name);
            return UseAct { fragment: name.value.clone(), inputs: vec![], outputs: vec![], steps: vec![] };
        };
        let inputs = self.inputs(fragment, word, names);
        let steps = if self.within.contains(&name.value) {
            self.cyclic(name);
            Vec::new()
        } else if self.number > MOST_STEPS {
            self.too_many(name);
            Vec::new()
        } else {
            let outer = std::mem::replace(&mut self.is_control, control);
            self.given.push(inputs.iter().map(|input| (input.name.clone(), input.value.clone())).collect());
            let (steps, own) = self.inside(fragment, names);
            self.given.pop();
            self.is_control = outer;
            inner.lose(&own, &Elsewhere::Fragment(fragment.name.clone()));
            steps
        };
        UseAct { fragment: name.value.clone(), inputs, outputs: self.outputs(fragment, word), steps }
    }

    /// Compiles the steps of a fragment in a scope of their own; gives the names, too, that have a value at its end.
    pub(super) fn inside(&mut self, fragment: &Fragment, names: &Names) -> (Vec<Instruction>, Names) {
        self.within.push(fragment.name.clone());
        let mut own = names.in_fragment(fragment);
        let steps = self.steps(&fragment.steps, &mut own);
        self.within.pop();
        self.check_outputs(fragment, &own);
        (steps, own)
    }

    fn unknown(&mut self, name: &Spanned<String>) {
        let leads_out = name.value.split('/').any(|part| part == "..") || name.value.starts_with('/');
        if leads_out {
            let message = format!("the fragment `{}` does not lie in the suite", name.value);
            let help =
                "copy it below the suite's `fragments/`, and write its path from there, without `.yaml`";
            return self.report("fragment-outside", &message, (name.span, help));
        }
        let message = format!("the suite has no fragment `{}`", name.value);
        let unknown = Diagnostic::error("unknown-fragment", message).at(name.span, "");
        let known = self.parts.fragments.keys().map(String::as_str);
        let near = crate::diagnostic::nearest(&name.value, known);
        self.checker.diagnostics.push(unknown.help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write it: `fragments/{}.yaml`", name.value),
        }));
    }

    fn cyclic(&mut self, name: &Spanned<String>) {
        let begin = self.within.iter().position(|own| *own == name.value).unwrap_or_default();
        let mut circle: Vec<&str> = self.within[begin..].iter().map(String::as_str).collect();
        circle.push(&name.value);
        let message = format!("the fragment `{}` uses itself: {}", name.value, circle.join(" → "));
        self.report("cyclic-fragment", &message, (name.span, "take one of these steps away"));
    }

    /// Told once: of all that would follow each would say the same.
    fn too_many(&mut self, name: &Spanned<String>) {
        if self.checker.diagnostics.iter().all(|told| told.code != "too-many-steps") {
            let message = format!("with its fragments the scenario has more than {MOST_STEPS} steps");
            let help = "fragments that use fragments multiply: use one of them less often, or `repeat`";
            self.report("too-many-steps", &message, (name.span, help));
        }
    }

    /// Every input with what it is given, or with its default.
    fn inputs(&mut self, fragment: &Fragment, word: &Use, names: &Names) -> Vec<InputAct> {
        for (name, value) in &word.inputs {
            names.check(value, self.checker.diagnostics);
            if !fragment.inputs.iter().any(|input| input.name.value == name.value) {
                self.checker.diagnostics.push(unknown_input(fragment, name));
            }
        }
        fragment.inputs.iter().filter_map(|input| self.input(fragment, input, word)).collect()
    }

    fn input(&mut self, fragment: &Fragment, input: &Input, word: &Use) -> Option<InputAct> {
        let Input { name, kind, default } = input;
        let given = word.inputs.iter().find(|(own, _)| own.value == name.value);
        let value = match (given, default) {
            (Some((name, value)), _) => {
                self.check_type(value, *kind, name);
                value.clone()
            }
            (None, Some(default)) => Template::Constant(default.clone()),
            (None, None) => {
                let message = format!("the fragment `{}` needs the input `{}`", fragment.name, name.value);
                let help = format!("say what it is: `with: {{ {}: … }}`, {}", name.value, described(*kind));
                self.report("missing-input", &message, (word.fragment.span, &help));
                return None;
            }
        };
        Some(InputAct { name: name.value.clone(), kind: *kind, value })
    }

    /// What a constant comes to is known, and what each row of `cases` makes of an expression; what else an expression
    /// comes to is known only when it runs.
    fn check_type(&mut self, value: &Template, kind: Type, name: &Spanned<String>) {
        let scenario = Arc::clone(&self.program.scenario);
        let mut wrong = Vec::new();
        for row in &scenario.cases {
            let values = Values { row, given: &self.given };
            let Ok(settled) = value.json(&values) else { continue };
            if !kind.accepts(&settled) {
                wrong.push((values.cell(value).map(|cell| (cell, row.name.as_str())), settled));
            }
        }
        // What no row decides is the same in each.
        wrong.dedup_by(|(cell, _), (other, _)| cell.is_none() && other.is_none());
        let mistakes = wrong.iter().map(|(cell, settled)| wrong_input((name, kind), settled, *cell));
        self.checker.diagnostics.extend(mistakes);
    }

    fn outputs(&mut self, fragment: &Fragment, word: &Use) -> Vec<(String, String, Type)> {
        let mut outputs = Vec::new();
        for (local, wanted) in &word.outputs {
            let found = fragment.outputs.iter().find(|(name, _)| name.value == wanted.value);
            if let Some((name, kind)) = found {
                outputs.push((local.value.clone(), name.value.clone(), *kind));
                continue;
            }
            self.checker.diagnostics.push(unknown_output(fragment, wanted));
        }
        outputs
    }

    /// What a fragment promises to give back must be captured in it.
    fn check_outputs(&mut self, fragment: &Fragment, own: &Names) {
        let names = fragment.outputs.iter().map(|(name, _)| (name.value.as_str(), name.span));
        own.check_all(names, self.checker.diagnostics);
    }
}

fn unknown_input(fragment: &Fragment, name: &Spanned<String>) -> Diagnostic {
    let message = format!("the fragment `{}` has no input `{}`", fragment.name, name.value);
    let unknown = Diagnostic::error("unknown-input", message).at(name.span, "");
    if fragment.inputs.is_empty() {
        let declared = format!("inputs: {{ {}: {{ type: any }} }}", name.value);
        return unknown
            .help(format!("it has none: take `with` away, or say so in the fragment: `{declared}`"));
    }
    unknown.suggest(&name.value, fragment.inputs.iter().map(|input| input.name.value.as_str()))
}

fn unknown_output(fragment: &Fragment, wanted: &Spanned<String>) -> Diagnostic {
    let message = format!("the fragment `{}` has no output `{}`", fragment.name, wanted.value);
    let unknown = Diagnostic::error("unknown-output", message).at(wanted.span, "");
    if fragment.outputs.is_empty() {
        let declared = format!("outputs: {{ {}: any }}", wanted.value);
        let help = "it has none: take `outputs` away, or capture the value in the fragment and say so there";
        return unknown.help(format!("{help}: `{declared}`"));
    }
    unknown.suggest(&wanted.value, fragment.outputs.iter().map(|(name, _)| name.value.as_str()))
}

/// What an input is given is of another type; where a row decides that, its cell is where to look.
fn wrong_input(
    (name, kind): (&Spanned<String>, Type),
    settled: &Value,
    cell: Option<(Span, &str)>,
) -> Diagnostic {
    let message = format!("the input `{}` is {}, not {settled}", name.value, described(kind));
    let help = "the fragment says what its inputs are";
    match cell {
        Some((cell, row)) => {
            let wrong = Diagnostic::error("input-type", format!("{message} in the case `{row}`"));
            wrong.at(cell, "").related(name.span, "given here").help(help)
        }
        None => Diagnostic::error("input-type", message).at(name.span, "").help(help),
    }
}

/// The values of a row, and of the inputs that come from it, which are known before anything runs.
#[derive(Clone, Copy)]
struct Values<'a> {
    row: &'a CaseRow,
    /// What the fragments around are given, the outermost first.
    given: &'a [BTreeMap<String, Template>],
}

impl<'a> Values<'a> {
    /// What the innermost fragment is given under this name, and where that is evaluated.
    fn input(self, name: &str) -> Option<(&'a Template, Self)> {
        let (own, outer) = self.given.split_last()?;
        Some((own.get(name.strip_prefix("input.")?)?, Self { given: outer, ..self }))
    }

    /// Where the value of the row stands that decides this one.
    fn cell(self, value: &Template) -> Option<Span> {
        value.names().into_iter().find_map(|(name, _)| match self.input(name) {
            Some((given, outside)) => outside.cell(given),
            None => self.row.places.get(name.strip_prefix("case.")?).copied(),
        })
    }
}

impl Lookup for Values<'_> {
    fn look_up(&self, name: &str) -> Option<Datum> {
        if let Some((given, outside)) = self.input(name) {
            return given.evaluate(&outside).ok();
        }
        self.row.values.get(name.strip_prefix("case.")?).cloned().map(Datum::Json)
    }
}

fn described(kind: Type) -> String {
    format!("of the type {}", kind.word())
}
