//! The body of a call, held against the table of its members.

use serde_json::{Map, Value};

use super::call::Takes;
use crate::diagnostic::nearest;
use crate::yaml::{self, Shape};

/// The members of a body, or what is wrong with it.
pub(super) fn read(bytes: &[u8], takes: Takes) -> Result<Map<String, Value>, String> {
    let blank = bytes.iter().all(u8::is_ascii_whitespace);
    let shape = match takes {
        // Whoever carries the call out looks into it.
        Takes::Anything(_) => return Ok(Map::new()),
        Takes::Nothing if blank => return Ok(Map::new()),
        Takes::Nothing => &NOTHING,
        Takes::Members(shape, _) => shape,
    };
    if blank {
        return check(&Map::new(), shape).map(|()| Map::new());
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(members)) => check(&members, shape).map(|()| members),
        Ok(_) => Err("the body is JSON, but not an object".to_owned()),
        Err(error) => Err(format!("the body is not JSON: {error}")),
    }
}

static NOTHING: Shape = Shape { name: "the body", doc: "Nothing.", keys: &[] };

fn check(members: &Map<String, Value>, shape: &Shape) -> Result<(), String> {
    for (name, value) in members {
        let key = shape.keys.iter().find(|key| key.name == name).ok_or_else(|| unknown(name, shape.keys))?;
        fits(value, key.value).map_err(|why| why.unwrap_or_else(|| mismatch(name, value, key.value)))?;
    }
    match shape.keys.iter().find(|key| key.required && !members.contains_key(key.name)) {
        Some(missing) => Err(format!("`{}` is missing", missing.name)),
        None => Ok(()),
    }
}

fn unknown(name: &str, keys: &[yaml::Key]) -> String {
    let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
    match nearest(name, names.iter().copied()) {
        Some(near) => format!("there is no member `{name}`; did you mean `{near}`?"),
        None if names.is_empty() => format!("there is no member `{name}`: this call takes none"),
        None => format!("there is no member `{name}`; there are {}", names.join(", ")),
    }
}

fn mismatch(name: &str, value: &Value, expected: yaml::Value) -> String {
    format!("`{name}` must be {}, not {value}", wanted(expected))
}

/// Whether a value is of a kind; what is wrong inside it is told already.
fn fits(value: &Value, expected: yaml::Value) -> Result<(), Option<String>> {
    let holds = match expected {
        yaml::Value::Text | yaml::Value::Duration => value.is_string(),
        yaml::Value::Integer => value.is_u64(),
        yaml::Value::Bool => value.is_boolean(),
        yaml::Value::Choice(words) => value.as_str().is_some_and(|word| words.contains(&word)),
        yaml::Value::List(item) => match value.as_array() {
            Some(items) => return items.iter().try_for_each(|own| fits(own, *item)),
            None => false,
        },
        yaml::Value::Map(item) => match value.as_object() {
            Some(members) => return members.values().try_for_each(|own| fits(own, *item)),
            None => false,
        },
        yaml::Value::Object(shape) => match value.as_object() {
            Some(members) => return check(members, shape).map_err(Some),
            None => false,
        },
        yaml::Value::AnyOf(values) => values.iter().any(|one| fits(value, *one).is_ok()),
        _ => true,
    };
    if holds { Ok(()) } else { Err(None) }
}

fn wanted(value: yaml::Value) -> String {
    match value {
        yaml::Value::Text => "a text".to_owned(),
        yaml::Value::Duration => "a duration such as \"15m\"".to_owned(),
        yaml::Value::Integer => "a whole number, 0 or more".to_owned(),
        yaml::Value::Bool => "true or false".to_owned(),
        yaml::Value::Null => "null".to_owned(),
        yaml::Value::List(item) => format!("a list, each entry {}", wanted(*item)),
        yaml::Value::Map(yaml::Value::Any) => "an object".to_owned(),
        yaml::Value::Map(item) => format!("an object, each member {}", wanted(*item)),
        yaml::Value::Object(shape) => shape.name.to_owned(),
        yaml::Value::Choice(words) => {
            words.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(" or ")
        }
        yaml::Value::AnyOf(values) => values.iter().map(|one| wanted(*one)).collect::<Vec<_>>().join(", or "),
        _ => "something else".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::yaml::Key;

    static THING: Shape = Shape {
        name: "a thing",
        doc: "For this test.",
        keys: &[
            Key::required("name", yaml::Value::Text, "Its name."),
            Key::optional("names", yaml::Value::List(&yaml::Value::Text), "Names."),
            Key::optional("parts", yaml::Value::Object(&PART), "Parts."),
            Key::optional(
                "size",
                yaml::Value::AnyOf(&[yaml::Value::Integer, yaml::Value::Choice(&["large", "small"])]),
                "How large.",
            ),
        ],
    };

    static PART: Shape = Shape {
        name: "a part",
        doc: "For this test.",
        keys: &[Key::optional("count", yaml::Value::Integer, "How many.")],
    };

    #[rstest]
    #[case("", "`name` is missing")]
    #[case("{", "the body is not JSON: EOF while parsing an object at line 1 column 1")]
    #[case("[]", "the body is JSON, but not an object")]
    #[case(r#"{"nam":1}"#, "there is no member `nam`; did you mean `name`?")]
    #[case(r#"{"zzzzzz":1}"#, "there is no member `zzzzzz`; there are name, names, parts, size")]
    #[case(r#"{"name":1}"#, "`name` must be a text, not 1")]
    #[case(r#"{"name":"a","names":[1]}"#, "`names` must be a list, each entry a text, not [1]")]
    #[case(r#"{"name":"a","parts":3}"#, "`parts` must be a part, not 3")]
    #[case(r#"{"name":"a","parts":{"cuont":3}}"#, "there is no member `cuont`; did you mean `count`?")]
    #[case(
        r#"{"name":"a","size":"huge"}"#,
        r#"`size` must be a whole number, 0 or more, or "large" or "small", not "huge""#
    )]
    fn what_is_wrong_with_a_body_is_told(#[case] body: &str, #[case] expected: &str) {
        assert_eq!(read(body.as_bytes(), Takes::Members(&THING, "")).unwrap_err(), expected);
    }

    #[test]
    fn a_call_that_takes_nothing_says_so() {
        assert_eq!(read(b" \n", Takes::Nothing), Ok(Map::new()));
        let told = read(br#"{"a":1}"#, Takes::Nothing).unwrap_err();
        assert_eq!(told, "there is no member `a`: this call takes none");
    }
}
