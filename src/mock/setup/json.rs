//! Configurations and scripts as JSON, as the control API gets them: every JSON text is YAML, so one decoder reads both.

use serde_json::{Map, Value};

use super::fixtures;
use super::shape::SCRIPT;
use super::{Input, Setup, parse};
use crate::diagnostic::Diagnostic;
use crate::mock::configuration::Configuration;
use crate::mock::fixture::{Ends, NextJob, Product, Queued, Runs};
use crate::source::{SourceId, SourceMap};
use crate::yaml::{self, Fields, Node};

/// What may stand in a configuration file, laid over `own`; or the first thing that is wrong with it.
pub(in crate::mock) fn configuration(
    own: Configuration,
    members: &Map<String, Value>,
) -> Result<Setup, String> {
    decode(members, |source, text, found| parse(Input { source, text, configuration: own }, found))
}

/// A script for the next jobs, or the first thing that is wrong with it.
pub(in crate::mock) fn script(members: &Map<String, Value>) -> Result<NextJob, String> {
    let script = decode(members, |source, text, found| {
        let root = yaml::parse(source, text, found)?;
        Some(read(Fields::open(&root, &SCRIPT, found)?, found))
    })?;
    if script.times == Some(0) {
        return Err("`times` must be at least 1: a script for no job is none".to_owned());
    }
    // Any JSON may be an output: what YAML would make of it is of no interest.
    Ok(match members.get("output") {
        Some(output) => NextJob { product: Some(Product::output(output.clone())), ..script },
        None => script,
    })
}

fn decode<T>(
    members: &Map<String, Value>,
    decode: impl FnOnce(SourceId, &str, &mut Vec<Diagnostic>) -> Option<T>,
) -> Result<T, String> {
    let text = Value::Object(members.clone()).to_string();
    let source = SourceMap::default().add("body", text.as_str());
    let mut found = Vec::new();
    let decoded = decode(source, &text, &mut found);
    match (decoded, found.first()) {
        (Some(decoded), None) => Ok(decoded),
        (_, Some(first)) => Err(match first.help.first() {
            Some(help) => format!("{} ({help})", first.message),
            None => first.message.clone(),
        }),
        (None, None) => Err("the body cannot be read".to_owned()),
    }
}

fn read(fields: Fields<'_>, found: &mut Vec<Diagnostic>) -> NextJob {
    let span = fixtures::span(fields, found);
    let given = |key: &str| fields.get(key).is_some();
    let arguments = fields.get("arguments").map(Node::to_json);
    let times = fields.get("times").and_then(|node| yaml::integer(node, found));
    NextJob {
        fixture: fixtures::text(fields, "fixture", found),
        arguments: arguments.and_then(|own| own.as_object().cloned()).unwrap_or_default(),
        times: times.map(|times| times.value),
        queued: given("queued").then_some(if span.held {
            Queued::UntilReleased
        } else {
            Queued::For(span.queued)
        }),
        runs: given("runs").then_some(match span.ends {
            Ends::InTime => Runs { time: span.runs, ends: span.ends },
            ends => Runs { time: std::time::Duration::ZERO, ends },
        }),
        product: (given("output") || given("fault")).then(|| fixtures::product(fields, found)),
        files: given("files").then(|| fixtures::files(fields, found).into()),
    }
}
