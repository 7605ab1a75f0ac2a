//! Blanks and line ends in and around JSON.

use super::scene::is_json;
use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct JsonSpacing;

pub(super) const NOISE: Noise = Noise {
    id: "json-spacing",
    sentence: "blanks, tabs and line ends stand around JSON and between its parts",
    allowed_by: "RFC 8259 2: insignificant whitespace is allowed before or after any structural character",
    widening: Widening::None,
    behaviour: &JsonSpacing,
};

impl Behaviour for JsonSpacing {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        let Ok(text) = std::str::from_utf8(&answer.body) else { return };
        if is_json(answer) {
            answer.body = space(chance, text).into();
        }
    }
}

const BLANKS: [&str; 6] = ["", "", " ", "\n", "\r\n  ", "\t"];

fn space(chance: &mut Chance, text: &str) -> String {
    let mut spaced = String::from("\r\n ");
    let (mut inside, mut begun) = (false, false);
    for letter in text.chars() {
        spaced.push(letter);
        if !inside && matches!(letter, '{' | '[' | '}' | ']' | ',' | ':') {
            spaced.push_str(chance.pick(&BLANKS).unwrap_or_default());
        }
        inside ^= letter == '"' && !begun;
        begun = inside && !begun && letter == '\\';
    }
    spaced + "\t\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_spaced_text_means_the_same() {
        let value = json!({ "a:{,}": ["\"\\", "\\\\", { "b": [1, 2] }], "c": "d, e" });
        let spaced = space(&mut Chance::new(1, "a", 1), &value.to_string());
        assert!(spaced.contains("\r\n  "), "{spaced}");
        assert_eq!(serde_json::from_str::<Value>(&spaced).unwrap(), value);
    }
}
