//! What of JSON the parser does not read although its grammar allows it: that is no fault of whoever wrote it.

use serde_json::Error;

/// What the parser says, and what that means; both codes of a lone surrogate mean the same.
const LIMITS: [(&str, &str); 4] = [
    ("recursion limit exceeded", "is nested deeper than 127 levels, which is as deep as orchspec reads"),
    (
        "number out of range",
        "holds a number beyond 1.8e308, which is as far as orchspec reads (RFC 8259 §6 leaves the range open)",
    ),
    ("lone leading surrogate in hex escape", LONE_SURROGATE),
    ("unexpected end of hex escape", LONE_SURROGATE),
];

const LONE_SURROGATE: &str =
    "escapes one half of a surrogate pair, of which RFC 8259 §8.2 leaves open what it means";

/// Which limit of the parser it was that ended it, as the end of a sentence that begins with the JSON: `is nested
/// deeper than …`; nothing if what it read is no JSON.
pub fn limit(error: &Error) -> Option<&'static str> {
    let said = error.to_string();
    LIMITS.iter().find(|(parser, _)| said.starts_with(parser)).map(|(_, own)| *own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::Value;

    fn limit_of(text: &str) -> Option<&'static str> {
        serde_json::from_str::<Value>(text).err().and_then(|error| limit(&error))
    }

    fn nested(depth: usize) -> String {
        format!("{}{}", "[".repeat(depth), "]".repeat(depth))
    }

    #[test]
    fn depth_is_read_up_to_what_is_said() {
        assert_eq!(serde_json::from_str::<Value>(&nested(127)).map(|_| ()).ok(), Some(()));
        assert_eq!(limit_of(&nested(128)), Some(LIMITS[0].1));
    }

    #[rstest]
    #[case("1e308", None)]
    #[case("1e309", Some(LIMITS[1].1))]
    #[case("[-1e400]", Some(LIMITS[1].1))]
    #[case(r#""\ud83d\ude00""#, None)]
    #[case(r#""\ud83d""#, Some(LONE_SURROGATE))]
    #[case(r#""\ud83d\n""#, Some(LONE_SURROGATE))]
    #[case(r#""\ud83dA""#, Some(LONE_SURROGATE))]
    #[case(r#""\ude00""#, Some(LONE_SURROGATE))]
    #[case(r#""\ud8""#, None)]
    #[case("[1", None)]
    #[case("NaN", None)]
    fn what_the_grammar_allows_is_told_from_what_it_does_not(
        #[case] text: &str,
        #[case] expected: Option<&str>,
    ) {
        assert_eq!(limit_of(text), expected);
    }
}
