//! A fragment in the place of a step: its inputs, its steps in a scope of their own, and its outputs.

use super::compile::Compiling;
use super::names::Names;
use super::program::{InputAct, Instruction, UseAct};
use crate::diagnostic::Diagnostic;
use crate::scenario::fragment::{Fragment, Input, Type};
use crate::scenario::template::{Datum, Lookup};
use crate::scenario::{CaseRow, Template, Use};
use crate::source::Spanned;

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
            let steps = self.inside(fragment, names);
            self.is_control = outer;
            steps
        };
        UseAct { fragment: name.value.clone(), inputs, outputs: self.outputs(fragment, word), steps }
    }

    /// Compiles the steps of a fragment in a scope of their own.
    pub(super) fn inside(&mut self, fragment: &Fragment, names: &Names) -> Vec<Instruction> {
        self.within.push(fragment.name.clone());
        let mut own = names.in_fragment(fragment);
        let steps = self.steps(&fragment.steps, &mut own);
        self.within.pop();
        self.check_outputs(fragment, &own);
        steps
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
                let message = format!("the fragment `{}` has no input `{}`", fragment.name, name.value);
                let known = fragment.inputs.iter().map(|input| input.name.value.as_str());
                let unknown = Diagnostic::error("unknown-input", message).at(name.span, "");
                self.checker.diagnostics.push(unknown.suggest(&name.value, known));
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
        let rows = self.program.scenario.cases.iter();
        let mut settled = rows.filter_map(|row| Some((row, value.json(&Values(row)).ok()?)));
        let Some((row, wrong)) = settled.find(|(_, settled)| !kind.accepts(settled)) else { return };
        let of_row = if value.is_constant() { String::new() } else { format!(" in the case `{}`", row.name) };
        let message = format!("the input `{}` is {}, not {wrong}{of_row}", name.value, described(kind));
        let help = "the fragment says what its inputs are";
        self.report("input-type", &message, (name.span, help));
    }

    fn outputs(&mut self, fragment: &Fragment, word: &Use) -> Vec<(String, String, Type)> {
        let mut outputs = Vec::new();
        for (local, wanted) in &word.outputs {
            let found = fragment.outputs.iter().find(|(name, _)| name.value == wanted.value);
            if let Some((name, kind)) = found {
                outputs.push((local.value.clone(), name.value.clone(), *kind));
                continue;
            }
            let message = format!("the fragment `{}` has no output `{}`", fragment.name, wanted.value);
            let known = fragment.outputs.iter().map(|(name, _)| name.value.as_str());
            let unknown = Diagnostic::error("unknown-output", message).at(wanted.span, "");
            self.checker.diagnostics.push(unknown.suggest(&wanted.value, known));
        }
        outputs
    }

    /// What a fragment promises to give back must be captured in it.
    fn check_outputs(&mut self, fragment: &Fragment, own: &Names) {
        let names = fragment.outputs.iter().map(|(name, _)| (name.value.as_str(), name.span));
        own.check_all(names, self.checker.diagnostics);
    }
}

/// The values of a row, which are known before anything runs.
struct Values<'a>(&'a CaseRow);

impl Lookup for Values<'_> {
    fn look_up(&self, name: &str) -> Option<Datum> {
        self.0.values.get(name.strip_prefix("case.")?).cloned().map(Datum::Json)
    }
}

fn described(kind: Type) -> String {
    format!("of the type {}", kind.word())
}
