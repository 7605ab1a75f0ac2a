//! The forms of files, made from the tables that the decoders read: as JSON Schemas for editors, so that what one
//! refuses the other underlines, and as pages for people.

mod emit;
mod form;
mod page;
mod rule;

use serde_json::{Value, json};

use super::args::SchemaName;
use emit::Emitter;
use form::Form;

pub(crate) use page::text as page;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
const REPORT: &str = include_str!("../../../schemas/report.json");
const JOURNAL: &str = include_str!("../../../schemas/journal.json");
const MUTANTS: &str = include_str!("../../../schemas/mutants.json");
const DIFFERENCE: &str = include_str!("../../../schemas/difference.json");
const MATRIX: &str = include_str!("../../../schemas/matrix.json");

/// A schema as the text of a file.
pub(crate) fn text(name: SchemaName) -> String {
    match name {
        SchemaName::Journal => JOURNAL.to_owned(),
        SchemaName::Report => REPORT.to_owned(),
        SchemaName::Mutants => MUTANTS.to_owned(),
        SchemaName::Difference => DIFFERENCE.to_owned(),
        SchemaName::Matrix => MATRIX.to_owned(),
        _ => Form::of(name).map(document).unwrap_or_default(),
    }
}

fn document(form: Form) -> String {
    let root = form.root;
    let mut emitter = Emitter::new(form);
    let body = emitter.shape(root);
    let mut document = json!({ "$schema": DIALECT });
    if let (Some(document), Value::Object(body)) = (document.as_object_mut(), body) {
        document.extend(body);
        let definitions = emitter.into_definitions();
        if !definitions.is_empty() {
            document.insert("$defs".to_owned(), definitions.into_iter().collect());
        }
    }
    format!("{document:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum as _;

    /// What people write by hand.
    fn written() -> Vec<(SchemaName, Value)> {
        let all = SchemaName::value_variants().iter().copied();
        let by_hand = all.filter(|name| *name != SchemaName::Verdicts && Form::of(*name).is_some());
        by_hand.map(|name| (name, serde_json::from_str(&text(name)).unwrap())).collect()
    }

    /// Every key of a schema, with its place.
    fn keys(schema: &Value, place: &str, found: &mut Vec<(String, Value)>) {
        let Value::Object(members) = schema else { return };
        for (name, member) in members {
            let place = format!("{place}/{name}");
            if name == "properties" {
                let keys = member.as_object().unwrap();
                found.extend(keys.iter().map(|(key, schema)| (format!("{place}/{key}"), schema.clone())));
                for (key, schema) in keys {
                    self::keys(schema, &format!("{place}/{key}"), found);
                }
            } else if let Value::Array(items) = member {
                for item in items {
                    keys(item, &place, found);
                }
            } else if name != "examples" && name != "default" {
                keys(member, &place, found);
            }
        }
    }

    /// What is wrong with the examples and the default of a key.
    fn wrong(schema: &Value, mut key: Value) -> Vec<String> {
        let Some(examples) = key["examples"].as_array().cloned() else {
            return vec!["say `.like(…)` in its table".to_owned()];
        };
        let default = key.get("default").cloned();
        key["$defs"] = schema.get("$defs").cloned().unwrap_or_else(|| json!({}));
        let validator = jsonschema::validator_for(&key).unwrap();
        let shown = examples.iter().chain(&default);
        shown.flat_map(|value| validator.iter_errors(value).map(|error| error.to_string())).collect()
    }

    #[test]
    fn every_key_has_an_example_that_is_right_and_every_default_could_be_written() {
        let mut mistakes = Vec::new();
        for (name, schema) in written() {
            let mut found = Vec::new();
            keys(&schema, "", &mut found);
            for (place, key) in found {
                let wrong = wrong(&schema, key);
                mistakes.extend(wrong.iter().map(|mistake| format!("{name:?} {place}: {mistake}")));
            }
        }
        assert_eq!(mistakes, [""; 0]);
    }
}
