//! JSON Schemas of the suite; the one home of the schema package.
//!
//! References are resolved among the suite's own files and nowhere else. A validator is made when it is first
//! asked for, since most runs need few of them.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Arc, OnceLock};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Retrieve, Uri, ValidationError, Validator};
use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::json::{escape, shorten};

/// Where the suite's schemas stand as far as references are concerned.
const BASE: &str = "json-schema:///";

/// More faults than this tell no more than the first ones.
const MOST: usize = 5;

/// The schemas of a suite, by the path of their file below `schemas/` without `.json`.
#[derive(Debug, Default)]
pub struct Schemas {
    documents: Shelf,
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
    /// Takes in files; those that are not JSON are reported and left out.
    pub fn compile<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<Diagnostic>) {
        let mut documents = BTreeMap::new();
        let mut diagnostics = Vec::new();
        for (name, text) in files {
            match serde_json::from_str::<Value>(text) {
                Ok(document) => drop(documents.insert(name.to_owned(), placed(document, name))),
                Err(error) => {
                    let message = format!("the schema `{name}` is not JSON: {error}");
                    diagnostics.push(Diagnostic::error("schema-syntax", message));
                }
            }
        }
        let validators = documents.keys().map(|name| (name.clone(), OnceLock::new())).collect();
        (Self { documents: Shelf(Arc::new(documents)), validators }, diagnostics)
    }

    /// The names of all schemas.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.validators.keys().map(String::as_str)
    }

    /// Makes every validator and reports those that cannot be made.
    pub fn verify(&self) -> Vec<Diagnostic> {
        let broken = self.names().filter_map(|name| self.validator(name).err());
        broken.map(|reason| Diagnostic::error("schema-broken", reason)).collect()
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
            .map_err(|error| format!("the schema `{name}` is broken at `{}`: {error}", error.instance_path()))
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
    use serde_json::json;

    #[test]
    fn references_are_resolved_among_the_schemas_of_the_suite_only() {
        let schemas = schemas();
        assert_eq!(schemas.validate("tst/job", &json!({"id": 1})), Ok(Vec::new()));
        let reasons: Vec<String> = schemas.verify().into_iter().map(|found| found.message).collect();
        assert_eq!(reasons.len(), 1);
        assert!(reasons[0].contains("tst/lost"), "{reasons:?}");
        assert!(reasons[0].contains("https://elsewhere.example/schema"), "{reasons:?}");
    }

    #[test]
    fn faults_name_place_demand_and_value() {
        let text = r#"{ "type": ["object", "null"], "additionalProperties": false,
            "properties": { "a": { "enum": [1, 2] }, "b": { "const": 1 }, "c": { "pattern": "^x" }, "d": { "type": "string", "minLength": 2 }, "e": { "not": {} } } }"#;
        let (schemas, _) = Schemas::compile([("all", text)]);
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
    fn a_file_that_is_not_json_is_reported_and_left_out() {
        let (schemas, diagnostics) = Schemas::compile([("a", "{"), ("b", "{}")]);
        assert_eq!(schemas.names().collect::<Vec<_>>(), ["b"]);
        assert!(diagnostics[0].message.starts_with("the schema `a` is not JSON: "));
    }
}
