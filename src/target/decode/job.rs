//! The prepared jobs of a protocol.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::form::{Form, JobForm};
use super::reader::{Reader, is_none};
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;
use crate::target::shape::{FILE, VERSION};
use crate::target::{Echoes, FileFixture, Job, JobKind, Jobs};
use crate::yaml::{self, Fields, Kind, Node};

pub(super) fn read(form: &Form, node: Option<&Node>, reader: &mut Reader<'_>) -> Jobs {
    let mut jobs = Jobs::default();
    let Some(form) = &form.jobs else { return jobs };
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

fn job(form: &JobForm, label: &str, node: &Node, reader: &mut Reader<'_>) -> Option<Job> {
    let fields = reader.open(node, form.shape)?;
    let kind = fields.get("kind").and_then(|node| reader.choice(node, &JobKind::WORDS));
    let entry = (form.entry)(fields, reader);
    let job = Job {
        label: label.to_owned(),
        runs: fields.get("runs").and_then(|node| reader.window(node)).unwrap_or_default(),
        queued: fields.get("queued").and_then(|node| reader.window(node)).unwrap_or_default(),
        release_by_hook: fields.get("release").and_then(|node| reader.word(node, &["hook"])).is_some(),
        output: fields.get("output").map(Node::to_json),
        echoes: echoes(fields, reader),
        mark: fields.get("mark").and_then(|node| reader.text(node)),
        error_contains: fields.get("error_contains").and_then(|node| reader.text(node)),
        files: files(fields, reader),
        versions: versions(fields, reader),
        kind: kind?,
        entry: entry?,
    };
    check_kind(&job, fields, reader);
    Some(job)
}

/// A kind promises something; an entry that does not say how the promise is kept is of no use.
fn check_kind(job: &Job, fields: Fields<'_>, reader: &mut Reader<'_>) {
    let (missing, way_out) = match job.kind {
        JobKind::Queue if fields.lacks("queued") && fields.lacks("release") => (
            "how it leaves the queue",
            "write `queued: { at_least: 2s, at_most: 3s }`, or `release: hook` if a hook lets it go",
        ),
        JobKind::File if fields.lacks("files") || is_empty(fields.get("files")) => (
            "which files it leaves behind",
            "write `files: { NAME: { sha256: \"…\" } }`; see `sha256sum FILE`",
        ),
        _ => return,
    };
    let message = format!("the job `{}` of kind `{}` does not say {missing}", job.label, job.kind);
    reader.report(Diagnostic::error("missing-key", message).at(fields.node().span, "").help(way_out));
}

fn is_empty(node: Option<&Node>) -> bool {
    node.is_some_and(|node| node.kind == Kind::Mapping(Vec::new()))
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
        reader.report(Diagnostic::error("bad-pointer", message).at(node.span, "").help(help));
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

#[cfg(test)]
mod tests {
    use crate::target::Entry;
    use crate::target::testing::{HEAD, Machine, messages, read};
    use serde_json::json;
    use std::time::Duration;

    #[test]
    fn a_job_entry_says_how_it_is_started_and_how_long_it_takes() {
        let text = "uipath:\n  base: \"http://a/b\"\n  jobs:\n    q: { path: /t/q, verb: PUT, mode: LongPolling, \
            kind: queue, queued: { at_least: 1s, at_most: 2s }, runs: { at_least: 3s, at_most: 4s }, output: { n: 1 } }\n";
        let (target, messages) = read(&format!("{HEAD}{text}"), &[], &Machine::default());
        assert_eq!(messages, "");
        let target = target.unwrap();
        let job = target.protocol("uipath").unwrap().jobs.get("q").unwrap();
        let mode = "LongPolling".to_owned();
        assert_eq!(job.entry, Entry::Trigger { path: "/t/q".to_owned(), verb: "PUT".to_owned(), mode });
        assert_eq!((job.earliest_end(), job.latest_end()), (Duration::from_secs(4), Duration::from_secs(6)));
        assert_eq!(job.output, Some(json!({"n": 1})));
    }

    #[test]
    fn mistakes_in_jobs_are_named() {
        let block = "elma:\n  base: \"http://a\"\n  jobs:\n    \
            a: { process: x, kind: queue }\n    \
            b: { process: x, kind: file, files: { f: { sha256: abc } } }\n    \
            c: { process: x, kind: slepe }\n    \
            d: { process: x, kind: echo, versions: { one: { output: 1 } } }\n    \
            ecko: none\n    echo: none\n\
            uipath:\n  base: \"http://a\"\n  jobs:\n    \
            e: { path: t/e, verb: post, mode: Async, kind: echo, echoes_at: echo }\n";
        insta::assert_snapshot!(messages(block), @r#"
        error[missing-key]: the job `a` of kind `queue` does not say how it leaves the queue
         --> targets/a.yaml:6:8
          |
        6 |     a: { process: x, kind: queue }
          |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: write `queued: { at_least: 2s, at_most: 3s }`, or `release: hook` if a hook lets it go
        error[digest]: "abc" is not a SHA-256, that is 64 hexadecimal digits
         --> targets/a.yaml:7:56
          |
        7 |     b: { process: x, kind: file, files: { f: { sha256: abc } } }
          |                                                        ^^^
          |
          = help: see `sha256sum FILE`
        error[unknown-word]: `slepe` is not one of the words that may stand here
         --> targets/a.yaml:8:28
          |
        8 |     c: { process: x, kind: slepe }
          |                            ^^^^^ unknown word
          |
          = help: did you mean `sleep`?
        error[version]: `one` is not the number of a version
         --> targets/a.yaml:9:46
          |
        9 |     d: { process: x, kind: echo, versions: { one: { output: 1 } } }
          |                                              ^^^
          |
          = help: write whole numbers: { 1: { output: … }, 2: { output: … } }
        error[unknown-kind]: `ecko` is not a kind of job, so that it cannot be `none`
          --> targets/a.yaml:10:5
           |
        10 |     ecko: none
           |     ^^^^ not a kind
           |
           = help: did you mean `echo`?
        error[contradiction]: `echo: none` contradicts `d`, which is of that kind
          --> targets/a.yaml:11:5
           |
        11 |     echo: none
           |     ^^^^
           |
           = help: take away `echo: none` or `d`
        error[path]: the path "t/e" does not begin with `/`
          --> targets/a.yaml:15:16
           |
        15 |     e: { path: t/e, verb: post, mode: Async, kind: echo, echoes_at: echo }
           |                ^^^
           |
           = help: write /t/e
        error[unknown-word]: `post` is not one of the words that may stand here
          --> targets/a.yaml:15:27
           |
        15 |     e: { path: t/e, verb: post, mode: Async, kind: echo, echoes_at: echo }
           |                           ^^^^ unknown word
           |
           = help: did you mean `POST`?
        error[unknown-word]: `Async` is not one of the words that may stand here
          --> targets/a.yaml:15:39
           |
        15 |     e: { path: t/e, verb: post, mode: Async, kind: echo, echoes_at: echo }
           |                                       ^^^^^ unknown word
           |
           = help: one of: AsyncRequestReply, FireAndForget, LongPolling
        error[bad-pointer]: "echo" is not a JSON Pointer
          --> targets/a.yaml:15:69
           |
        15 |     e: { path: t/e, verb: post, mode: Async, kind: echo, echoes_at: echo }
           |                                                                     ^^^^
           |
           = help: write /echo, or "" for the whole output
        "#);
    }
}
