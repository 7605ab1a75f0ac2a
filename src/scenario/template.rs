//! `${{ … }}`: sums of names and durations inside the texts of a parsed tree.
//!
//! Parsed once, evaluated against a [`Lookup`]. A text that is only one expression keeps its type; substituted
//! text is never looked at again. `$${{` is a literal `${{`.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::clock::{format_duration, parse_duration};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::yaml::{Kind, Node, wrong_type};

/// What a name stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// A JSON value.
    Json(Value),
    /// A duration.
    Duration(Duration),
}

impl Datum {
    /// As JSON; a duration as it is written (`1m30s`).
    pub fn into_json(self) -> Value {
        match self {
            Self::Json(value) => value,
            Self::Duration(duration) => format_duration(duration).into(),
        }
    }
}

/// Why a template has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unbound {
    /// A name that nothing gave a value.
    Name(String),
    /// A sum of things that cannot be added.
    Sum(String),
}

/// Where names get their values from.
pub trait Lookup {
    /// The value of a dotted name.
    fn look_up(&self, name: &str) -> Option<Datum>;
}

/// A term of a sum.
#[derive(Debug, Clone, PartialEq)]
enum Term {
    Duration(Duration),
    Name { name: String, factor: Option<f64> },
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    Sum(Vec<Term>),
}

/// A text with expressions in it.
#[derive(Debug, Clone, PartialEq)]
struct Text(Vec<Part>);

/// A YAML value whose texts may hold expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum Template {
    /// A value without any.
    Constant(Value),
    /// A text with one or more.
    Text(TextTemplate),
    /// A list.
    List(Vec<Template>),
    /// A mapping; keys may hold expressions too.
    Map(Vec<(Template, Template)>),
}

/// A text with expressions in it, and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct TextTemplate {
    text: Text,
    span: Span,
}

impl Template {
    /// Parses every text of a node.
    pub fn parse(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Self {
        match &node.kind {
            Kind::Text(text) => Self::parse_text(text, node.span, diagnostics),
            Kind::Sequence(items) => {
                let items: Vec<_> = items.iter().map(|item| Self::parse(item, diagnostics)).collect();
                let constants: Option<_> = items.iter().map(|item| item.constant().cloned()).collect();
                constants.map_or(Self::List(items), |items| Self::Constant(Value::Array(items)))
            }
            Kind::Mapping(entries) => {
                let mut pairs = Vec::new();
                for (key, value) in entries {
                    let name = Self::parse_text(&key.value, key.span, diagnostics);
                    pairs.push((name, Self::parse(value, diagnostics)));
                }
                let pair =
                    |(key, own): &(Self, Self)| Some((text_of(key.constant()?), own.constant()?.clone()));
                let constants: Option<_> = pairs.iter().map(pair).collect();
                constants.map_or(Self::Map(pairs), |entries| Self::Constant(Value::Object(entries)))
            }
            _ => Self::Constant(node.to_json()),
        }
    }

    /// Parses a node that must come to a duration: a text without expressions must be one as it stands.
    pub fn parse_duration(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let (before, template) = (diagnostics.len(), Self::parse(node, diagnostics));
        // A text that is no expression was told as that.
        let constant = template.constant().is_some() && diagnostics.len() == before;
        if constant && node.as_text().and_then(parse_duration).is_none() {
            diagnostics.push(wrong_type(node, "a duration such as `100ms` or `1m30s`, or an expression"));
        }
        template
    }

    /// Parses one text.
    pub fn parse_text(text: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Self {
        match parse_parts(text) {
            Ok(parts) => match parts.as_slice() {
                [] => Self::Constant(Value::String(String::new())),
                [Part::Text(text)] => Self::Constant(Value::String(text.clone())),
                _ => Self::Text(TextTemplate { text: Text(parts), span }),
            },
            Err(reason) => {
                diagnostics.push(
                    Diagnostic::error("expression", reason)
                        .at(span, "in this text")
                        .help("inside `${{ }}` stands a sum of names (optionally `* NUMBER`) and durations, e.g. `${{ target.lag * 2 + 500ms }}`"),
                );
                Self::Constant(Value::String(text.to_owned()))
            }
        }
    }

    /// Whether it has the same value everywhere.
    pub fn is_constant(&self) -> bool {
        matches!(self, Self::Constant(_))
    }

    /// The value, if it is the same everywhere.
    pub fn constant(&self) -> Option<&Value> {
        match self {
            Self::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// The value of a key, if this is a mapping that has it under a key without expressions.
    pub fn entry(&self, key: &str) -> Option<Self> {
        match self {
            Self::Constant(Value::Object(map)) => map.get(key).cloned().map(Self::Constant),
            Self::Map(pairs) => {
                let own = |own: &Self| own.constant().and_then(Value::as_str) == Some(key);
                pairs.iter().find(|(name, _)| own(name)).map(|(_, value)| value.clone())
            }
            _ => None,
        }
    }

    /// Every name it uses, with the place of the text that uses it.
    pub fn names(&self) -> Vec<(&str, Span)> {
        match self {
            Self::Constant(_) => Vec::new(),
            Self::Text(template) => {
                let sums = template.text.0.iter().filter_map(|part| match part {
                    Part::Sum(terms) => Some(terms),
                    Part::Text(_) => None,
                });
                let names = sums.flatten().filter_map(|term| match term {
                    Term::Name { name, .. } => Some((name.as_str(), template.span)),
                    Term::Duration(_) => None,
                });
                names.collect()
            }
            Self::List(items) => items.iter().flat_map(Self::names).collect(),
            Self::Map(pairs) => {
                pairs.iter().flat_map(|(key, value)| key.names().into_iter().chain(value.names())).collect()
            }
        }
    }

    /// The value here and now.
    pub fn evaluate(&self, lookup: &dyn Lookup) -> Result<Datum, Unbound> {
        match self {
            Self::Constant(value) => Ok(Datum::Json(value.clone())),
            Self::Text(template) => template.evaluate(lookup),
            Self::List(items) => {
                let items: Result<Vec<Value>, Unbound> = items.iter().map(|item| item.json(lookup)).collect();
                Ok(Datum::Json(Value::Array(items?)))
            }
            Self::Map(pairs) => {
                let mut map = Map::new();
                for (key, value) in pairs {
                    map.insert(text_of(&key.json(lookup)?), value.json(lookup)?);
                }
                Ok(Datum::Json(Value::Object(map)))
            }
        }
    }

    /// The value here and now as JSON.
    pub fn json(&self, lookup: &dyn Lookup) -> Result<Value, Unbound> {
        self.evaluate(lookup).map(Datum::into_json)
    }

    /// The value here and now as a duration, also where it is the text of one.
    pub fn duration(&self, lookup: &dyn Lookup) -> Result<Duration, Unbound> {
        match self.evaluate(lookup)? {
            Datum::Duration(duration) => Ok(duration),
            Datum::Json(value) => value
                .as_str()
                .and_then(parse_duration)
                .ok_or_else(|| Unbound::Sum(format!("{value} is no duration"))),
        }
    }
}

impl TextTemplate {
    fn evaluate(&self, lookup: &dyn Lookup) -> Result<Datum, Unbound> {
        if let [Part::Sum(terms)] = self.text.0.as_slice() {
            return sum(terms, lookup);
        }
        let mut text = String::new();
        for part in &self.text.0 {
            match part {
                Part::Text(piece) => text.push_str(piece),
                Part::Sum(terms) => text.push_str(&text_of(&sum(terms, lookup)?.into_json())),
            }
        }
        Ok(Datum::Json(Value::String(text)))
    }
}

/// A value in the midst of a text: text as it is, everything else as JSON.
pub fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn sum(terms: &[Term], lookup: &dyn Lookup) -> Result<Datum, Unbound> {
    if let [Term::Name { name, factor: None }] = terms {
        return lookup.look_up(name).ok_or_else(|| Unbound::Name(name.clone()));
    }
    let add = |total: Duration, term| Ok(total.saturating_add(term_duration(term, lookup)?));
    terms.iter().try_fold(Duration::ZERO, add).map(Datum::Duration)
}

fn term_duration(term: &Term, lookup: &dyn Lookup) -> Result<Duration, Unbound> {
    let (name, factor) = match term {
        Term::Duration(duration) => return Ok(*duration),
        Term::Name { name, factor } => (name, factor.unwrap_or(1.0)),
    };
    let duration = match lookup.look_up(name).ok_or_else(|| Unbound::Name(name.clone()))? {
        Datum::Duration(duration) => Some(duration),
        Datum::Json(value) => value.as_str().and_then(parse_duration),
    };
    duration
        .and_then(|duration| Duration::try_from_secs_f64(duration.as_secs_f64() * factor).ok())
        .ok_or_else(|| Unbound::Sum(format!("`{name}` is no duration, so nothing can be added to it")))
}

fn parse_parts(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("${{") {
        if rest[..start].ends_with('$') {
            literal.push_str(&rest[..start - 1]);
            literal.push_str("${{");
            rest = &rest[start + 3..];
            continue;
        }
        literal.push_str(&rest[..start]);
        let inside = &rest[start + 3..];
        let end = inside.find("}}").ok_or("a `${{` is not closed by `}}`")?;
        if !literal.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut literal)));
        }
        parts.push(Part::Sum(parse_sum(&inside[..end])?));
        rest = &inside[end + 2..];
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        parts.push(Part::Text(literal));
    }
    Ok(parts)
}

fn parse_sum(text: &str) -> Result<Vec<Term>, String> {
    text.split('+').map(|term| parse_term(term.trim())).collect()
}

fn parse_term(text: &str) -> Result<Term, String> {
    if let Some(duration) = parse_duration(text) {
        return Ok(Term::Duration(duration));
    }
    let (name, factor) = match text.split_once('*') {
        None => (text, None),
        Some((name, factor)) => {
            let factor = factor.trim();
            let number = factor.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
            (name.trim(), Some(number.ok_or_else(|| format!("`{factor}` is not a number to multiply with"))?))
        }
    };
    if is_name(name) {
        Ok(Term::Name { name: name.to_owned(), factor })
    } else if name.is_empty() {
        Err("a name is missing inside `${{ }}`".to_owned())
    } else {
        Err(format!("`{name}` is neither a name nor a duration"))
    }
}

/// Dotted words of letters, digits and underscores.
pub fn is_name(text: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    !text.is_empty() && text.split('.').all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;
    use rstest::rstest;
    use serde_json::json;

    struct Names;

    impl Lookup for Names {
        fn look_up(&self, name: &str) -> Option<Datum> {
            match name {
                "id" => Some(Datum::Json(json!(955))),
                "text" => Some(Datum::Json(json!("${{ id }}"))),
                "lag" => Some(Datum::Duration(Duration::from_secs(2))),
                _ => None,
            }
        }
    }

    fn evaluate(text: &str) -> Result<Datum, Unbound> {
        let span = Span::new(SourceMap::default().add("a", text), 0..text.len());
        let mut diagnostics = Vec::new();
        let template = Template::parse_text(text, span, &mut diagnostics);
        assert_eq!(diagnostics, []);
        template.evaluate(&Names)
    }

    #[rstest]
    #[case("plain", Datum::Json(json!("plain")))]
    #[case("${{ id }}", Datum::Json(json!(955)))]
    #[case("task ${{ id }}!", Datum::Json(json!("task 955!")))]
    #[case("$${{ id }}", Datum::Json(json!("${{ id }}")))]
    #[case("${{ text }} x", Datum::Json(json!("${{ id }} x")))]
    #[case("${{ lag + 500ms }}", Datum::Duration(Duration::from_millis(2500)))]
    #[case("${{ lag * 1.5 }}", Datum::Duration(Duration::from_secs(3)))]
    fn evaluates_once_and_keeps_types(#[case] text: &str, #[case] expected: Datum) {
        assert_eq!(evaluate(text), Ok(expected));
    }

    #[rstest]
    #[case("['$${{ id }}', 1]", json!(["${{ id }}", 1]))]
    #[case("{ '$${{ a }}': '$${{ b }}', c: '${{ id }}' }", json!({"${{ a }}": "${{ b }}", "c": 955}))]
    fn an_escape_is_undone_at_every_depth(#[case] text: &str, #[case] expected: Value) {
        let mut wrong = Vec::new();
        let node = crate::yaml::parse(SourceMap::default().add("a", text), text, &mut wrong).unwrap();
        assert_eq!(Template::parse(&node, &mut wrong).json(&Names), Ok(expected));
        assert_eq!(wrong, []);
    }

    #[test]
    fn names_without_a_value_and_impossible_sums_are_told_apart() {
        assert_eq!(evaluate("${{ nope }}"), Err(Unbound::Name("nope".to_owned())));
        assert!(matches!(evaluate("${{ id + 1s }}"), Err(Unbound::Sum(_))));
    }

    #[rstest]
    #[case("${{ id", "a `${{` is not closed by `}}`")]
    #[case("${{ }}", "a name is missing inside `${{ }}`")]
    #[case("${{ a - b }}", "`a - b` is neither a name nor a duration")]
    #[case("${{ a * x }}", "`x` is not a number to multiply with")]
    fn refuses_any_other_language(#[case] text: &str, #[case] reason: &str) {
        assert_eq!(parse_parts(text), Err(reason.to_owned()));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_parsed_without_a_panic(text in "[a-z.*+$ {}0-9]{0,40}") {
            let _ = parse_parts(&text);
        }
    }
}
