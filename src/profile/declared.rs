//! How a value falls short of what the target file declares: every declared member must be there, others may be.

use serde_json::{Number, Value};

use super::Difference;
use crate::http::message::Response;

/// How much of a value a message shows, in characters.
const SHOWN: usize = 200;

/// Where `actual` lacks what is declared, below the place `at` (a JSON Pointer, empty for the whole body).
pub(super) fn lacking(at: &str, declared: &Value, actual: Option<&Value>) -> Vec<Difference> {
    match (declared, actual) {
        (Value::Object(members), Some(Value::Object(given))) => members
            .iter()
            .flat_map(|(name, value)| lacking(&member(at, name), value, given.get(name)))
            .collect(),
        (Value::Array(items), Some(Value::Array(given))) if items.len() == given.len() => items
            .iter()
            .zip(given)
            .enumerate()
            .flat_map(|(index, (item, given))| lacking(&format!("{at}/{index}"), item, Some(given)))
            .collect(),
        _ if actual.is_some_and(|actual| equal(declared, actual)) => Vec::new(),
        _ => vec![difference(at, declared, actual)],
    }
}

/// The one difference at a place.
pub(super) fn difference(at: &str, declared: &Value, actual: Option<&Value>) -> Difference {
    let place = if at.is_empty() { "body" } else { at };
    Difference::new(place, shown(declared), actual.map_or_else(|| "absent".to_owned(), shown))
}

/// The JSON Pointer of a member below another place.
pub(super) fn member(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Whether two values are the same JSON: the order of members does not count, and 1 is 1.0.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => equal_numbers(one, other),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same = |(name, value)| other.get(name).is_some_and(|other| equal(value, other));
            one.len() == other.len() && one.iter().all(same)
        }
        _ => one == other,
    }
}

/// Whole numbers are compared as such, since not every one of them is a float.
fn equal_numbers(one: &Number, other: &Number) -> bool {
    one == other || ((one.is_f64() || other.is_f64()) && one.as_f64() == other.as_f64())
}

/// A value as a message shows it.
pub(super) fn shown(value: &Value) -> String {
    shorten(&value.to_string())
}

/// A body as a message shows it.
pub(super) fn excerpt(response: &Response) -> String {
    shown(&Value::String(shorten(&response.shown())))
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case::subset(json!({ "a": 1 }), json!({ "b": 2, "a": 1.0 }))]
    #[case::nested(json!({ "a": { "b": [{ "c": 1 }] } }), json!({ "a": { "b": [{ "c": 1, "d": 2 }] } }))]
    #[case::null(json!({ "a": null }), json!({ "a": null }))]
    #[case::scalar(json!("a"), json!("a"))]
    fn what_is_declared_is_there(#[case] declared: Value, #[case] actual: Value) {
        assert_eq!(lacking("", &declared, Some(&actual)), []);
    }

    #[rstest]
    #[case::absent(json!({ "a": null }), json!({}), ("/a", "null", "absent"))]
    #[case::kind(json!({ "a": 3 }), json!({ "a": "3" }), ("/a", "3", "\"3\""))]
    #[case::escaped(json!({ "a/b~": 3 }), json!({ "a/b~": 4 }), ("/a~1b~0", "3", "4"))]
    #[case::item(json!([1, 2]), json!([1, 3]), ("/1", "2", "3"))]
    #[case::length(json!([1]), json!([1, 2]), ("body", "[1]", "[1,2]"))]
    #[case::whole(json!({ "a": 1 }), json!([]), ("body", "{\"a\":1}", "[]"))]
    #[case::beyond_floats(json!(9_007_199_254_740_993_u64), json!(9_007_199_254_740_992_u64),
        ("body", "9007199254740993", "9007199254740992"))]
    fn what_is_lacking_is_named(
        #[case] declared: Value,
        #[case] actual: Value,
        #[case] (place, expected, found): (&str, &str, &str),
    ) {
        assert_eq!(lacking("", &declared, Some(&actual)), [Difference::new(place, expected, found)]);
    }

    #[test]
    fn equality_knows_no_order_of_members_but_their_number() {
        assert!(equal(&json!({ "a": 1, "b": [2.0] }), &json!({ "b": [2], "a": 1 })));
        assert!(!equal(&json!({ "a": 1 }), &json!({ "a": 1, "b": 2 })));
    }

    #[test]
    fn long_values_are_cut() {
        let text = shown(&json!("ä".repeat(SHOWN + 1)));
        assert_eq!(text.chars().count(), SHOWN + 1);
        assert!(text.ends_with('…'));
    }
}
