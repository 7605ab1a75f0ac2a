//! A step's YAML tree to its typed form.

use std::time::Duration;

use super::callback::wait;
use super::decode_snapshot::snapshot;
use super::shape::{DISTURB, FOLLOW, HOOK, QUANTIFIER, REPEAT, STEP, WAY};
use super::{
    Action, Disturb, Follow, HOOK_WORDS, HookCall, Poll, Quantifier, Repeat, Step, Template, TraceWord, Use,
    Way, Words, expand,
};
use crate::clock::parse_duration;
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::yaml::{self, Fields, Kind, Node};

/// More rounds than this are a load test, not a scenario.
pub(super) const MOST_ROUNDS: u64 = 1000;

/// The keys of which a step has exactly one, and the keys that belong to each.
pub const ACTIONS: [(&str, &[&str]); 9] = [
    ("request", &["follow", "disturb", "expect", "capture", "snapshot"]),
    (
        "poll",
        &[
            "job",
            "every",
            "carry",
            "within",
            "pending",
            "until",
            "fail_when",
            "trace",
            "invariant",
            "expect",
            "capture",
            "snapshot",
        ],
    ),
    ("hook", &["expect", "capture"]),
    ("wait", &[]),
    ("await", &["expect", "capture"]),
    ("repeat", &["steps", "distinct", "same"]),
    ("parallel", &[]),
    ("either", &[]),
    ("use", &["with", "outputs"]),
];
/// The keys that any step may have.
pub const ANY_STEP: [&str; 4] = ["name", "as", "control", "when"];

/// Reads a list of steps; their names must differ.
pub(super) fn steps(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<Step> {
    let items = yaml::list(node, diagnostics);
    let mut steps: Vec<Step> = Vec::new();
    for item in items {
        let Some(step) = step(item, diagnostics) else { continue };
        if let Some(first) = steps.iter().find(|first| first.name.value == step.name.value) {
            let message = format!("two steps are called `{}`", step.name.value);
            let duplicate = Diagnostic::error("duplicate-step", message).at(step.name.span, "second step");
            let placed = duplicate.related(first.name.span, "first step");
            diagnostics.push(placed.help("give one of them another name"));
        }
        steps.push(step);
    }
    steps
}

fn step(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Step> {
    let written_out = expand::step(node);
    let fields = Fields::open(&written_out, &STEP, diagnostics)?;
    let action = action(fields, diagnostics);
    let name = fields.get("name").and_then(|node| yaml::text(node, diagnostics));
    let principal = principal(fields, diagnostics);
    let control = fields.get("control").and_then(|node| yaml::boolean(node, diagnostics));
    let expect = fields.get("expect").map(|node| yaml::list(node, diagnostics).to_vec()).unwrap_or_default();
    let capture = fields.get("capture").map(|node| capture(node, diagnostics)).unwrap_or_default();
    let snapshot = fields.get("snapshot").and_then(|node| snapshot(node, diagnostics));
    let disturb = fields.get("disturb").and_then(|node| disturb(node, diagnostics));
    Some(Step {
        name: name?,
        principal: principal?,
        control: control.is_some_and(|control| control.value),
        when: fields.get("when").cloned(),
        action: action?,
        expect,
        capture,
        snapshot,
        disturb,
        span: node.span,
        written_out,
    })
}

/// Whoever acts is known before anything runs, so that a target file without them can be told.
fn principal(fields: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
    let name = yaml::text(fields.get("as")?, diagnostics)?;
    if name.value.contains("${{") {
        let message = format!("`{}` is no name of a principal", name.value);
        let help = "write the name, `as: owner`, in a step for each of them: `as` takes no expression";
        diagnostics.push(Diagnostic::error("principal-name", message).at(name.span, "").help(help));
    }
    Some(name)
}

fn action(fields: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Action> {
    let words: Vec<&str> = ACTIONS.iter().map(|(word, _)| *word).collect();
    let given: Vec<&(&str, &[&str])> =
        ACTIONS.iter().filter(|(word, _)| fields.get(word).is_some()).collect();
    let [(word, belonging)] = given.as_slice() else {
        let message = match given.as_slice() {
            [] => "the step does nothing".to_owned(),
            more => format!("the step does several things: {}", join(more.iter().map(|(word, _)| *word))),
        };
        let help = format!("a step has exactly one of {}", join(words));
        diagnostics.push(Diagnostic::error("step-action", message).at(fields.node().span, "").help(help));
        return None;
    };
    report_stray_keys(fields, word, belonging, diagnostics);
    let node = fields.get(word)?;
    match *word {
        "request" => Some(request(node, fields, diagnostics)),
        "poll" => poll(node, fields, diagnostics).map(|poll| Action::Poll(Box::new(poll))),
        "hook" => hook(node, diagnostics).map(Action::Hook),
        "wait" => Some(Action::Wait(Template::parse_duration(node, diagnostics))),
        "await" => wait(node, diagnostics).map(Action::Await),
        "repeat" => repeat(node, fields, diagnostics).map(Action::Repeat),
        "parallel" => Some(Action::Parallel(parallel(node, diagnostics))),
        "either" => Some(Action::Either(ways(node, diagnostics))),
        _ => fragment(node, fields, diagnostics).map(Action::Use),
    }
}

fn report_stray_keys(
    fields: Fields<'_>,
    action: &str,
    belonging: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Kind::Mapping(entries) = &fields.node().kind else { return };
    for (key, _) in entries {
        let known = STEP.keys.iter().any(|known| known.name == key.value);
        let belongs = key.value == action || belonging.contains(&key.value.as_str());
        if known && !belongs && !ANY_STEP.contains(&key.value.as_str()) {
            let message = format!("`{}` has no meaning in a step with `{action}`", key.value);
            let owners = ACTIONS.iter().filter(|(_, own)| own.contains(&key.value.as_str()));
            let owners = join(owners.map(|(word, _)| *word));
            let help = format!("take it away: it belongs to a step with {owners}");
            diagnostics.push(Diagnostic::error("stray-key", message).at(key.span, "").help(help));
        }
    }
}

fn request(node: &Node, fields: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Action {
    let words = words(node, diagnostics);
    let follow = fields.get("follow").and_then(|node| follow(node, diagnostics));
    Action::Request { words, follow }
}

fn follow(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Follow> {
    let fields = Fields::open(node, &FOLLOW, diagnostics)?;
    let max = fields.get("max").and_then(|node| yaml::integer(node, diagnostics));
    let within = fields.get("within").map(|node| Template::parse_duration(node, diagnostics));
    let principal = principal(fields, diagnostics);
    let each = fields.get("each").map(|node| yaml::list(node, diagnostics).to_vec()).unwrap_or_default();
    let trace = fields.get("trace").cloned().map(|node| TraceWord { node });
    Some(Follow {
        max: u32::try_from(max?.value).unwrap_or(u32::MAX),
        within: within?,
        principal,
        each,
        trace,
    })
}

fn poll(node: &Node, fields: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Poll> {
    for needed in ["within", "until"] {
        if fields.lacks(needed) {
            let message = format!("a poll needs `{needed}`");
            let help = "`within: 30s` bounds it, `until: { status: 200 }` ends it";
            diagnostics.push(Diagnostic::error("missing-key", message).at(node.span, "").help(help));
        }
    }
    let pending = fields.get("pending").map(|node| without_seen(node, diagnostics));
    let invariants = fields.get("invariant").map(|node| yaml::list(node, diagnostics).to_vec());
    Some(Poll {
        words: words(node, diagnostics),
        job: fields.get("job").and_then(|node| yaml::text(node, diagnostics)),
        every: fields.get("every").map(|node| pause(node, diagnostics)),
        carry: fields.get("carry").map(|node| capture(node, diagnostics)).unwrap_or_default(),
        within: budget(fields.get("within")?, diagnostics),
        seen: pending.as_ref().and_then(|(_, seen)| *seen),
        pending: pending.map(|(node, _)| node),
        until: fields.get("until")?.clone(),
        fail_when: fields.get("fail_when").cloned(),
        trace: fields.get("trace").cloned().map(|node| TraceWord { node }),
        invariants: invariants.unwrap_or_default(),
    })
}

/// How long a poll may take: without any time it would be a request.
fn budget(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Template {
    if is_zero(node) {
        let zero =
            Diagnostic::error("zero", "with `within: 0s` a poll would be over after its first request");
        let help = "write how long the server may take, such as `within: 30s`, or a step with `request`";
        diagnostics.push(zero.at(node.span, "").help(help));
    }
    Template::parse_duration(node, diagnostics)
}

fn is_zero(node: &Node) -> bool {
    node.as_text().and_then(parse_duration).is_some_and(|duration| duration.is_zero())
}

/// The pause between attempts, without which a poll would be a flood.
fn pause(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Template {
    if is_zero(node) {
        let zero = Diagnostic::error("zero", "with `every: 0s` polls would follow without a pause");
        diagnostics.push(zero.at(node.span, "").help("write 1ms or more, or leave it out for `target.poll`"));
    }
    Template::parse_duration(node, diagnostics)
}

fn words(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Words {
    yaml::mapping(node, diagnostics);
    Words { node: node.clone(), template: Template::parse(node, diagnostics) }
}

fn without_seen(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> (Node, Option<u64>) {
    let seen = node.get("seen").and_then(|node| yaml::integer(node, diagnostics));
    let mut rest = node.clone();
    if let Kind::Mapping(entries) = &mut rest.kind {
        entries.retain(|(key, _)| key.value != "seen");
    }
    (rest, seen.map(|seen| seen.value))
}

fn hook(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<HookCall> {
    let fields = Fields::open(node, &HOOK, diagnostics)?;
    let given: Vec<&str> = HOOK_WORDS.into_iter().filter(|word| fields.get(word).is_some()).collect();
    let [word] = given.as_slice() else {
        let message = format!("`hook` has exactly one of {}", join(HOOK_WORDS));
        let help = "write one of them with the alias of a job: `hook: { release: job }`";
        diagnostics.push(Diagnostic::error("hook-operation", message).at(node.span, "").help(help));
        return None;
    };
    let job = yaml::text(fields.get(word)?, diagnostics)?;
    let op = Spanned::new((*word).to_owned(), job.span);
    let handle = fields.get("handle").map(|node| Template::parse(node, diagnostics));
    Some(HookCall { op, job, handle })
}

fn repeat(node: &Node, fields: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Repeat> {
    let own = Fields::open(node, &REPEAT, diagnostics)?;
    let times = own.get("times").and_then(|node| yaml::integer(node, diagnostics));
    if let Some(times) = times.as_ref().filter(|times| times.value == 0 || times.value > MOST_ROUNDS) {
        let message = format!("`repeat` cannot have {} rounds", times.value);
        let help = format!("write a number from 1 to {MOST_ROUNDS}");
        diagnostics.push(Diagnostic::error("too-many-rounds", message).at(times.span, "").help(help));
    }
    let at_once = own.get("at_once").and_then(|node| yaml::boolean(node, diagnostics));
    let every = own.get("every").map(|node| Template::parse_duration(node, diagnostics));
    if fields.lacks("steps") {
        let help = "write `steps: [ … ]` beside `repeat`, in the same step";
        let missing = Diagnostic::error("missing-key", "a `repeat` needs `steps`").at(node.span, "");
        diagnostics.push(missing.help(help));
    }
    let list = fields.get("steps")?;
    let mut quantifiers = quantifiers(fields.get("distinct"), true, diagnostics);
    quantifiers.extend(self::quantifiers(fields.get("same"), false, diagnostics));
    Some(Repeat {
        times: u32::try_from(times?.value.min(MOST_ROUNDS)).unwrap_or(1),
        at_once: at_once.is_some_and(|at_once| at_once.value),
        every,
        steps: steps(list, diagnostics),
        quantifiers,
    })
}

fn quantifiers(node: Option<&Node>, distinct: bool, diagnostics: &mut Vec<Diagnostic>) -> Vec<Quantifier> {
    let items = node.map(|node| yaml::list(node, diagnostics)).unwrap_or_default();
    let mut read = Vec::new();
    for item in items {
        let Some(fields) = Fields::open(item, &QUANTIFIER, diagnostics) else { continue };
        let Some(value) = fields.get("value").and_then(|node| yaml::text(node, diagnostics)) else {
            continue;
        };
        let covers = fields.get("covers").cloned();
        let covers = covers.unwrap_or(Node { span: item.span, kind: Kind::Sequence(Vec::new()) });
        read.push(Quantifier { distinct, value, covers, span: item.span });
    }
    read
}

fn parallel(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, Vec<Step>)> {
    let branches = yaml::mapping(node, diagnostics);
    branches.iter().map(|(name, list)| (name.clone(), steps(list, diagnostics))).collect()
}

/// The ways that a server may take; of one way alone nothing would be left to choose.
fn ways(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<Way> {
    let items = yaml::list(node, diagnostics);
    if items.len() == 1 {
        let message = "`either` has only one way, so that there is nothing to choose";
        let help = "write a second way, or the step's own `when`";
        diagnostics.push(Diagnostic::error("one-way", message).at(node.span, "").help(help));
    }
    let mut ways = Vec::new();
    for item in items {
        let Some(fields) = Fields::open(item, &WAY, diagnostics) else { continue };
        let (Some(when), Some(list)) = (fields.get("when"), fields.get("steps")) else { continue };
        ways.push(Way { when: when.clone(), steps: steps(list, diagnostics), span: item.span });
    }
    ways
}

fn fragment(node: &Node, fields: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Use> {
    let fragment = yaml::text(node, diagnostics)?;
    let given = fields.get("with").map(|node| yaml::mapping(node, diagnostics)).unwrap_or_default();
    let inputs =
        given.iter().map(|(name, node)| (name.clone(), Template::parse(node, diagnostics))).collect();
    let outputs = fields.get("outputs").map(|node| texts(node, diagnostics)).unwrap_or_default();
    Some(Use { fragment, inputs, outputs })
}

fn texts(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, Spanned<String>)> {
    let entries = yaml::mapping(node, diagnostics);
    entries.iter().filter_map(|(name, text)| Some((name.clone(), yaml::text(text, diagnostics)?))).collect()
}

fn capture(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, Node)> {
    yaml::mapping(node, diagnostics).to_vec()
}

fn disturb(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Disturb> {
    let fields = Fields::open(node, &DISTURB, diagnostics)?;
    let cut: Option<Spanned<Duration>> = fields.get("cut").and_then(|node| yaml::duration(node, diagnostics));
    match (fields.get("lose_response"), cut) {
        (Some(code), None) => {
            read_502(code, node.span, diagnostics);
            Some(Disturb::LoseResponse)
        }
        (None, Some(after)) => Some(Disturb::Cut(after.value)),
        _ => {
            let message = "`disturb` has exactly one of lose_response, cut";
            let help = "write `disturb: { lose_response: 502 }` or `disturb: { cut: 300ms }`";
            diagnostics.push(Diagnostic::error("disturb", message).at(node.span, "").help(help));
            None
        }
    }
}

fn read_502(code: &Node, span: Span, diagnostics: &mut Vec<Diagnostic>) {
    if code.kind != Kind::Integer(502) {
        let message = format!("`lose_response` hides an answer behind a 502, not behind {}", code.describe());
        let diagnostic = Diagnostic::error("disturb", message).at(span, "");
        diagnostics.push(diagnostic.help("write `disturb: { lose_response: 502 }`"));
    }
}

fn join<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(", ")
}
