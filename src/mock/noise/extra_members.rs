//! Members that the documents do not name, in every object that is the server's own.

use serde_json::{Map, Value, json};

use super::scene::is_json;
use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct ExtraMembers;

pub(super) const NOISE: Noise = Noise {
    id: "extra-members",
    sentence: "JSON objects carry members that no document names, at every level; results of jobs stay as they are",
    allowed_by: "ELMA-GEN-14: members that the table does not name are tolerated, as in the document's own example",
    widening: Widening::None,
    behaviour: &ExtraMembers,
};

impl Behaviour for ExtraMembers {
    fn answer(&self, chance: &mut Chance, scene: Scene, answer: &mut Answer) {
        if is_json(answer) && scene.is_servers_own() {
            answer.rewrite(|body| extend(chance, body));
        }
    }
}

fn extend(chance: &mut Chance, value: &mut Value) {
    let Value::Object(members) = value else { return };
    members.values_mut().for_each(|inner| extend(chance, inner));
    members.extend(extra(chance));
}

fn extra(chance: &mut Chance) -> Map<String, Value> {
    let members = json!({
        "tenant": "acme",
        "_links": { "docs": { "href": "/docs" } },
        "retries": chance.below(3),
        "Überschrift": [null, true, 0.5],
        "": "no name",
        "ID": "not the id",
    });
    members.as_object().cloned().unwrap_or_default()
}
