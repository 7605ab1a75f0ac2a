//! Target files to targets: every mistake of the whole file is reported, and the rest is still returned.

mod callback;
mod form;
mod job;
mod principal;
mod protocol;
mod proxy;
mod reader;
mod secret;
mod settings;

pub use form::principal_names;

use std::path::Path;

use form::{FORMS, Form};
use reader::Reader;

use super::shape::SHAPE;
use super::{Protocol, Setting, Target, reference, setting};
use crate::diagnostic::Diagnostic;
use crate::requirement::Registry;
use crate::source::{SourceId, Span};
use crate::system::System;
use crate::yaml::{self, Fields, Node, Value};

/// A target file and what is needed to understand it.
pub struct Input<'a> {
    /// The file.
    pub source: SourceId,
    /// Its text.
    pub text: &'a str,
    /// The folder it lies in, below which files are read.
    pub folder: &'a Path,
    /// Scalars that replace its own.
    pub settings: &'a [Setting],
    /// The registries of the known protocols, for the names of policies and capabilities.
    pub registries: &'a [Registry],
    /// Where variables and files come from.
    pub system: &'a dyn System,
}

/// Reads a target file; what is wrong with it is added to `diagnostics`.
pub fn parse(input: &Input<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Target> {
    let mut root = yaml::parse(input.source, input.text, diagnostics)?;
    let whole = Value::Object(&SHAPE);
    setting::apply(&mut root, &whole, input.settings, diagnostics);
    let failed = reference::resolve(&mut root, &whole, input.system, diagnostics);
    let mut found = Vec::new();
    let target = decode(&root, &mut Reader { input, diagnostics: &mut found });
    found.retain(|diagnostic| !stands_in(diagnostic, &failed));
    found.sort_by_key(|diagnostic| diagnostic.label.as_ref().map(|label| label.span.start));
    diagnostics.extend(found);
    target
}

/// What was already reported leaves a gap, of which nobody wants to read.
fn stands_in(diagnostic: &Diagnostic, gaps: &[Span]) -> bool {
    diagnostic.label.as_ref().is_some_and(|label| gaps.contains(&label.span))
}

fn decode(root: &Node, reader: &mut Reader<'_>) -> Option<Target> {
    let fields = reader.open(root, &SHAPE)?;
    check_version(fields, reader);
    let identity = settings::identity(fields.get("identity"), reader);
    let protocols = protocols(fields, reader);
    Some(Target {
        identity,
        protocols,
        tls: settings::tls(fields.get("tls"), reader),
        proxying: proxy::read(fields.get("proxy"), reader),
        timing: settings::timing(fields.get("timing"), reader),
        callback: callback::read(fields.get("callback"), reader),
        limits: settings::limits(fields.get("limits"), reader),
        disturbances: settings::disturbances(fields.get("disturbances"), reader),
        hooks: settings::hooks(fields.get("hooks"), reader),
    })
}

fn check_version(fields: Fields<'_>, reader: &mut Reader<'_>) {
    let Some(node) = fields.get("target") else { return };
    if reader.integer(node).is_some_and(|version| version != 1) {
        let message = format!("there is no version {} of the target file", node.describe());
        reader.report(Diagnostic::error("version", message).at(node.span, "").help("write `target: 1`"));
    }
}

fn protocols(fields: Fields<'_>, reader: &mut Reader<'_>) -> Vec<Protocol> {
    let blocks: Vec<(&Form, &Node)> =
        FORMS.iter().filter_map(|form| Some((form, fields.get(form.profile)?))).collect();
    // A block whose name is misspelt is told as that.
    let is_misspelt = reader.diagnostics.iter().any(|told| told.code == "unknown-key");
    if blocks.is_empty() && !is_misspelt {
        let names: Vec<&str> = FORMS.iter().map(|form| form.profile).collect();
        let diagnostic = Diagnostic::error("no-protocol", "the target file describes no protocol");
        let help = format!("add a block: {}", names.join(", "));
        reader.report(diagnostic.at(fields.node().span, "").help(help));
    }
    blocks.into_iter().filter_map(|(form, node)| protocol::read(form, node, reader)).collect()
}

#[cfg(test)]
mod tests {
    use crate::target::shape::{DISTURBANCES, LIMITS, TIMING, TLS};
    use crate::target::testing::{ELMA, HEAD, Machine, read};
    use crate::target::{Hooks, Limits, Timing};

    #[test]
    fn a_block_whose_name_is_misspelt_is_told_once() {
        let (_, told) = read("target: 1\nhtpp: { base: \"http://a\" }\n", &[], &Machine::default());
        assert_eq!(told.matches("error[").count(), 1, "{told}");
        assert!(told.contains("did you mean `http`?"), "{told}");
    }

    #[test]
    fn what_is_shown_as_a_default_is_what_holds_if_it_is_left_out() {
        let shown = |(block, shape): (&str, &crate::yaml::Shape)| {
            let key = |key: &crate::yaml::Key| format!("{}: {}", key.name, key.default.unwrap());
            let keys: Vec<String> = shape.keys.iter().map(key).collect();
            format!("{block}: {{ {} }}\n", keys.join(", "))
        };
        let blocks =
            [("timing", &TIMING), ("limits", &LIMITS), ("disturbances", &DISTURBANCES), ("tls", &TLS)];
        let defaults: String = blocks.into_iter().map(shown).collect();
        let (said, messages) = read(&format!("{HEAD}{ELMA}{defaults}"), &[], &Machine::default());
        assert_eq!(messages, "");
        assert_eq!(said, read(&format!("{HEAD}{ELMA}"), &[], &Machine::default()).0);
    }

    #[test]
    fn a_small_file_has_the_defaults_for_everything_else() {
        let (target, messages) = read(&format!("{HEAD}{ELMA}"), &[], &Machine::default());
        assert_eq!(messages, "");
        let target = target.unwrap();
        assert_eq!((target.timing.clone(), target.limits.clone()), (Timing::default(), Limits::default()));
        assert_eq!((target.hooks.clone(), target.disturbances.on.clone()), (Hooks::None, vec![502]));
        let elma = target.protocol("elma").unwrap();
        assert_eq!(elma.base.as_str(), "http://127.0.0.1:48080");
        assert_eq!(elma.policies.text("http_status"), Some("any"));
        assert_eq!((elma.principal("owner"), elma.capability("versions")), (None, None));
        assert!(target.protocol("uipath").is_none());
    }

    #[test]
    fn a_file_of_another_form_is_refused() {
        insta::assert_snapshot!(read("target: 2\n", &[], &Machine::default()).1, @r"
        error[no-protocol]: the target file describes no protocol
         --> targets/a.yaml:1:1
          |
        1 | target: 2
          | ^^^^^^^^^
          |
          = help: add a block: elma, uipath, http
        error[version]: there is no version 2 of the target file
         --> targets/a.yaml:1:9
          |
        1 | target: 2
          |         ^
          |
          = help: write `target: 1`
        ");
    }
}
