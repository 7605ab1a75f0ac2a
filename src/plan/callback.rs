//! Call-backs: the addresses of a scenario, and the steps that wait for calls there.

use super::compile::{At, Compiling};
use super::names::Names;
use super::program::{AwaitAct, NumberedCheck};
use crate::check::{self, Capture, Side, When};
use crate::diagnostic::Diagnostic;
use crate::requirement::Registry;
use crate::scenario::{Await, Scenario, Step};
use crate::source::Spanned;

/// What servers are answered is known before the first request.
pub(super) fn check_answers(scenario: &Scenario, registry: &Registry, diagnostics: &mut Vec<Diagnostic>) {
    let names = Names::at_planning(scenario, registry);
    for answer in scenario.callbacks.iter().flat_map(|address| &address.answers) {
        let lines = answer.headers.iter().map(|(_, value)| value);
        for template in lines.chain(answer.body.iter().map(|(_, body)| body)) {
            names.check(template, diagnostics);
        }
    }
}

impl Compiling<'_> {
    /// Compiles a wait for calls, all but what is expected of them.
    pub(super) fn wait(&mut self, word: &Await, at: At<'_>, names: &Names) -> AwaitAct {
        self.address(&word.callback);
        let times = [Some(&word.within), word.quiet.as_ref()];
        times.into_iter().flatten().for_each(|template| names.check(template, self.checker.diagnostics));
        let covers = word.covers.as_ref();
        let covers = covers.map(|node| check::covers(Some(node), &mut self.checker)).unwrap_or_default();
        let span = word.callback.span;
        let Await { callback, count, within, quiet, matching, .. } = word;
        AwaitAct {
            callback: callback.value.clone(),
            count: *count,
            within: within.clone(),
            quiet: quiet.clone(),
            matching: matching.as_ref().map(|node| {
                self.checker.side = Side::CallBack;
                let check = check::compile(node, &mut self.checker);
                self.checker.side = Side::Answer;
                names.check_all(check.names(), self.checker.diagnostics);
                check
            }),
            came: self.number_check(covers, When::default(), span, at),
            span,
        }
    }

    /// Compiles what is expected of the calls.
    pub(super) fn of_calls(
        &mut self,
        step: &Step,
        captures: &[(String, Capture)],
        at: At<'_>,
        names: &Names,
    ) -> Vec<NumberedCheck> {
        self.refuse_places(step, captures);
        self.checker.side = Side::CallBack;
        let checks = step.expect.iter().map(|node| self.check(node, at, names)).collect();
        self.checker.side = Side::Answer;
        checks
    }

    fn address(&mut self, name: &Spanned<String>) {
        let known = &self.program.scenario.callbacks;
        if known.iter().any(|address| address.name.value == name.value) {
            return;
        }
        let message = format!("the scenario has no call-back address `{}`", name.value);
        let unknown = Diagnostic::error("unknown-callback", message).at(name.span, "");
        let names: Vec<&str> = known.iter().map(|address| address.name.value.as_str()).collect();
        let told = if names.is_empty() {
            unknown
                .help(format!("write it at the top of the scenario: `callbacks: {{ {}: {{}} }}`", name.value))
        } else {
            unknown.suggest(&name.value, names)
        };
        self.checker.diagnostics.push(told);
    }

    /// A call has no status and leads nowhere.
    fn refuse_places(&mut self, step: &Step, captures: &[(String, Capture)]) {
        for (name, capture) in captures {
            let Some(place) = capture.place_of_an_answer() else { continue };
            let written = step.capture.iter().find(|(own, _)| own.value == *name);
            let span = written.map_or(step.span, |(_, node)| node.span);
            let help =
                "a place of a call-back: header.NAME, body, body.text, sha256, sent, or a JSON Pointer";
            self.report("other-side", &format!("a call-back has no `{place}`"), (span, help));
        }
    }
}
