//! JSON Schemas for editors, made from the tables that the decoders read: what one refuses, the other underlines.

mod emit;

use serde_json::{Value, json};

use super::args::SchemaName;
use crate::outcome::baseline;
use crate::profile::PROFILES;
use crate::yaml::Shape;
use crate::{check, client, mock, requirement, scenario, target};
use emit::Emitter;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
const REPORT: &str = include_str!("../../../schemas/report.json");
const JOURNAL: &str = include_str!("../../../schemas/journal.json");
const MUTANTS: &str = include_str!("../../../schemas/mutants.json");
const DIFFERENCE: &str = include_str!("../../../schemas/difference.json");
const MATRIX: &str = include_str!("../../../schemas/matrix.json");

/// A schema as the text of a file.
pub(crate) fn text(name: SchemaName) -> String {
    match name {
        SchemaName::Scenario => document(&scenario::SCENARIO, scenario_emitter()),
        SchemaName::Fragment => document(&scenario::FRAGMENT, scenario_emitter()),
        SchemaName::Target => {
            document(&target::SHAPE, Emitter::default().with_references(&target::REFERENCE))
        }
        SchemaName::Requirements => document(&requirement::SHAPE, Emitter::default()),
        SchemaName::Baseline => document(&baseline::SHAPE, Emitter::default()),
        SchemaName::Mock => document(&mock::setup::SHAPE, Emitter::default()),
        SchemaName::Situation => document(&client::situation::SHAPE, Emitter::default()),
        SchemaName::Journal => JOURNAL.to_owned(),
        SchemaName::Faults => document(&mock::fault::SHAPE, Emitter::default()),
        SchemaName::Report => REPORT.to_owned(),
        SchemaName::Mutants => MUTANTS.to_owned(),
        SchemaName::Difference => DIFFERENCE.to_owned(),
        SchemaName::Matrix => MATRIX.to_owned(),
        SchemaName::Verdicts => document(&mock::verdict::SHAPE, Emitter::default()),
    }
}

/// What `scenario` leaves open is put in here: blocks are known to `check`, request words to the profiles.
fn scenario_emitter() -> Emitter {
    let words = || PROFILES.iter().map(|profile| profile.request_shape());
    Emitter::default()
        .with_shape(&scenario::BLOCK_PLACEHOLDER, &check::SHAPE)
        .with_shape(&scenario::INVARIANT_PLACEHOLDER, &check::invariant::SHAPE)
        .with_member(scenario::STEP.name, "request", words().collect())
        .with_member(scenario::STEP.name, "poll", words().collect())
        .with_member(scenario::STEP.name, "pending", vec![&check::PENDING_SHAPE])
}

fn document(shape: &'static Shape, mut emitter: Emitter) -> String {
    let body = emitter.shape(shape);
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
