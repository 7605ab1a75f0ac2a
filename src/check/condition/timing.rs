//! `timing: { total: { at_most: "${{ target.prompt }}" } }` — how long it took, on the monotonic clock.

use std::time::Duration;

use super::{Condition, ConditionDefinition, Side};
use crate::check::block::Compiler;
use crate::check::conjunction::Matchers;
use crate::check::judgement::Tally;
use crate::check::matcher::MAPPING;
use crate::check::subject::Subject;
use crate::check::view::View;
use crate::clock::parse_duration;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::yaml::{Fields, Key, Kind, Node, Shape, Value, wrong_type};

pub(super) const DEFINITION: ConditionDefinition = ConditionDefinition {
    name: "timing",
    doc: "How long the exchange took.",
    only: Some(Side::Answer),
    example: "{ total: { at_most: \"${{ target.prompt }}\" } }",
    value: Value::Object(&SHAPE),
    compile,
};

static SHAPE: Shape = Shape {
    name: "`timing`",
    doc: "Lengths of time, each from the moment the request began to be sent unless it says otherwise.",
    keys: &[
        Key::optional("total", MAPPING, "Until the answer was complete.")
            .like("{ at_most: \"${{ target.prompt }}\" }"),
        Key::optional("ttfb", MAPPING, "Until the first byte of the answer.").like("{ at_most: 500ms }"),
        Key::optional("held", MAPPING, "How long the server kept back the first byte.")
            .like("{ at_least: 20s, at_most: 30s }"),
        Key::optional("elapsed", MAPPING, "From the start of the step until the answer was complete.")
            .like("{ less_than: 2m }"),
    ],
};

type Measure = fn(&View<'_>) -> Duration;

/// What each key of the shape measures and what messages call it.
const MEASURES: [(&str, &str, Measure); 4] = [
    ("total", "total time", |view| view.exchange.timing.total()),
    ("ttfb", "time to first byte", |view| view.exchange.timing.held()),
    ("held", "time held", |view| view.exchange.timing.held()),
    ("elapsed", "time since the step began", |view| {
        view.exchange.timing.complete.saturating_sub(view.moments.step_started)
    }),
];

#[derive(Debug)]
struct Timing(Vec<Measured>);

#[derive(Debug)]
struct Measured {
    place: &'static str,
    measure: Measure,
    matchers: Matchers,
}

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Condition>> {
    let fields = Fields::open(node, &SHAPE, compiler.diagnostics)?;
    let written = MEASURES.into_iter().filter_map(|(key, place, measure)| {
        let argument = fields.get(key)?;
        refuse_other_than_bounds(argument, compiler);
        Some(Measured { place, measure, matchers: Matchers::compile(argument, compiler) })
    });
    let measured: Vec<Measured> = written.collect();
    if matches!(&node.kind, Kind::Mapping(entries) if entries.is_empty()) {
        let names: Vec<&str> = MEASURES.iter().map(|(key, ..)| *key).collect();
        let empty = Diagnostic::error("no-name", "`timing` measures nothing").at(node.span, "");
        compiler.report(empty.help(format!("one of: {}", names.join(", "))));
    }
    Some(Box::new(Timing(measured)))
}

/// The matchers that compare a value with one, or with several.
const EXACT: [&str; 4] = ["equals", "not_equals", "in", "not_in"];

/// What is measured is never exactly a time that somebody wrote down, so that only bounds can decide anything.
fn refuse_other_than_bounds(node: &Node, compiler: &mut Compiler<'_>) {
    let Kind::Mapping(entries) = &node.kind else { return refuse_exact(node, node.span, compiler) };
    for (matcher, argument) in entries {
        if EXACT.contains(&matcher.value.as_str()) {
            refuse_exact(argument, matcher.span.to(argument.span), compiler);
        } else {
            refuse_other_than_durations(argument, compiler);
        }
    }
}

fn refuse_exact(node: &Node, span: Span, compiler: &mut Compiler<'_>) {
    let before = compiler.diagnostics.len();
    refuse_other_than_durations(node, compiler);
    if compiler.diagnostics.len() == before {
        let exact = Diagnostic::error("exact-time", "nothing takes exactly this long");
        let help =
            "write bounds: `{ at_most: 5s }`, `{ at_least: 5s }`, or both: `{ at_least: 4s, at_most: 6s }`";
        compiler.report(exact.at(span, "").help(help));
    }
}

/// A bare number would be compared with nothing: `2` is neither seconds nor milliseconds.
fn refuse_other_than_durations(node: &Node, compiler: &mut Compiler<'_>) {
    match &node.kind {
        Kind::Mapping(entries) => {
            for (_, value) in entries {
                refuse_other_than_durations(value, compiler);
            }
        }
        Kind::Sequence(items) => {
            for item in items {
                refuse_other_than_durations(item, compiler);
            }
        }
        Kind::Text(text) if text.contains("${{") || parse_duration(text).is_some() => {}
        _ => compiler.report(wrong_type(node, "a duration such as `100ms` or `1m30s`")),
    }
}

impl Condition for Timing {
    fn judge(&self, view: &View<'_>, tally: &mut Tally) {
        let missing = view.response().err();
        for Measured { place, measure, matchers } in &self.0 {
            let subject = match &missing {
                Some(reason) => Subject::Hidden(reason),
                None => Subject::Duration(measure(view)),
            };
            tally.add(matchers.judge_in(subject, view, place));
        }
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.0.iter().flat_map(|measured| measured.matchers.names()).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{answer, judge, mistakes, snapshot};
    use rstest::rstest;

    #[rstest]
    #[case("{ timing: { total: { at_least: 4s, at_most: 4s }, ttfb: { at_least: 3s } } }", "held")]
    #[case("{ timing: { held: { at_most: 3s }, elapsed: { more_than: 11s, less_than: 13s } } }", "held")]
    #[case("{ timing: { total: { at_most: 3900ms } } }", "total time: expected at most 3s900ms, actual 4s")]
    #[case(
        "{ timing: { held: { at_least: \"${{ lag * 2 }}\" } } }",
        "time held: expected at least 4s, actual 3s"
    )]
    #[case(
        "{ timing: { elapsed: { less_than: 12s } } }",
        "time since the step began: expected less than 12s, actual 12s"
    )]
    fn measures_on_the_clock_of_the_exchange(#[case] block: &str, #[case] expected: &str) {
        assert_eq!(judge(block, &answer(200, &[], "")), expected);
    }

    #[test]
    fn a_number_is_no_length_of_time() {
        snapshot(
            "condition-timing",
            &mistakes(&[
                "{ timing: { total: { at_most: 5 } } }",
                "{ timing: { totl: { at_most: 5s } } }",
                "{ timing: {} }",
                "{ timing: { total: 5, ttfb: { in: [1, soon] } } }",
                "{ timing: { total: 5s, ttfb: [1s, 2s], held: \"${{ lag }}\", elapsed: { not_equals: 1s } } }",
            ]),
        );
    }
}
