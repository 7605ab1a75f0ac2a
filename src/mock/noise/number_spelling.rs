//! Numbers with a fraction, written with an exponent.

use serde_json::Value;

use super::scene::is_json;
use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct NumberSpelling;

pub(super) const NOISE: Noise = Noise {
    id: "number-spelling",
    sentence: "JSON numbers with a fraction are written with an exponent",
    allowed_by: "RFC 8259 6: a number may have an exponent part",
    widening: Widening::None,
    behaviour: &NumberSpelling,
};

impl Behaviour for NumberSpelling {
    fn answer(&self, _chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        if let Some(value) = answer.value().filter(|_| is_json(answer)) {
            answer.body = write(&value).into();
        }
    }
}

fn write(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_f64() => {
            number.as_f64().map_or_else(|| number.to_string(), |number| format!("{number:e}"))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(write).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let entry = |(name, inner): (&String, &Value)| format!("{}:{}", Value::from(name.as_str()), write(inner));
            format!("{{{}}}", members.iter().map(entry).collect::<Vec<_>>().join(","))
        }
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_keep_their_value() {
        let value = json!({ "a": [0.1, 12.5, 7, -2.5e-9], "b\"": { "c": null, "d": "1.5" } });
        let text = write(&value);
        assert!(text.contains("1.25e1") && text.contains("1e-1"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
