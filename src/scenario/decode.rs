//! A scenario's YAML tree to its typed form; every mistake is reported, none ends the reading.

use super::callback::addresses;
use super::decode_step::steps;
use super::shape::{BOUNDS, JOB, NEEDS, SCENARIO};
use super::{CaseRow, JobAsk, Needs, Scenario, Tables, Template, row_name};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Spanned};
use crate::yaml::{self, Fields, Kind, Node};

/// The id of the scenario in a file: its path below the scenarios folder, without `.yaml`.
pub fn id_of(path: &str) -> &str {
    path.strip_suffix(".yaml").unwrap_or(path)
}

/// Parses one scenario file; `None` if nothing of it can be used.
pub fn parse(
    id: &str,
    (source, text): (SourceId, &str),
    tables: &Tables,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Scenario> {
    let root = yaml::parse(source, text, diagnostics)?;
    let fields = Fields::open(&root, &SCENARIO, diagnostics)?;
    let title = fields.get("title").and_then(|node| yaml::text(node, diagnostics));
    let profile = fields.get("profile").and_then(|node| yaml::text(node, diagnostics));
    let tags = fields.get("tags").map(|node| tags(node, diagnostics)).unwrap_or_default();
    let needs = fields.get("needs").and_then(|node| needs(node, diagnostics)).unwrap_or_default();
    let callbacks = fields.get("callbacks").map(|node| addresses(node, diagnostics));
    let cases = cases(fields.get("cases"), (id, tables), diagnostics);
    let body = fields.get("steps").map(|node| steps(node, diagnostics)).unwrap_or_default();
    if let Some(node) = fields.get("steps").filter(|node| node.kind == Kind::Sequence(Vec::new())) {
        let help = "write what is done: `steps: [ { name: …, request: { … }, expect: [ … ] } ]`";
        let empty = Diagnostic::error("no-steps", "the scenario has no step").at(node.span, "");
        diagnostics.push(empty.help(help));
    }
    let cleanup = fields.get("cleanup").map(|node| steps(node, diagnostics)).unwrap_or_default();
    Some(Scenario {
        id: id.to_owned(),
        title: title?.value,
        profile: profile?,
        tags,
        needs,
        callbacks: callbacks.unwrap_or_default(),
        cases,
        steps: body,
        cleanup,
        span: root.span,
    })
}

fn tags(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    yaml::list(node, diagnostics)
        .iter()
        .filter_map(|tag| Some(yaml::text(tag, &mut Vec::new())?.value))
        .collect()
}

fn needs(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Needs> {
    let fields = Fields::open(node, &NEEDS, diagnostics)?;
    let mut flag =
        |key| fields.get(key).and_then(|node| yaml::boolean(node, diagnostics)).is_some_and(|v| v.value);
    let (hold, cap, echoes) = (flag("hold"), flag("cap"), flag("echoes"));
    let jobs = fields.get("jobs").map(|node| yaml::mapping(node, diagnostics)).unwrap_or_default();
    let jobs = jobs.iter().filter_map(|(alias, node)| job(alias, node, diagnostics)).collect();
    let capabilities =
        fields.get("capabilities").map(|node| yaml::mapping(node, diagnostics)).unwrap_or_default();
    let capabilities = capabilities
        .iter()
        .filter_map(|(name, node)| Some((name.clone(), yaml::boolean(node, diagnostics)?.value)))
        .collect();
    let redirect_auth = fields.get("redirect_auth").map(|node| Template::parse(node, diagnostics));
    Some(Needs { jobs, capabilities, hold, cap, redirect_auth, echoes })
}

fn job(alias: &Spanned<String>, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<JobAsk> {
    let fields = Fields::open(node, &JOB, diagnostics)?;
    let mut template = |key| fields.get(key).map(|node| Template::parse(node, diagnostics));
    let (kind, verb, mode, default_mode) =
        (template("kind"), template("verb"), template("mode"), template("default_mode"));
    let runs = fields.get("runs").map(|node| bounds(node, diagnostics)).unwrap_or_default();
    let queued = fields.get("queued").map(|node| bounds(node, diagnostics)).unwrap_or_default();
    let ends = fields.get("ends").map(|node| bounds(node, diagnostics)).unwrap_or_default();
    let release = fields.get("release").and_then(|node| yaml::choice(node, &[("hook", ())], diagnostics));
    let versions = fields.get("versions").and_then(|node| yaml::boolean(node, diagnostics));
    let mark = fields.get("mark").and_then(|node| yaml::boolean(node, diagnostics));
    Some(JobAsk {
        alias: alias.clone(),
        kind: kind?,
        verb,
        mode,
        default_mode,
        runs,
        queued,
        ends,
        release_by_hook: release.is_some(),
        versions: versions.is_some_and(|versions| versions.value),
        unmarked: mark.is_some_and(|mark| !mark.value),
        span: node.span,
    })
}

fn bounds(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> (Option<Template>, Option<Template>) {
    let Some(fields) = Fields::open(node, &BOUNDS, diagnostics) else { return (None, None) };
    let mut template = |key| fields.get(key).map(|node| Template::parse_duration(node, diagnostics));
    (template("longer_than"), template("shorter_than"))
}

fn cases(
    node: Option<&Node>,
    (id, tables): (&str, &Tables),
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<CaseRow> {
    match node {
        None => vec![CaseRow::default()],
        Some(Node { kind: Kind::Text(file), span }) => {
            tables.read(id, &Spanned::new(file.clone(), *span), diagnostics)
        }
        Some(node) => rows(node, diagnostics),
    }
}

/// The rows of a mapping, each under the name of its case.
pub(super) fn rows(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<CaseRow> {
    let rows = yaml::mapping(node, diagnostics);
    if rows.is_empty() {
        let help = "write rows such as `cases: { get: { verb: GET } }`, or take `cases` away";
        diagnostics.push(Diagnostic::error("no-cases", "`cases` has no row").at(node.span, "").help(help));
    }
    let first = rows.first().map(|(_, row)| keys(row)).unwrap_or_default();
    let mut read = Vec::new();
    for (name, row) in rows {
        diagnostics.extend(row_name::refuse(&name.value, name.span));
        if keys(row) != first {
            let message = format!("the case `{}` has other keys than the first one", name.value);
            let help = format!("every case has the keys `{}`", first.join("`, `"));
            diagnostics.push(Diagnostic::error("uneven-cases", message).at(name.span, "").help(help));
        }
        let entries = yaml::mapping(row, diagnostics);
        let values = entries.iter().map(|(key, value)| (key.value.clone(), value.to_json())).collect();
        let places = entries.iter().map(|(key, value)| (key.value.clone(), value.span)).collect();
        read.push(CaseRow { name: name.value.clone(), values, places });
    }
    read
}

fn keys(row: &Node) -> Vec<&str> {
    let Kind::Mapping(entries) = &row.kind else { return Vec::new() };
    let mut keys: Vec<&str> = entries.iter().map(|(key, _)| key.value.as_str()).collect();
    keys.sort_unstable();
    keys
}
