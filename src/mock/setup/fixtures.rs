//! The file's own principals, processes and triggers. An entry replaces a built-in one of its name.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::Method;

use super::shape::{BEARER, ELMA, FILE, HELD, MANUAL, POLLS, PROCESS, SYSTEM, TRIGGER, UIPATH, VERBS};
use crate::diagnostic::Diagnostic;
use crate::mock::fixture::{
    Bearer, Ends, File, Fixtures, Mode, Process, Product, Span, Standing, System, Trigger,
};
use crate::yaml::{self, Fields, Kind, Node};

type Found = Vec<Diagnostic>;

pub(super) fn elma(node: &Node, offered: &mut Fixtures, found: &mut Found) {
    let Some(fields) = Fields::open(node, &ELMA, found) else { return };
    for (name, node) in entries(fields, "principals", found) {
        let system = system(name.clone(), node, found);
        let others = offered.systems.iter().map(|own| (&*own.name, &*own.token));
        check_own(system.as_ref().map(|own| (&*own.name, &*own.token)), others, node, found);
        replace(&mut offered.systems, system, |own| own.name == name);
    }
    for (name, node) in entries(fields, "processes", found) {
        let process = process(name.clone(), node, found);
        replace(&mut offered.processes, process, |own| own.name == name);
    }
}

pub(super) fn uipath(node: &Node, offered: &mut Fixtures, found: &mut Found) {
    let Some(fields) = Fields::open(node, &UIPATH, found) else { return };
    for (name, node) in entries(fields, "principals", found) {
        let bearer = bearer(name.clone(), node, found);
        let others = offered.bearers.iter().map(|own| (&*own.name, &*own.token));
        check_own(bearer.as_ref().map(|own| (&*own.name, &*own.token)), others, node, found);
        replace(&mut offered.bearers, bearer, |own| own.name == name);
    }
    for (name, node) in entries(fields, "triggers", found) {
        let trigger = trigger(name.clone(), node, found);
        replace(&mut offered.triggers, trigger, |own| own.name == name);
    }
}

/// Whoever has no credential, or that of somebody else, cannot be told from others.
fn check_own<'a>(
    principal: Option<(&str, &str)>,
    mut others: impl Iterator<Item = (&'a str, &'a str)>,
    node: &Node,
    found: &mut Found,
) {
    let Some((name, token)) = principal else { return };
    let message = match others.find(|(other, own)| *other != name && *own == token) {
        _ if token.trim().is_empty() => {
            format!("the credential of {name} is empty, so that no call can show it")
        }
        Some((other, _)) => {
            format!("{name} and {other} have the same credential, so that nobody can tell who calls")
        }
        None => return,
    };
    let help = "give each principal a credential of its own";
    found.push(Diagnostic::error("credential", message).at(node.span, "").help(help));
}

fn replace<T>(offered: &mut Vec<T>, entry: Option<T>, is_same: impl Fn(&T) -> bool) {
    let Some(entry) = entry else { return };
    match offered.iter_mut().find(|own| is_same(own)) {
        Some(own) => *own = entry,
        None => offered.push(entry),
    }
}

fn entries<'a>(fields: Fields<'a>, key: &str, found: &mut Found) -> Vec<(Arc<str>, &'a Node)> {
    let Some(node) = fields.get(key) else { return Vec::new() };
    yaml::mapping(node, found).iter().map(|(name, node)| (name.value.as_str().into(), node)).collect()
}

fn system(name: Arc<str>, node: &Node, found: &mut Found) -> Option<System> {
    let fields = Fields::open(node, &SYSTEM, found)?;
    let standing = if flag(fields, "locked", false, found) { Standing::Locked } else { Standing::Allowed };
    Some(System { name, token: text(fields, "token", found)?, standing })
}

fn bearer(name: Arc<str>, node: &Node, found: &mut Found) -> Option<Bearer> {
    let fields = Fields::open(node, &BEARER, found)?;
    let views_jobs = flag(fields, "views_jobs", true, found);
    Some(Bearer { name, token: text(fields, "bearer", found)?, views_jobs })
}

fn process(name: Arc<str>, node: &Node, found: &mut Found) -> Option<Process> {
    let fields = Fields::open(node, &PROCESS, found)?;
    let versions = fields.get("versions").and_then(|node| yaml::integer(node, found));
    let prepares = fields.get("prepares").and_then(|node| yaml::duration(node, found));
    Some(Process {
        name,
        versions: versions.map_or(1, |versions| versions.value.max(1)),
        prepares: prepares.map_or(Duration::ZERO, |prepares| prepares.value),
        span: span(fields, found),
        product: product(fields, found),
        files: files(fields, found),
        neighbour: None,
        uuid: text(fields, "process", found)?,
    })
}

fn trigger(name: Arc<str>, node: &Node, found: &mut Found) -> Option<Trigger> {
    let fields = Fields::open(node, &TRIGGER, found)?;
    let verbs: Vec<(&str, &str)> = VERBS.iter().map(|verb| (*verb, *verb)).collect();
    let verb = fields.get("verb").and_then(|node| yaml::choice(node, &verbs, found));
    let verb = verb.and_then(|verb| verb.value.parse().ok()).unwrap_or(Method::POST);
    let mode = fields.get("mode").and_then(|node| yaml::choice(node, &Mode::WORDS, found));
    if !is_file_name(&name) {
        let message = format!("{name:?} is no name of a trigger, because it stands in a path");
        found.push(
            Diagnostic::error("name", message)
                .at(node.span, "")
                .help("write letters, digits, `-`, `_` and `.`"),
        );
    }
    Some(Trigger {
        name,
        verb,
        mode: mode.map_or(Mode::AsyncRequestReply, |mode| mode.value),
        span: span(fields, found),
        product: product(fields, found),
        enabled: flag(fields, "enabled", true, found),
    })
}

pub(super) fn span(fields: Fields<'_>, found: &mut Found) -> Span {
    let mut span = Span::default();
    match fields.get("queued") {
        Some(node) if node.as_text() == Some(HELD) => span.held = true,
        Some(node) => span.queued = yaml::duration(node, found).map_or(Duration::ZERO, |time| time.value),
        None => {}
    }
    match fields.get("runs") {
        Some(node) if node.as_text() == Some(MANUAL) => span.ends = Ends::ByHand,
        Some(node) if matches!(node.kind, Kind::Mapping(_)) => {
            let fields = Fields::open(node, &POLLS, found);
            let polls =
                fields.and_then(|fields| fields.get("polls")).and_then(|node| yaml::integer(node, found));
            span.ends = polls.map_or(Ends::InTime, |polls| Ends::AfterLooks(polls.value));
        }
        Some(node) => span.runs = yaml::duration(node, found).map_or(Duration::ZERO, |time| time.value),
        None => {}
    }
    span
}

pub(super) fn product(fields: Fields<'_>, found: &mut Found) -> Product {
    match (fields.get("output"), text(fields, "fault", found)) {
        (Some(node), Some(_)) => {
            let message = "a job ends with an output or with a fault, not with both";
            found.push(
                Diagnostic::error("contradiction", message).at(node.span, "").help("remove one of them"),
            );
            Product::Echo
        }
        (None, Some(message)) => Product::Fault(message),
        (Some(node), None) => Product::output(node.to_json()),
        (None, None) => Product::Echo,
    }
}

pub(super) fn files(fields: Fields<'_>, found: &mut Found) -> Vec<File> {
    let entries = entries(fields, "files", found);
    entries.into_iter().filter_map(|(name, node)| file(name, node, found)).collect()
}

/// A name that would lead out of a folder is none, although no folder is ever looked into.
fn file(name: Arc<str>, node: &Node, found: &mut Found) -> Option<File> {
    let fields = Fields::open(node, &FILE, found)?;
    if !is_file_name(&name) {
        let message = format!("{name:?} is no name of a file");
        found.push(Diagnostic::error("name", message).at(node.span, "").help("write a name without a path"));
        return None;
    }
    let size = fields.get("size").and_then(|node| yaml::integer(node, found));
    let bytes = match (text(fields, "text", found), text(fields, "base64", found), size) {
        (Some(text), None, None) => Some(text.as_bytes().to_vec()),
        (None, Some(text), None) => STANDARD.decode(text.as_bytes()).ok(),
        (None, None, Some(size)) => {
            usize::try_from(size.value).ok().filter(|size| *size <= LARGEST).map(|size| vec![b'.'; size])
        }
        _ => None,
    };
    if bytes.is_none() {
        let help = format!("give one of `text`, `base64` (in Base64) and `size` (at most {LARGEST})");
        let message = "a file is one of: a text, bytes in Base64, or a number of bytes";
        found.push(Diagnostic::error("file-content", message).at(node.span, "").help(help));
    }
    Some(File::new(name, bytes?))
}

/// More than anybody downloads to see whether downloads work.
const LARGEST: usize = 64 << 20;

fn is_file_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\', '?', '#', '%']) && ![".", ".."].contains(&name)
}

pub(super) fn text(fields: Fields<'_>, key: &str, found: &mut Found) -> Option<Arc<str>> {
    let text = yaml::text(fields.get(key)?, found)?;
    Some(text.value.into())
}

fn flag(fields: Fields<'_>, key: &str, otherwise: bool, found: &mut Found) -> bool {
    let flag = fields.get(key).and_then(|node| yaml::boolean(node, found));
    flag.map_or(otherwise, |flag| flag.value)
}
