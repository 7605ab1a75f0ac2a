//! A JSON value as the text that messages show.

use serde_json::Value;

/// As many characters say what a value is; the whole of it stands with the exchange.
const LONGEST: usize = 160;

/// The value as JSON on one line, cut where it gets long.
pub fn shorten(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_is_cut_between_characters() {
        assert_eq!(shorten(&Value::from("3")), "\"3\"");
        let cut = shorten(&Value::from("ö".repeat(LONGEST)));
        assert!(cut.ends_with('…'));
        assert_eq!(cut.chars().count(), LONGEST + 1);
    }
}
