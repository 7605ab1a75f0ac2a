//! JSON Schemas of the suite; the one home of the schema package.
//!
//! References are resolved among the suite's own files and nowhere else. Every validator is made once.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Arc, OnceLock};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ReferencingError, Retrieve, Uri, ValidationError, Validator};
use serde_json::{Map, Value};

use crate::diagnostic::Diagnostic;
use crate::json::{escape, shorten};
use crate::source::{SourceId, Span};

/// Where the suite's schemas stand as far as references are concerned.
const BASE: &str = "json-schema:///";

/// More faults than this tell no more than the first ones.
const MOST: usize = 5;

/// The schemas of a suite, by the path of their file below `schemas/` without `.json`.
#[derive(Debug, Default)]
pub struct Schemas {
    documents: Shelf,
    /// Where each stands.
    places: BTreeMap<String, Span>,
    validators: BTreeMap<String, OnceLock<Result<Validator, String>>>,
}

/// One way in which a value is not what a schema allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where in the value, as a JSON Pointer.
    pub(super) pointer: String,
    /// What the schema allows there.
    pub(super) expected: String,
    /// What stands there.
    pub(super) actual: String,
}

impl Schemas {
    /// Takes in files; those that are not JSON are reported once: whatever refers to one finds that it allows everything.
    pub fn compile<'a>(
        files: impl IntoIterator<Item = (&'a str, SourceId, &'a str)>,
    ) -> (Self, Vec<Diagnostic>) {
        let (mut documents, mut places) = (BTreeMap::new(), BTreeMap::new());
        let mut diagnostics = Vec::new();
        for (name, source, text) in files {
            match serde_json::from_str::<Value>(text) {
                Ok(document) => {
                    documents.insert(name.to_owned(), placed(document, name));
                    places.insert(name.to_owned(), Span::new(source, 0..text.len()));
                }
                Err(error) => {
                    documents.insert(name.to_owned(), placed(Value::Object(Map::new()), name));
                    diagnostics.push(not_json(name, (source, text), &error));
                }
            }
        }
        let validators = documents.keys().map(|name| (name.clone(), OnceLock::new())).collect();
        (Self { documents: Shelf(Arc::new(documents)), places, validators }, diagnostics)
    }

    /// The names of all schemas.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.validators.keys().map(String::as_str)
    }

    /// Makes the validators of these schemas and reports those that cannot be made.
    pub fn verify(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let wanted = self.places.iter().filter(|(name, _)| is_wanted(name));
        let broken = wanted.filter_map(|(name, place)| Some((self.validator(name).err()?, place)));
        let help = "write what JSON Schema 2020-12 knows, and refer only to schemas of the suite";
        broken
            .map(|(reason, place)| Diagnostic::error("schema-broken", reason).at(*place, "").help(help))
            .collect()
    }

    /// How a value differs from what a schema allows; the error says why that cannot be told.
    pub(super) fn validate(&self, name: &str, value: &Value) -> Result<Vec<Fault>, String> {
        let validator = self.validator(name)?;
        Ok(validator.iter_errors(value).take(MOST).map(|error| Fault::of(&error)).collect())
    }

    fn validator(&self, name: &str) -> Result<&Validator, String> {
        let slot = self.validators.get(name).ok_or_else(|| format!("the suite has no schema `{name}`"))?;
        slot.get_or_init(|| self.documents.build(name)).as_ref().map_err(Clone::clone)
    }
}

fn not_json(name: &str, (source, text): (SourceId, &str), error: &serde_json::Error) -> Diagnostic {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let offset = (before + error.column().saturating_sub(1)).min(text.len());
    let reason = error.to_string();
    let reason = reason.split(" at line").next().unwrap_or(&reason);
    Diagnostic::error("schema-syntax", format!("the schema `{name}` is not JSON: {reason}"))
        .at(Span::new(source, offset..offset), "here")
        .help("a schema is one JSON document, without comments and trailing commas")
}

/// Why no validator can be made, in the package's words only where it knows more than a name.
fn broken(name: &str, error: &ValidationError<'_>) -> String {
    if let ValidationErrorKind::Referencing(ReferencingError::Unretrievable { uri, .. }) = error.kind() {
        let other = uri.strip_prefix(BASE).unwrap_or(uri);
        return format!("the schema `{name}` refers to `{other}`, which is no schema of the suite");
    }
    let place = error.instance_path().to_string();
    let place = if place.is_empty() { String::new() } else { format!(" at `{place}`") };
    format!("the schema `{name}` is broken{place}: {error}")
}

/// The schema with its place in the suite as its id, so that its references are resolved from there.
fn placed(mut document: Value, name: &str) -> Value {
    if let Value::Object(members) = &mut document {
        members.insert("$id".to_owned(), format!("{BASE}{name}").into());
    }
    document
}

/// All schemas of the suite, as the package asks for them.
#[derive(Debug, Clone, Default)]
struct Shelf(Arc<BTreeMap<String, Value>>);

impl Shelf {
    fn build(&self, name: &str) -> Result<Validator, String> {
        let document = self.0.get(name).ok_or_else(|| format!("the suite has no schema `{name}`"))?;
        jsonschema::options()
            .with_retriever(self.clone())
            .build(document)
            .map_err(|error| broken(name, &error))
    }
}

impl Retrieve for Shelf {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let name = uri.as_str().strip_prefix(BASE);
        let document = name.and_then(|name| self.0.get(name.trim_end_matches(".json")));
        document.cloned().ok_or_else(|| format!("`{uri}` is not among the schemas of the suite").into())
    }
}

impl Fault {
    fn of(error: &ValidationError<'_>) -> Self {
        let at = error.instance_path().to_string();
        let actual = shorten(error.instance());
        match error.kind() {
            ValidationErrorKind::Required { property } => {
                let member = escape(property.as_str().unwrap_or_default());
                Self {
                    pointer: format!("{at}/{member}"),
                    expected: "present".to_owned(),
                    actual: "absent".to_owned(),
                }
            }
            ValidationErrorKind::AdditionalProperties { unexpected }
            | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                Self { pointer: at, expected: "no other members".to_owned(), actual: unexpected.join(", ") }
            }
            kind => Self { pointer: at, expected: expectation(kind), actual },
        }
    }
}

fn expectation(kind: &ValidationErrorKind) -> String {
    match kind {
        ValidationErrorKind::Constant { expected_value } => shorten(expected_value),
        ValidationErrorKind::Enum { options } => format!("one of {}", shorten(options)),
        ValidationErrorKind::Minimum { limit } => format!("at least {limit}"),
        ValidationErrorKind::Maximum { limit } => format!("at most {limit}"),
        ValidationErrorKind::MinLength { limit } => format!("at least {limit} characters"),
        ValidationErrorKind::Pattern { pattern } => {
            format!("a text matching {}", shorten(&pattern.as_str().into()))
        }
        ValidationErrorKind::Type { kind } => format!("of type {}", type_words(kind)),
        other => format!("what `{}` allows", other.keyword()),
    }
}

fn type_words(kind: &jsonschema::error::TypeKind) -> String {
    match kind {
        jsonschema::error::TypeKind::Single(one) => one.to_string(),
        jsonschema::error::TypeKind::Multiple(several) => {
            several.iter().map(|one| one.to_string()).collect::<Vec<_>>().join(" or ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::schemas;
    use crate::source::SourceMap;
    use serde_json::json;

    #[test]
    fn references_are_resolved_among_the_schemas_of_the_suite_only() {
        let schemas = schemas();
        assert_eq!(schemas.validate("tst/job", &json!({"id": 1})), Ok(Vec::new()));
        let reasons: Vec<String> = schemas.verify(|_| true).into_iter().map(|found| found.message).collect();
        assert_eq!(reasons.len(), 1);
        assert!(reasons[0].contains("tst/lost"), "{reasons:?}");
        assert!(reasons[0].contains("https://elsewhere.example/schema"), "{reasons:?}");
    }

    #[test]
    fn faults_name_place_demand_and_value() {
        let text = r#"{ "type": ["object", "null"], "additionalProperties": false,
            "properties": { "a": { "enum": [1, 2] }, "b": { "const": 1 }, "c": { "pattern": "^x" }, "d": { "type": "string", "minLength": 2 }, "e": { "not": {} } } }"#;
        let source = SourceMap::default().add("all.json", text);
        let (schemas, _) = Schemas::compile([("all", source, text)]);
        let say = |value: Value| {
            let faults = schemas.validate("all", &value).unwrap();
            faults
                .iter()
                .map(|fault| format!("{}: {}, {}", fault.pointer, fault.expected, fault.actual))
                .collect::<Vec<_>>()
        };
        assert_eq!(say(json!(1)), [": of type null or object, 1"]);
        assert_eq!(say(json!({"a": 3})), ["/a: one of [1,2], 3"]);
        assert_eq!(say(json!({"b": 3})), ["/b: 1, 3"]);
        assert_eq!(say(json!({"c": "y"})), [r#"/c: a text matching "^x", "y""#]);
        assert_eq!(say(json!({"d": "y"})), [r#"/d: at least 2 characters, "y""#]);
        assert_eq!(say(json!({"e": "y"})), [r#"/e: what `not` allows, "y""#]);
        assert_eq!(say(json!({"z/y": 0, "x": 0})), [": no other members, z/y, x"]);
    }

    #[test]
    fn a_file_that_is_not_json_is_reported_once() {
        let source = SourceMap::default().add("a.json", "{");
        let (schemas, diagnostics) =
            Schemas::compile([("a", source, "{"), ("b", source, r#"{ "$ref": "a" }"#)]);
        assert_eq!(schemas.names().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((schemas.verify(|_| true), diagnostics.len()), (Vec::new(), 1));
        assert!(diagnostics[0].message.starts_with("the schema `a` is not JSON: "));
    }
}
