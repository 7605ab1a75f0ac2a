//! `ELMA-CREATE-10/escapes-doubled`: quotes and line ends of an input come back escaped once more.

use serde_json::{Value, json};

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::engine::{Ending, Order};
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-CREATE-10/escapes-doubled",
    sentence: "quotes and line ends of an input come back escaped once more",
    requirements: &["ELMA-CREATE-10"],
    affects: &[(Operation::Create, Aspect::State)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn order(&self, _: &Exchange<'_>, _: &World, order: &mut Order) {
        let Ending::Output(Value::Object(output)) = &mut order.ending else { return };
        for value in output.values_mut() {
            if let Some(text) = value.as_str() {
                *value = json!(text.escape_default().to_string());
            }
        }
    }
}
