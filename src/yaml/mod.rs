//! YAML text to a tree whose every node knows its place; the one home of the YAML package.
//!
//! The tree comes first and is decoded second, so that a slip of indentation is reported as just that. Anchors,
//! aliases, tags and merge keys are refused: a suite is read by many people, and none of them should have to
//! look elsewhere in a file for what a step says.

mod carried;
mod emit;
mod fields;
mod parse;
mod read;
mod scan;
mod shape;
mod size;

pub use emit::{emit, scalar};
pub use fields::Fields;
pub use parse::parse;
pub use read::{
    boolean, choice, duration, integer, list, list_or_one, mapping, number, size, text, wrong_type,
};
pub use shape::{Key, POSITIVE, Rule, Shape, TIME, Value, words};
pub use size::{format_size, parse_size, size_pattern};

use crate::source::{Span, Spanned};

/// A value of a YAML document and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// From its first to its last character.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of YAML values, by the core schema of YAML 1.2.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Everything else that is no collection, and whatever is quoted.
    Text(String),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values in the order written; no key stands twice.
    Mapping(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// The value of a key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let Kind::Mapping(entries) = &self.kind else { return None };
        entries.iter().find(|(own, _)| own.value == key).map(|(_, node)| node)
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A tree of these values, all at one place.
    pub fn from_json(value: &serde_json::Value, span: Span) -> Self {
        use serde_json::Value;
        let kind = match value {
            Value::Null => Kind::Null,
            Value::Bool(value) => Kind::Bool(*value),
            Value::Number(number) => number
                .as_i64()
                .map_or_else(|| Kind::Float(number.as_f64().unwrap_or(f64::NAN)), Kind::Integer),
            Value::String(text) => Kind::Text(text.clone()),
            Value::Array(items) => {
                Kind::Sequence(items.iter().map(|item| Self::from_json(item, span)).collect())
            }
            Value::Object(members) => {
                let entry =
                    |(name, value)| (Spanned::new(String::clone(name), span), Self::from_json(value, span));
                Kind::Mapping(members.iter().map(entry).collect())
            }
        };
        Self { span, kind }
    }

    /// The same value without its places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.kind {
            Kind::Null => serde_json::Value::Null,
            Kind::Bool(value) => (*value).into(),
            Kind::Integer(value) => (*value).into(),
            Kind::Float(value) => (*value).into(),
            Kind::Text(text) => text.as_str().into(),
            Kind::Sequence(items) => items.iter().map(Self::to_json).collect(),
            Kind::Mapping(entries) => {
                let pairs = entries.iter().map(|(key, node)| (key.value.clone(), node.to_json()));
                serde_json::Value::Object(pairs.collect())
            }
        }
    }

    /// What it is, in the words of messages: `3`, `"text"`, `a list`, `a mapping`, `nothing`.
    pub fn describe(&self) -> String {
        match &self.kind {
            Kind::Null => "nothing".to_owned(),
            Kind::Sequence(_) => "a list".to_owned(),
            Kind::Mapping(_) => "a mapping".to_owned(),
            _ => self.to_json().to_string(),
        }
    }
}
