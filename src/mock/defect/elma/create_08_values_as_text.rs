//! `ELMA-CREATE-08/values-as-text`: outputs are texts, whatever the inputs were.

use serde_json::{Value, json};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Ending, Order};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-08/values-as-text",
    sentence: "outputs are texts, whatever the inputs were",
    requirements: &["ELMA-CREATE-08"],
    affects: &[(Operation::Create, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, _: &World, order: &mut Order) {
        if let Ending::Output(Value::Object(output)) = &mut order.ending {
            output
                .values_mut()
                .filter(|value| !value.is_string())
                .for_each(|value| *value = json!(value.to_string()));
        }
    }
}
