//! From shapes to JSON Schema; knows no file format.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::form::Form;
use super::rule;
use crate::clock::duration_pattern;
use crate::source::SourceMap;
use crate::yaml::{self, Key, Shape, Value, size_pattern};

/// Turns the shapes of a form into schemas and collects the definitions that they refer to.
#[derive(Debug)]
pub(crate) struct Emitter {
    form: Form,
    definitions: BTreeMap<String, Json>,
    /// What may stand for a single value here.
    reference: Option<&'static Shape>,
}

impl Emitter {
    /// For the shapes of this form.
    pub(crate) fn new(form: Form) -> Self {
        Self { reference: form.reference, form, definitions: BTreeMap::new() }
    }

    /// The definitions, by name.
    pub(crate) fn into_definitions(self) -> BTreeMap<String, Json> {
        self.definitions
    }

    /// The schema of a mapping.
    pub(crate) fn shape(&mut self, shape: &Shape) -> Json {
        let mut properties = Map::new();
        for key in shape.keys {
            properties.insert(key.name.to_owned(), self.property(shape, key));
        }
        let required: Vec<&str> = shape.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
        let mut schema = json!({ "description": shape.doc, "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        let rules: Vec<Json> = self.form.rules(shape).map(rule::schema).collect();
        if !rules.is_empty() {
            schema["allOf"] = json!(rules);
        }
        schema["patternProperties"] = json!({ "^x-": true });
        schema["additionalProperties"] = json!(false);
        schema
    }

    fn property(&mut self, shape: &Shape, key: &Key) -> Json {
        let open = self.form.members(shape, key).map(<[_]>::to_vec);
        let schema = match open {
            Some(shapes) => self.any_of(key, &shapes),
            None => self.value(&key.value),
        };
        let mut described = describe(schema, key.doc);
        if let Some(default) = key.default {
            described["default"] = written(default);
        }
        if let Some(example) = key.example {
            described["examples"] = json!([written(example)]);
        }
        described
    }

    /// Any of these mappings, or whatever else may stand at the key.
    fn any_of(&mut self, key: &Key, shapes: &[&'static Shape]) -> Json {
        let mut schemas: Vec<Json> = shapes.iter().map(|shape| self.definition(shape)).collect();
        if let Value::AnyOf(values) = key.value {
            let others = values.iter().filter(|value| !matches!(value, Value::Map(_)));
            schemas.extend(others.map(|value| self.value(value)));
        }
        json!({ "anyOf": schemas })
    }

    fn value(&mut self, value: &Value) -> Json {
        match value {
            Value::Any => json!(true),
            Value::List(item) => json!({ "type": "array", "items": self.value(item) }),
            Value::OneOrMore(item) => {
                let item = self.value(item);
                json!({ "anyOf": [item.clone(), { "type": "array", "items": item }] })
            }
            Value::Map(item) => json!({ "type": "object", "additionalProperties": self.value(item) }),
            Value::Object(shape) => self.shape(shape),
            Value::Recursive(shape) => match self.form.pattern(shape()) {
                Some(pattern) => json!({ "type": "string", "pattern": pattern }),
                None => self.definition(shape()),
            },
            Value::AnyOf(values) => {
                let schemas: Vec<Json> = values.iter().map(|value| self.value(value)).collect();
                json!({ "anyOf": schemas })
            }
            Value::Text
            | Value::Duration
            | Value::Size
            | Value::Expression
            | Value::Integer
            | Value::Between(..)
            | Value::Bool
            | Value::Null
            | Value::Scalar
            | Value::Choice(_) => self.single(scalar(value)),
        }
    }

    /// A single value, or what may stand for one.
    fn single(&mut self, schema: Json) -> Json {
        match self.reference {
            Some(reference) => json!({ "anyOf": [schema, self.definition(reference)] }),
            None => schema,
        }
    }

    /// A reference to a shape that is defined once; its name is taken before its keys are visited, because these
    /// may lead back to it.
    fn definition(&mut self, shape: &'static Shape) -> Json {
        let shape = self.form.standing_for(shape);
        let name = slug(shape.name);
        if !self.definitions.contains_key(&name) {
            self.definitions.insert(name.clone(), json!(true));
            let reference = self.reference.take();
            let schema = self.shape(shape);
            self.reference = reference;
            self.definitions.insert(name.clone(), schema);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }
}

fn scalar(value: &Value) -> Json {
    match value {
        Value::Integer => json!({ "type": "integer", "minimum": 0 }),
        Value::Between(least, u64::MAX) => json!({ "type": "integer", "minimum": least }),
        Value::Between(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Value::Duration => json!({ "type": "string", "pattern": duration_pattern() }),
        Value::Size => json!({ "type": "string", "pattern": size_pattern() }),
        Value::Expression => json!({ "type": "string", "pattern": r"\$\{\{" }),
        Value::Bool => json!({ "enum": [true, false, "yes", "no"] }),
        Value::Null => json!({ "type": "null" }),
        Value::Scalar => json!({ "type": ["string", "number", "boolean"] }),
        Value::Choice(words) => json!({ "enum": words }),
        _ => json!({ "type": "string" }),
    }
}

/// A value of a table, which is written as YAML.
fn written(text: &str) -> Json {
    let source = SourceMap::default().add("", text);
    yaml::parse(source, text, &mut Vec::new()).map_or(Json::Null, |node| node.to_json())
}

fn describe(schema: Json, doc: &str) -> Json {
    let mut described = json!({ "description": doc });
    if let (Some(described), Json::Object(schema)) = (described.as_object_mut(), schema) {
        let rest = schema.into_iter().filter(|(name, _)| name != "description");
        described.extend(rest);
    }
    described
}

fn slug(name: &str) -> String {
    let letters = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
    let text: String = letters.collect();
    text.split('-')
        .filter(|part| !part.is_empty() && *part != "a" && *part != "an")
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    static INNER: Shape = Shape {
        name: "an inner mapping",
        doc: "Holds itself.",
        keys: &[Key::optional("again", Value::Recursive(|| &INNER), "Once more.")],
    };

    static OUTER: Shape = Shape {
        name: "an outer mapping",
        doc: "For this test.",
        keys: &[
            Key::required("count", Value::Integer, "How many."),
            Key::optional("inner", Value::Recursive(|| &INNER), "What is within."),
        ],
    };

    #[test]
    fn a_shape_that_holds_itself_is_defined_once() {
        let mut emitter = Emitter::new(Form::plain(&OUTER));
        let schema = emitter.shape(&OUTER);
        assert_eq!(schema["properties"]["inner"]["$ref"], "#/$defs/inner-mapping");
        let definitions = emitter.into_definitions();
        assert_eq!(definitions.keys().collect::<Vec<_>>(), ["inner-mapping"]);
        assert_eq!(definitions["inner-mapping"]["properties"]["again"]["$ref"], "#/$defs/inner-mapping");
    }

    #[test]
    fn unknown_keys_are_refused_but_for_free_ones() {
        let mut emitter = Emitter::new(Form::plain(&OUTER));
        let mut schema = emitter.shape(&OUTER);
        schema["$defs"] = json!(emitter.into_definitions());
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(validator.is_valid(&json!({ "count": 1, "x-note": "free" })));
        assert!(!validator.is_valid(&json!({ "count": 1, "cuont": 2 })));
        assert!(!validator.is_valid(&json!({ "x-note": "free" })));
    }

    /// What an editor underlines is what the readers refuse.
    #[test]
    fn patterns_fit_what_is_read() {
        let fits = |pattern: &str, text: &str| regex::Regex::new(pattern).unwrap().is_match(text);
        let (duration, size) = (duration_pattern(), size_pattern());
        for text in
            ["1s", "1m30s", "0.5s", ".5s", "5.s", " 2h ", "3", "3 s", "s", "", "1.2.3s", "1S", "-1s", "1sms"]
        {
            assert_eq!(fits(&duration, text), crate::clock::parse_duration(text).is_some(), "{text}");
        }
        for text in ["8MiB", "0B", "1GiB", "8", "8MB", "8 MiB", "MiB", "", "-1B", "8kib"] {
            assert_eq!(fits(&size, text), yaml::parse_size(text).is_some(), "{text}");
        }
        let place = crate::check::place_pattern();
        let mut sources = SourceMap::default();
        let span = crate::source::Span::new(sources.add("", ""), 0..0);
        for text in [
            "location",
            "location.raw",
            "header.etag",
            "/a/0",
            "/",
            "",
            "header.",
            "locationxraw",
            "a/b",
            "bodyy",
        ] {
            let read = crate::check::Place::parse(text, span, &mut Vec::new());
            assert_eq!(fits(&place, text), read.is_some(), "{text}");
        }
    }

    #[test]
    fn a_reference_may_stand_for_a_single_value_only() {
        static REFERENCE: Shape = Shape {
            name: "a reference",
            doc: "For this test.",
            keys: &[Key::required("env", Value::Text, "The name.")],
        };
        let mut emitter = Emitter::new(Form::plain(&OUTER).with_references(&REFERENCE));
        let mut schema = emitter.shape(&OUTER);
        schema["$defs"] = json!(emitter.into_definitions());
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(validator.is_valid(&json!({ "count": { "env": "COUNT" } })));
        assert!(!validator.is_valid(&json!({ "count": 1, "inner": { "env": "INNER" } })));
    }
}
