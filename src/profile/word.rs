//! Reading the evaluated words of a request; the messages for words that cannot be used.

use serde_json::{Map, Value};

/// The one of `names` that the words hold.
pub(super) fn only_one<'n>(words: &Map<String, Value>, names: &[&'n str]) -> Result<&'n str, String> {
    let mut given = names.iter().copied().filter(|name| words.contains_key(*name));
    match (given.next(), given.next()) {
        (Some(name), None) => Ok(name),
        (Some(first), Some(second)) => Err(format!("a request cannot have both `{first}` and `{second}`")),
        (None, _) => Err(format!("a request needs one of {}", listed(names))),
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Refuses words that only mean something beside another: left unread, they would make a request that nobody meant.
pub(super) fn refuse(words: &Map<String, Value>, stray: &[&str], beside: &str) -> Result<(), String> {
    match stray.iter().find(|name| words.contains_key(**name)) {
        Some(name) => Err(format!("`{name}` means something only beside {beside}")),
        None => Ok(()),
    }
}

/// A word that is text.
pub(super) fn text<'a>(words: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, String> {
    read(words, name, "text", Value::as_str)
}

/// A word that is a mapping.
pub(super) fn mapping<'a>(
    words: &'a Map<String, Value>,
    name: &str,
) -> Result<Option<&'a Map<String, Value>>, String> {
    read(words, name, "a mapping", Value::as_object)
}

/// A word that is a list.
pub(super) fn list<'a>(words: &'a Map<String, Value>, name: &str) -> Result<Option<&'a Vec<Value>>, String> {
    read(words, name, "a list", Value::as_array)
}

/// A word that is a truth value; false if it is left out.
pub(super) fn flag(words: &Map<String, Value>, name: &str) -> Result<bool, String> {
    Ok(read(words, name, "`true` or `false`", Value::as_bool)?.unwrap_or(false))
}

fn read<'a, T>(
    words: &'a Map<String, Value>,
    name: &str,
    wanted: &str,
    convert: impl Fn(&'a Value) -> Option<T>,
) -> Result<Option<T>, String> {
    let Some(value) = words.get(name) else { return Ok(None) };
    convert(value).map(Some).ok_or_else(|| format!("`{name}` must be {wanted}, not {value}"))
}

/// A value where only text can travel: text as it is, anything else as JSON.
pub(super) fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The same for an entry of a word that takes single values: a list or a mapping would travel as nobody meant it.
pub(super) fn single(word: &str, name: &str, value: &Value) -> Result<String, String> {
    if value.is_array() || value.is_object() {
        return Err(format!("`{name}` in `{word}` must be text, a number or a truth value, not {value}"));
    }
    Ok(as_text(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::sample::object;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case(json!({ "raw": "/a" }), Ok("raw"))]
    #[case(json!({ "get": "/a", "raw": "/a" }), Err("a request cannot have both `raw` and `get`"))]
    #[case(json!({ "mode": "x" }), Err("a request needs one of `raw`, `get`"))]
    fn a_request_does_one_thing(#[case] words: Value, #[case] expected: Result<&str, &str>) {
        let found = only_one(&object(words), &["raw", "get"]);
        assert_eq!(
            found.as_deref().map_err(String::as_str),
            expected.as_ref().map(|word| *word).map_err(|why| *why)
        );
    }

    #[test]
    fn a_word_of_the_wrong_kind_is_named_with_its_value() {
        let words = object(json!({ "method": 7, "force": "yes" }));
        assert_eq!(text(&words, "method"), Err("`method` must be text, not 7".to_owned()));
        assert_eq!(flag(&words, "force"), Err("`force` must be `true` or `false`, not \"yes\"".to_owned()));
        assert_eq!(flag(&words, "absent"), Ok(false));
    }
}
