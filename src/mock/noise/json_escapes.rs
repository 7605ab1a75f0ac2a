//! Characters of JSON texts as escapes, where they need none.

use super::scene::is_json;
use super::{Behaviour, Noise, Scene, Widening};
use crate::mock::chance::Chance;
use crate::mock::server::message::Answer;

struct JsonEscapes;

pub(super) const NOISE: Noise = Noise {
    id: "json-escapes",
    sentence: "characters outside ASCII, slashes and some letters of JSON texts are escaped",
    allowed_by: "RFC 8259 7: any character may be escaped",
    widening: Widening::None,
    behaviour: &JsonEscapes,
};

impl Behaviour for JsonEscapes {
    fn answer(&self, chance: &mut Chance, _scene: Scene, answer: &mut Answer) {
        let Ok(text) = std::str::from_utf8(&answer.body) else { return };
        if is_json(answer) {
            answer.body = escape(chance, text).into();
        }
    }
}

/// Letters are escaped only inside texts, where no other escape has begun.
fn escape(chance: &mut Chance, text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() * 2);
    let (mut inside, mut begun) = (false, false);
    for letter in text.chars() {
        let plain = inside && !begun;
        match letter {
            '/' if plain => escaped.push_str("\\/"),
            _ if plain && (!letter.is_ascii() || (letter.is_ascii_lowercase() && chance.one_in(9))) => {
                let mut units = [0; 2];
                let units = letter.encode_utf16(&mut units);
                escaped.extend(units.iter().map(|unit| format!("\\u{unit:04X}")));
            }
            _ => escaped.push(letter),
        }
        inside ^= letter == '"' && !begun;
        begun = inside && plain && letter == '\\';
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn an_escaped_text_means_the_same() {
        let value = json!({ "ключ": "a\"b\\c/d\n😀", "plain": ["letters", 1.5, null], "": "\\u0041" });
        let text = value.to_string();
        let escaped = escape(&mut Chance::new(1, "a", 1), &text);
        assert!(escaped.is_ascii() && escaped.contains("\\uD83D\\uDE00"), "{escaped}");
        assert_eq!(serde_json::from_str::<Value>(&escaped).unwrap(), value);
    }
}
