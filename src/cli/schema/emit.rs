//! From shapes to JSON Schema; knows no file format.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::yaml::{Key, Shape, Value};

/// Turns shapes into schemas and collects the definitions that they refer to.
#[derive(Debug, Default)]
pub(crate) struct Emitter {
    definitions: BTreeMap<String, Json>,
    instead: Vec<(&'static Shape, &'static Shape)>,
    members: Vec<(&'static str, &'static str, Vec<&'static Shape>)>,
    reference: Option<&'static Shape>,
}

impl Emitter {
    /// Lets a reference to the environment stand wherever a single value may.
    pub(crate) fn with_references(self, reference: &'static Shape) -> Self {
        Self { reference: Some(reference), ..self }
    }

    /// Puts another shape where this one stands.
    pub(crate) fn with_shape(mut self, placeholder: &'static Shape, shape: &'static Shape) -> Self {
        self.instead.push((placeholder, shape));
        self
    }

    /// Says what a mapping at one key of a shape is: any one of these.
    pub(crate) fn with_member(
        mut self,
        shape: &'static str,
        key: &'static str,
        any_of: Vec<&'static Shape>,
    ) -> Self {
        self.members.push((shape, key, any_of));
        self
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
        schema["patternProperties"] = json!({ "^x-": true });
        schema["additionalProperties"] = json!(false);
        schema
    }

    fn property(&mut self, shape: &Shape, key: &Key) -> Json {
        let schema = match self.member(shape, key) {
            Some(shapes) => self.any_of(key, &shapes),
            None => self.value(&key.value),
        };
        describe(schema, key.doc)
    }

    fn member(&self, shape: &Shape, key: &Key) -> Option<Vec<&'static Shape>> {
        let here = |(owner, name, _): &&(&str, &str, _)| *owner == shape.name && *name == key.name;
        self.members.iter().find(here).map(|(_, _, shapes)| shapes.clone())
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
            Value::Recursive(shape) => self.definition(shape()),
            Value::AnyOf(values) => {
                let schemas: Vec<Json> = values.iter().map(|value| self.value(value)).collect();
                json!({ "anyOf": schemas })
            }
            Value::Text
            | Value::Duration
            | Value::Integer
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
        let instead = self.instead.iter().find(|(placeholder, _)| placeholder.name == shape.name);
        let shape = instead.map_or(shape, |(_, shape)| shape);
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
        Value::Integer => json!({ "type": "integer" }),
        Value::Bool => json!({ "enum": [true, false, "yes", "no"] }),
        Value::Null => json!({ "type": "null" }),
        Value::Scalar => json!({ "type": ["string", "number", "boolean"] }),
        Value::Choice(words) => json!({ "enum": words }),
        _ => json!({ "type": "string" }),
    }
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
        let mut emitter = Emitter::default();
        let schema = emitter.shape(&OUTER);
        assert_eq!(schema["properties"]["inner"]["$ref"], "#/$defs/inner-mapping");
        let definitions = emitter.into_definitions();
        assert_eq!(definitions.keys().collect::<Vec<_>>(), ["inner-mapping"]);
        assert_eq!(definitions["inner-mapping"]["properties"]["again"]["$ref"], "#/$defs/inner-mapping");
    }

    #[test]
    fn unknown_keys_are_refused_but_for_free_ones() {
        let mut emitter = Emitter::default();
        let mut schema = emitter.shape(&OUTER);
        schema["$defs"] = json!(emitter.into_definitions());
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(validator.is_valid(&json!({ "count": 1, "x-note": "free" })));
        assert!(!validator.is_valid(&json!({ "count": 1, "cuont": 2 })));
        assert!(!validator.is_valid(&json!({ "x-note": "free" })));
    }

    #[test]
    fn a_reference_may_stand_for_a_single_value_only() {
        static REFERENCE: Shape = Shape {
            name: "a reference",
            doc: "For this test.",
            keys: &[Key::required("env", Value::Text, "The name.")],
        };
        let mut emitter = Emitter::default().with_references(&REFERENCE);
        let mut schema = emitter.shape(&OUTER);
        schema["$defs"] = json!(emitter.into_definitions());
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(validator.is_valid(&json!({ "count": { "env": "COUNT" } })));
        assert!(!validator.is_valid(&json!({ "count": 1, "inner": { "env": "INNER" } })));
    }
}
