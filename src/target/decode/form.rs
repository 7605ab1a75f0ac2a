//! What differs from protocol to protocol in the form of its block.

use super::reader::Reader;
use crate::diagnostic::Diagnostic;
use crate::target::Entry;
use crate::target::shape::{
    BEARER, ELMA, ELMA_JOB, ELMA_PRINCIPALS, HTTP, MODES, TOKEN, UIPATH, UIPATH_JOB, UIPATH_PRINCIPALS, VERBS,
};
use crate::yaml::{Fields, Node, Shape};

/// The form of one protocol's block.
pub(super) struct Form {
    /// The block's key, which is the protocol's name.
    pub(super) profile: &'static str,
    /// The block.
    pub(super) block: &'static Shape,
    /// Its principals.
    pub(super) principals: Principals,
    /// Its jobs; none if the protocol knows of none.
    pub(super) jobs: Option<JobForm>,
}

/// The form of a protocol's principals.
pub(super) enum Principals {
    /// The protocol names them and says how they show who they are.
    Named {
        /// All of them.
        block: &'static Shape,
        /// One of them; the first key holds the secret.
        one: &'static Shape,
    },
    /// The file names them, and says how each one's credential travels.
    Free,
}

/// The form of a protocol's jobs.
pub(super) struct JobForm {
    /// One of them.
    pub(super) shape: &'static Shape,
    /// Reads how it is started.
    pub(super) entry: fn(Fields<'_>, &mut Reader<'_>) -> Option<Entry>,
}

/// The forms of all protocols, in the order in which people write them.
pub(super) static FORMS: [Form; 3] = [
    Form {
        profile: "elma",
        block: &ELMA,
        principals: Principals::Named { block: &ELMA_PRINCIPALS, one: &TOKEN },
        jobs: Some(JobForm { shape: &ELMA_JOB, entry: process }),
    },
    Form {
        profile: "uipath",
        block: &UIPATH,
        principals: Principals::Named { block: &UIPATH_PRINCIPALS, one: &BEARER },
        jobs: Some(JobForm { shape: &UIPATH_JOB, entry: trigger }),
    },
    Form { profile: "http", block: &HTTP, principals: Principals::Free, jobs: None },
];

/// The principals that a protocol names; none where the target file does.
pub fn principal_names(profile: &str) -> Vec<&'static str> {
    let form = FORMS.iter().find(|form| form.profile == profile);
    match form.map(|form| &form.principals) {
        Some(Principals::Named { block, .. }) => block.keys.iter().map(|key| key.name).collect(),
        Some(Principals::Free) | None => Vec::new(),
    }
}

fn process(fields: Fields<'_>, reader: &mut Reader<'_>) -> Option<Entry> {
    Some(Entry::Process(reader.text(fields.get("process")?)?))
}

fn trigger(fields: Fields<'_>, reader: &mut Reader<'_>) -> Option<Entry> {
    let path = fields.get("path").and_then(|node| path(node, reader));
    let verb = fields.get("verb").and_then(|node| reader.word(node, VERBS));
    let mode = fields.get("mode").and_then(|node| reader.word(node, MODES));
    Some(Entry::Trigger { path: path?, verb: verb?, mode: mode? })
}

fn path(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let path = reader.text(node)?;
    if !path.starts_with('/') {
        let message = format!("the path {} does not begin with `/`", node.describe());
        reader.report(Diagnostic::error("path", message).at(node.span, "").help(format!("write /{path}")));
    }
    Some(path)
}
