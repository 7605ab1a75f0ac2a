//! Which calls a rule could meet, and when it does.

use std::time::Duration;

use super::{Found, number, text};
use crate::clock::parse_duration;
use crate::diagnostic::Diagnostic;
use crate::mock::fault::calls::Calls;
use crate::mock::fault::shape::{CALLS, ON_WORDS, WHEN};
use crate::mock::fault::when::When;
use crate::mock::protocol::Operation;
use crate::yaml::{self, Fields, Kind, Node};

/// `on`: a word, words, or a mapping that says more.
pub(super) fn calls(node: &Node, found: &mut Found) -> Option<Calls> {
    if !matches!(node.kind, Kind::Mapping(_)) {
        return Some(Calls { operations: operations(node, found)?, ..Calls::default() });
    }
    let fields = Fields::open(node, &CALLS, found)?;
    let operations = fields.get("op").map(|node| operations(node, found));
    let headers = fields.get("header").map_or(&[][..], |node| yaml::mapping(node, found));
    let headers = headers
        .iter()
        .filter_map(|(name, node)| Some((name.value.to_lowercase(), yaml::text(node, found)?.value)));
    let headers = headers.collect();
    Some(Calls {
        operations: operations.unwrap_or_else(|| Some(Vec::new()))?,
        path: text(fields, "path", found).map(|text| text.to_string()),
        method: text(fields, "method", found).map(|text| text.to_string()),
        headers,
        fixture: text(fields, "fixture", found),
    })
}

/// What calls are about; nothing stands for anything.
fn operations(node: &Node, found: &mut Found) -> Option<Vec<Operation>> {
    let Kind::Sequence(nodes) = &node.kind else {
        return Some(yaml::choice(node, &ON_WORDS, found)?.value.into_iter().collect());
    };
    if nodes.is_empty() {
        let message = "expected at least one operation, found an empty list";
        found.push(Diagnostic::error("wrong-type", message).at(node.span, ""));
    }
    let read = nodes.iter().map(|node| Some(yaml::choice(node, &Operation::WORDS, found)?.value));
    read.collect::<Vec<_>>().into_iter().collect()
}

/// `when`.
pub(super) fn when(node: &Node, found: &mut Found) -> Option<When> {
    let fields = Fields::open(node, &WHEN, found)?;
    let nth = fields.get("nth").map_or(&[][..], yaml::list_or_one);
    let nth = nth.iter().filter_map(|node| Some(yaml::integer(node, found)?.value)).collect();
    let window = fields.get("window").map(|node| window(node, found));
    let probability = fields.get("probability").and_then(|node| yaml::number(node, found));
    Some(When {
        nth,
        every: number(fields, "every", found),
        from: number(fields, "from", found),
        to: number(fields, "to", found),
        window: window.flatten(),
        probability: probability.map(|own| own.value),
        attempt: number(fields, "attempt", found),
    })
}

/// `10s..20s`.
fn window(node: &Node, found: &mut Found) -> Option<(Duration, Duration)> {
    let ends = node.as_text().and_then(|text| text.split_once(".."));
    let window = ends.and_then(|(from, to)| Some((parse_duration(from)?, parse_duration(to)?)));
    if window.is_none() {
        let wanted = yaml::wrong_type(node, "two instants of the mock's clock");
        found.push(Diagnostic::help(wanted, "write them as `10s..20s`"));
    }
    window
}
