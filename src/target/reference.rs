//! `{ env: NAME, default: … }` in the place of any scalar, replaced before the tree is decoded.

use super::place;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::system::System;
use crate::yaml::{self, Fields, Key, Kind, Node, Shape, Value};

/// What may stand in the place of any scalar.
pub static REFERENCE: Shape = Shape {
    name: "a reference to the environment",
    doc: "Stands for the value of an environment variable.",
    keys: &[
        Key::required("env", Value::Text, "The variable's name.").like("JOBS_URL"),
        Key::optional("default", Value::Scalar, "What holds if it is not set.")
            .like("\"http://127.0.0.1:8080\""),
    ],
};

/// Replaces every reference; returns the places where none could be, which hold nothing afterwards.
pub(super) fn resolve(
    root: &mut Node,
    value: &Value,
    system: &dyn System,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Span> {
    let mut resolver = Resolver { system, diagnostics, path: Vec::new(), failed: Vec::new() };
    resolver.visit(root, value);
    resolver.failed
}

struct Resolver<'a> {
    system: &'a dyn System,
    diagnostics: &'a mut Vec<Diagnostic>,
    path: Vec<String>,
    failed: Vec<Span>,
}

impl Resolver<'_> {
    fn visit(&mut self, node: &mut Node, value: &Value) {
        if is_reference(node, value) {
            self.replace(node, value);
            return;
        }
        match &mut node.kind {
            Kind::Sequence(items) => {
                let Some(value) = place::item(value) else { return };
                for (at, item) in items.iter_mut().enumerate() {
                    self.below(at.to_string(), item, value);
                }
            }
            Kind::Mapping(entries) => {
                for (key, child) in entries {
                    if let Some(value) = place::member(value, &key.value) {
                        self.below(key.value.clone(), child, value);
                    }
                }
            }
            _ => {}
        }
    }

    fn below(&mut self, name: String, node: &mut Node, value: &Value) {
        self.path.push(name);
        self.visit(node, value);
        self.path.pop();
    }

    fn replace(&mut self, node: &mut Node, value: &Value) {
        if let Some(found) = self.look_up(node, value) {
            *node = found;
        } else {
            self.failed.push(node.span);
            node.kind = Kind::Null;
        }
    }

    fn look_up(&mut self, node: &Node, value: &Value) -> Option<Node> {
        let fields = Fields::open(node, &REFERENCE, self.diagnostics)?;
        let name = yaml::text(fields.get("env")?, self.diagnostics)?;
        if let Some(text) = self.system.variable(&name.value) {
            return Some(Node { span: node.span, kind: place::scalar(value, &text) });
        }
        if let Some(default) = fields.get("default") {
            return Some(default.clone());
        }
        self.diagnostics.push(unset(&name.value, &self.path.join("."), node.span));
        None
    }
}

fn unset(name: &str, key: &str, span: Span) -> Diagnostic {
    let message = format!("the environment variable `{name}`, which `{key}` refers to, is not set");
    let help = format!("set `{name}`, or write a default: {{ env: {name}, default: … }}");
    Diagnostic::error("unset-variable", message).at(span, "not set").help(help)
}

/// Where anything may stand, a mapping is a reference only if it has no other keys.
fn is_reference(node: &Node, value: &Value) -> bool {
    let Kind::Mapping(entries) = &node.kind else { return false };
    let only_own_keys = entries.iter().all(|(key, _)| REFERENCE.keys.iter().any(|own| own.name == key.value));
    node.get("env").is_some()
        && place::takes_scalar(value)
        && (only_own_keys || place::member(value, "env").is_none())
}
