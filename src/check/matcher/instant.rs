//! `{ instant: { not_before: "${{ created }}", within: 5s } }` — an instant and where it lies to others.
//!
//! Instants are compared at the coarser precision of the two texts, whatever their offsets.

use std::time::Duration;

use super::{Matcher, MatcherDefinition};
use crate::check::block::Compiler;
use crate::check::instant::Instant;
use crate::check::judgement::Unreached;
use crate::check::subject::{Found, Scope, Subject};
use crate::clock::format_duration;
use crate::diagnostic::Diagnostic;
use crate::json::shorten;
use crate::scenario::Template;
use crate::scenario::template::text_of;
use crate::source::Span;
use crate::yaml::{Fields, Key, Kind, Node, Shape, TIME, Value, duration, wrong_type};

pub(super) const DEFINITION: MatcherDefinition = MatcherDefinition {
    name: "instant",
    doc: "An instant (RFC 3339, any offset), compared at the coarser precision of the two texts.",
    example: "{ not_before: \"${{ created }}\" }",
    value: Value::Object(&SHAPE),
    compile,
};

static SHAPE: Shape = Shape {
    name: "`instant`",
    doc: "Where an instant lies to others; all of it must hold.",
    keys: &[
        Key::optional("equals", Value::Text, "The same instant.").like("\"${{ created }}\""),
        Key::optional("not_before", Value::Text, "This instant or a later one.").like("\"${{ sent }}\""),
        Key::optional("not_after", Value::Text, "This instant or an earlier one.")
            .like("\"${{ answered }}\""),
        Key::optional("within", TIME, "How far each of the bounds may be missed; `0s` if left out.")
            .or("0s")
            .like("5s"),
    ],
};

type Holds = fn(i128, i128) -> bool;

/// What each key demands: its words, and whether a distance in nanoseconds is right under a tolerance.
const BOUNDS: [(&str, &str, Holds); 3] = [
    ("equals", "the instant", |behind, tolerance| behind.abs() <= tolerance),
    ("not_before", "not before", |behind, tolerance| behind >= -tolerance),
    ("not_after", "not after", |behind, tolerance| behind <= tolerance),
];

#[derive(Debug)]
struct InstantIs {
    bounds: Vec<Bound>,
    within: Option<Template>,
}

#[derive(Debug)]
struct Bound {
    words: &'static str,
    holds: Holds,
    at: Template,
}

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    let fields = Fields::open(node, &SHAPE, compiler.diagnostics)?;
    let written = BOUNDS.into_iter().filter_map(|(key, words, holds)| {
        let at = bound(fields.get(key)?, compiler)?;
        Some(Bound { words, holds, at })
    });
    let bounds: Vec<Bound> = written.collect();
    let within = fields.get("within").and_then(|within| tolerance(within, compiler));
    if matches!(&node.kind, Kind::Mapping(entries) if entries.iter().all(|(key, _)| key.value == "within")) {
        let names: Vec<&str> = BOUNDS.iter().map(|(key, ..)| *key).collect();
        let empty = Diagnostic::error("no-matcher", "`instant` compares with nothing");
        let help = format!("one of: {}; `is: instant` asks for any instant", names.join(", "));
        compiler.report(empty.at(node.span, "").help(help));
    }
    Some(Box::new(InstantIs { bounds, within }))
}

fn bound(node: &Node, compiler: &mut Compiler<'_>) -> Option<Template> {
    let template = Template::parse(node, compiler.diagnostics);
    let wrong = template.constant().is_some_and(|text| Instant::parse(&text_of(text)).is_none());
    if wrong {
        compiler.report(wrong_type(node, "an instant such as `2024-01-15T12:00:00Z`"));
        return None;
    }
    Some(template)
}

fn tolerance(node: &Node, compiler: &mut Compiler<'_>) -> Option<Template> {
    let template = Template::parse(node, compiler.diagnostics);
    if template.is_constant() {
        duration(node, compiler.diagnostics)?;
    }
    Some(template)
}

impl Matcher for InstantIs {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let Some(instant) = subject.text().and_then(Instant::parse) else {
            return Ok(scope.demand(subject, false, || "an instant (RFC 3339)".to_owned()));
        };
        let within = match &self.within {
            Some(within) => within.duration(scope.lookup)?,
            None => Duration::ZERO,
        };
        let mut mismatches = Vec::new();
        for bound in &self.bounds {
            let (text, at) = bound.evaluate(scope)?;
            let holds = (bound.holds)(instant.since(at), tolerance_in(within, instant.coarser_step(at)));
            mismatches.extend(scope.demand(subject, holds, || bound.describe(&text, within)));
        }
        Ok(mismatches)
    }

    fn names(&self) -> Vec<(&str, Span)> {
        let bounds = self.bounds.iter().map(|bound| &bound.at);
        bounds.chain(&self.within).flat_map(Template::names).collect()
    }
}

/// The tolerance in nanoseconds, rounded up to whole steps.
fn tolerance_in(within: Duration, step: i128) -> i128 {
    let nanoseconds = i128::try_from(within.as_nanos()).unwrap_or(i128::MAX - step);
    (nanoseconds + step - 1).div_euclid(step) * step
}

impl Bound {
    fn evaluate(&self, scope: Scope<'_>) -> Result<(String, Instant), Unreached> {
        let value = self.at.json(scope.lookup)?;
        let text = text_of(&value);
        let no_instant = || Unreached(format!("{} is no instant to compare with", shorten(&value)));
        let instant = Instant::parse(&text).ok_or_else(no_instant)?;
        Ok((text, instant))
    }

    fn describe(&self, text: &str, within: Duration) -> String {
        let tolerance =
            if within.is_zero() { String::new() } else { format!(" (within {})", format_duration(within)) };
        format!("{} {}{tolerance}", self.words, shorten(&text.into()))
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{look, refuse, snapshot};
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case(r#"{ instant: { equals: "${{ created }}" } }"#, json!("2024-01-15T16:00:00.7+04:00"), "")]
    #[case(r#"{ instant: { not_before: "${{ created }}" } }"#, json!("2024-01-15T11:59:59Z"), r#": expected not before "2024-01-15T12:00:00Z", actual "2024-01-15T11:59:59Z""#)]
    #[case(r#"{ instant: { not_before: "${{ created }}", within: 1s } }"#, json!("2024-01-15T11:59:59Z"), "")]
    #[case(r#"{ instant: { not_after: "${{ created }}", within: "${{ lag }}" } }"#, json!("2024-01-15T12:00:03Z"), r#": expected not after "2024-01-15T12:00:00Z" (within 2s), actual "2024-01-15T12:00:03Z""#)]
    #[case(r#"{ instant: { equals: "2024-01-15T12:00:00Z" } }"#, json!("yesterday"), r#": expected an instant (RFC 3339), actual "yesterday""#)]
    #[case(r#"{ instant: { equals: "${{ word }}" } }"#, json!("2024-01-15T12:00:00Z"), r#"not reached: "done" is no instant to compare with"#)]
    fn holds_or_says_what_is_wrong(#[case] matcher: &str, #[case] value: Value, #[case] expected: &str) {
        assert_eq!(look(matcher, &value), expected);
    }

    #[test]
    fn a_bad_argument_is_named() {
        snapshot(
            "matcher-instant",
            &refuse(&[
                "{ instant: { equals: yesterday, within: 5 } }",
                "{ instant: { within: 5s } }",
                r#"{ instant: { after: "${{ created }}" } }"#,
            ]),
        );
    }
}
