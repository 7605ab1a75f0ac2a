//! A fragment: steps with a name of their own, what they are given and what they give back.

use serde_json::Value;

use super::Step;
use super::decode_step::steps;
use super::shape::{FRAGMENT, INPUT};
use crate::clock::parse_duration;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span, Spanned};
use crate::yaml::{self, Fields, Node};

/// Steps that several scenarios have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Fragment {
    /// Its path below `fragments/`, without `.yaml`.
    pub name: String,
    /// What it is given.
    pub inputs: Vec<Input>,
    /// The captured names that it gives back.
    pub outputs: Vec<(Spanned<String>, Type)>,
    /// What is done and judged.
    pub steps: Vec<Step>,
    /// The place of the whole.
    pub span: Span,
}

/// Something that a fragment is given.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its name, behind `input.`.
    pub name: Spanned<String>,
    /// What it is.
    pub kind: Type,
    /// What it is if nothing is said.
    pub default: Option<Value>,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Anything.
    Any,
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// A truth value.
    Boolean,
    /// A length of time.
    Duration,
    /// An absolute URL.
    Url,
    /// A list.
    List,
    /// A mapping.
    Mapping,
}

impl Type {
    /// How fragments write each.
    pub const WORDS: [(&'static str, Self); 9] = [
        ("any", Self::Any),
        ("text", Self::Text),
        ("integer", Self::Integer),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
        ("duration", Self::Duration),
        ("url", Self::Url),
        ("list", Self::List),
        ("mapping", Self::Mapping),
    ];

    /// How fragments write it.
    pub const fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// Whether a value is of this type.
    pub fn accepts(self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Text => value.is_string(),
            Self::Integer => value.is_i64() || value.is_u64(),
            Self::Number => value.is_number(),
            Self::Boolean => value.is_boolean(),
            Self::Duration => value.as_str().is_some_and(|text| parse_duration(text).is_some()),
            Self::Url => value.as_str().is_some_and(is_url),
            Self::List => value.is_array(),
            Self::Mapping => value.is_object(),
        }
    }
}

fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Parses one fragment file; `None` if nothing of it can be used.
pub fn parse(
    name: &str,
    source: SourceId,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Fragment> {
    let root = yaml::parse(source, text, diagnostics)?;
    let fields = Fields::open(&root, &FRAGMENT, diagnostics)?;
    let inputs = fields.get("inputs").map(|node| yaml::mapping(node, diagnostics)).unwrap_or_default();
    let inputs = inputs.iter().filter_map(|(name, node)| input(name, node, diagnostics)).collect();
    let outputs = fields.get("outputs").map(|node| yaml::mapping(node, diagnostics)).unwrap_or_default();
    let output = |(name, node): &(Spanned<String>, Node)| {
        Some((name.clone(), yaml::choice(node, &Type::WORDS, diagnostics)?.value))
    };
    let outputs = outputs.iter().filter_map(output).collect();
    let steps = fields.get("steps").map(|node| steps(node, diagnostics)).unwrap_or_default();
    Some(Fragment { name: name.to_owned(), inputs, outputs, steps, span: root.span })
}

fn input(name: &Spanned<String>, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Input> {
    let fields = Fields::open(node, &INPUT, diagnostics)?;
    let kind = yaml::choice(fields.get("type")?, &Type::WORDS, diagnostics)?.value;
    let default = fields.get("default");
    if let Some(default) = default.filter(|default| !kind.accepts(&default.to_json())) {
        diagnostics.push(yaml::wrong_type(default, &format!("a value of the type {}", kind.word())));
    }
    Some(Input { name: name.clone(), kind, default: default.map(Node::to_json) })
}
