//! A mapping held against its [`Shape`]: unknown and missing keys are reported at once, the rest is looked up.

use super::{Kind, Node, Shape, read};
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;

/// The keys and values of a mapping whose keys were checked.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a> {
    node: &'a Node,
}

impl<'a> Fields<'a> {
    /// Checks the keys of `node`; `None` only if it is no mapping at all.
    pub fn open(node: &'a Node, shape: &Shape, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        let Kind::Mapping(entries) = &node.kind else {
            diagnostics.push(read::wrong_type(node, &format!("{}, that is a mapping", shape.name)));
            return None;
        };
        for (key, _) in entries {
            if !key.value.starts_with("x-") && !shape.keys.iter().any(|known| known.name == key.value) {
                diagnostics.push(unknown_key(key, shape));
            }
        }
        let missing = shape.keys.iter().filter(|key| key.required && node.get(key.name).is_none());
        for key in missing {
            let message = format!("{} needs the key `{}`", shape.name, key.name);
            let help = format!("`{}`: {}", key.name, lower_first(key.doc));
            diagnostics.push(Diagnostic::error("missing-key", message).at(node.span, "").help(help));
        }
        Some(Self { node })
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&'a Node> {
        self.node.get(key)
    }

    /// The mapping itself.
    pub fn node(&self) -> &'a Node {
        self.node
    }
}

fn unknown_key(key: &Spanned<String>, shape: &Shape) -> Diagnostic {
    Diagnostic::error("unknown-key", format!("{} has no key `{}`", shape.name, key.value))
        .at(key.span, "unknown key")
        .suggest(&key.value, shape.keys.iter().map(|known| known.name))
}

fn lower_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
