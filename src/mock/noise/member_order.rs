//! The members of JSON objects in another order.

use serde_json::{Map, Value};

use super::scene::is_json;
use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct MemberOrder;

pub(super) const NOISE: Noise = Noise {
    id: "member-order",
    sentence: "the members of JSON objects come in another order in every answer",
    allowed_by: "RFC 8259 4: an object is an unordered collection",
    widening: Widening::None,
    behaviour: &MemberOrder,
};

impl Behaviour for MemberOrder {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        if is_json(answer) {
            answer.rewrite(|body| shuffle(chance, body));
        }
    }
}

fn shuffle(chance: &mut Chance, value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| shuffle(chance, item)),
        Value::Object(members) => {
            members.values_mut().for_each(|inner| shuffle(chance, inner));
            let mut entries: Vec<(String, Value)> = std::mem::take(members).into_iter().collect();
            chance.shuffle(&mut entries);
            *members = Map::from_iter(entries);
        }
        _ => {}
    }
}
