//! A mapping held against its [`Shape`]: unknown and missing keys are reported at once, the rest is looked up.

use super::{Kind, Node, Shape, read};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::Spanned;

/// The keys and values of a mapping whose keys were checked.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a> {
    node: &'a Node,
    entries: &'a [(Spanned<String>, Node)],
    shape: &'static Shape,
}

impl<'a> Fields<'a> {
    /// Checks the keys of `node`; `None` only if it is no mapping at all.
    pub fn open(node: &'a Node, shape: &'static Shape, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        let Kind::Mapping(entries) = &node.kind else {
            diagnostics.push(read::wrong_type(node, &format!("{}, that is a mapping", shape.name)));
            return None;
        };
        let fields = Self { node, entries, shape };
        diagnostics.extend(fields.unknown().map(|key| fields.unknown_key(key)));
        for key in shape.keys.iter().filter(|key| key.required && fields.lacks(key.name)) {
            let message = format!("{} needs the key `{}`", shape.name, key.name);
            let help = format!("`{}`: {}", key.name, lower_first(key.doc));
            diagnostics.push(Diagnostic::error("missing-key", message).at(node.span, "").help(help));
        }
        Some(fields)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&'a Node> {
        self.node.get(key)
    }

    /// Whether a key is not there, not even misspelt: who misspells a key hears of it once.
    pub fn lacks(&self, key: &str) -> bool {
        self.get(key).is_none() && !self.unknown().any(|unknown| self.meant(unknown) == Some(key))
    }

    /// The mapping itself.
    pub fn node(&self) -> &'a Node {
        self.node
    }

    fn unknown(&self) -> impl Iterator<Item = &'a Spanned<String>> {
        let is_known = |key: &str| key.starts_with("x-") || self.shape.keys.iter().any(|own| own.name == key);
        self.entries.iter().map(|(key, _)| key).filter(move |key| !is_known(&key.value))
    }

    fn meant(&self, key: &Spanned<String>) -> Option<&'static str> {
        nearest(&key.value, self.shape.keys.iter().map(|known| known.name))
    }

    fn unknown_key(&self, key: &Spanned<String>) -> Diagnostic {
        Diagnostic::error("unknown-key", format!("{} has no key `{}`", self.shape.name, key.value))
            .at(key.span, "unknown key")
            .suggest(&key.value, self.shape.keys.iter().map(|known| known.name))
    }
}

fn lower_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::super::{Key, Value, parse};
    use super::*;
    use crate::source::SourceMap;
    use rstest::rstest;

    static SHAPE: Shape = Shape {
        name: "a thing",
        doc: "For this test.",
        keys: &[
            Key::required("title", Value::Text, "What it is."),
            Key::required("within", Value::Text, "How long."),
            Key::optional("colour", Value::Text, "How it looks."),
        ],
    };

    #[rstest]
    #[case("{ title: a, within: b }", &[])]
    #[case("{ title: a }", &["a thing needs the key `within`"])]
    #[case("{ titel: a, within: b }", &["a thing has no key `titel`"])]
    #[case("{ titel: a, wihtin: b }", &["a thing has no key `titel`", "a thing has no key `wihtin`"])]
    #[case("{ color: a, within: b }", &["a thing has no key `color`", "a thing needs the key `title`"])]
    #[case("{ x-title: a, title: a, within: b }", &[])]
    fn every_mistake_is_told_once(#[case] text: &str, #[case] expected: &[&str]) {
        let source = SourceMap::default().add("a.yaml", text);
        let mut diagnostics = Vec::new();
        let node = parse(source, text, &mut diagnostics).unwrap();
        assert!(Fields::open(&node, &SHAPE, &mut diagnostics).is_some());
        let messages: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(messages, expected);
    }
}
