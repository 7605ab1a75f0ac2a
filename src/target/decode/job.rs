//! The prepared jobs of a protocol.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::form::Form;
use super::reader::{Reader, is_none};
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;
use crate::target::shape::{FILE, VERSION};
use crate::target::{Echoes, FileFixture, Job, JobKind, Jobs};
use crate::yaml::{self, Fields, Node};

pub(super) fn read(form: &Form, node: Option<&Node>, reader: &mut Reader<'_>) -> Jobs {
    let mut jobs = Jobs::default();
    let entries = node.map_or(&[][..], |node| yaml::mapping(node, reader.diagnostics));
    for (label, node) in entries {
        if is_none(node) {
            jobs.absent.extend(absent(label, reader));
        } else {
            jobs.entries.extend(job(form, &label.value, node, reader));
        }
    }
    report_contradictions(&jobs, entries, reader);
    jobs
}

fn absent(label: &Spanned<String>, reader: &mut Reader<'_>) -> Option<JobKind> {
    let kind = JobKind::parse(&label.value);
    if kind.is_none() {
        let message = format!("`{}` is not a kind of job, so that it cannot be `none`", label.value);
        let words = JobKind::WORDS.map(|(word, _)| word);
        let diagnostic = Diagnostic::error("unknown-kind", message).at(label.span, "not a kind");
        reader.report(diagnostic.suggest(&label.value, words));
    }
    kind
}

fn report_contradictions(jobs: &Jobs, entries: &[(Spanned<String>, Node)], reader: &mut Reader<'_>) {
    for kind in &jobs.absent {
        let offered = jobs.entries.iter().find(|job| job.kind == *kind);
        let word = entries.iter().find(|(label, _)| label.value == kind.as_str());
        if let (Some(job), Some((word, _))) = (offered, word) {
            let message = format!("`{kind}: none` contradicts `{}`, which is of that kind", job.label);
            let diagnostic = Diagnostic::error("contradiction", message).at(word.span, "");
            reader.report(diagnostic.help(format!("take away `{kind}: none` or `{}`", job.label)));
        }
    }
}

fn job(form: &Form, label: &str, node: &Node, reader: &mut Reader<'_>) -> Option<Job> {
    let fields = reader.open(node, form.job)?;
    let kind = fields.get("kind").and_then(|node| reader.choice(node, &JobKind::WORDS));
    let entry = (form.entry)(fields, reader);
    let job = Job {
        label: label.to_owned(),
        kind: kind?,
        entry: entry?,
        runs: fields.get("runs").and_then(|node| reader.window(node)).unwrap_or_default(),
        queued: fields.get("queued").and_then(|node| reader.window(node)).unwrap_or_default(),
        release_by_hook: fields.get("release").and_then(|node| reader.word(node, &["hook"])).is_some(),
        output: fields.get("output").map(Node::to_json),
        echoes: echoes(fields, reader),
        mark: fields.get("mark").and_then(|node| reader.text(node)),
        error_contains: fields.get("error_contains").and_then(|node| reader.text(node)),
        files: files(fields, reader),
        versions: versions(fields, reader),
    };
    check_kind(&job, fields, reader);
    Some(job)
}

/// A kind promises something; an entry that does not say how the promise is kept is of no use.
fn check_kind(job: &Job, fields: Fields<'_>, reader: &mut Reader<'_>) {
    let missing = match job.kind {
        JobKind::Queue if fields.get("queued").is_none() && !job.release_by_hook => {
            "`queued`, or `release: hook`"
        }
        JobKind::File if job.files.is_empty() => "`files`",
        _ => return,
    };
    let message = format!("the job `{}` of kind `{}` does not say {missing}", job.label, job.kind);
    reader.report(Diagnostic::error("missing-key", message).at(fields.node().span, ""));
}

fn echoes(fields: Fields<'_>, reader: &mut Reader<'_>) -> Echoes {
    if let Some(node) = fields.get("echoes") {
        let pairs = yaml::mapping(node, reader.diagnostics).iter();
        let named = pairs.filter_map(|(input, output)| Some((input.value.clone(), reader.text(output)?)));
        return Echoes::Members(named.collect());
    }
    fields.get("echoes_at").and_then(|node| pointer(node, reader)).map_or(Echoes::None, Echoes::At)
}

fn pointer(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let pointer = reader.text(node)?;
    if !pointer.is_empty() && !pointer.starts_with('/') {
        let message = format!("{} is not a JSON Pointer", node.describe());
        let help = format!("write /{pointer}, or \"\" for the whole output");
        reader.report(Diagnostic::error("pointer", message).at(node.span, "").help(help));
    }
    Some(pointer)
}

fn files(fields: Fields<'_>, reader: &mut Reader<'_>) -> BTreeMap<String, FileFixture> {
    let entries = fields.get("files").map_or(&[][..], |node| yaml::mapping(node, reader.diagnostics));
    let named = entries.iter().filter_map(|(name, node)| Some((name.value.clone(), file(node, reader)?)));
    named.collect()
}

fn file(node: &Node, reader: &mut Reader<'_>) -> Option<FileFixture> {
    let fields = reader.open(node, &FILE)?;
    let digest = fields.get("sha256")?;
    let sha256 = reader.text(digest)?.to_ascii_lowercase();
    if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let message = format!("{} is not a SHA-256, that is 64 hexadecimal digits", digest.describe());
        reader.report(Diagnostic::error("digest", message).at(digest.span, "").help("see `sha256sum FILE`"));
    }
    Some(FileFixture { sha256, size: fields.get("size").and_then(|node| reader.integer(node)) })
}

fn versions(fields: Fields<'_>, reader: &mut Reader<'_>) -> BTreeMap<u64, Json> {
    let entries = fields.get("versions").map_or(&[][..], |node| yaml::mapping(node, reader.diagnostics));
    let mut versions = BTreeMap::new();
    for (number, node) in entries {
        let output = reader.open(node, &VERSION).and_then(|fields| fields.get("output"));
        match number.value.parse::<u64>() {
            Ok(version) => versions.extend(output.map(|output| (version, output.to_json()))),
            Err(_) => reader.report(
                Diagnostic::error("version", format!("`{}` is not the number of a version", number.value))
                    .at(number.span, "")
                    .help("write whole numbers: { 1: { output: … }, 2: { output: … } }"),
            ),
        }
    }
    versions
}
