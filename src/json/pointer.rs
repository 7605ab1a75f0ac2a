//! JSON Pointer (RFC 6901).

use std::fmt;

use serde_json::Value;

/// A place in a JSON value; the empty pointer is the whole of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pointer(Vec<String>);

impl Pointer {
    /// Reads a pointer; the error says what is wrong, as the end of a sentence that begins with the text.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let tokens = text.strip_prefix('/').ok_or("does not begin with `/`")?;
        tokens
            .split('/')
            .map(unescape)
            .collect::<Option<_>>()
            .map(Self)
            .ok_or("has a `~` that is neither `~0` nor `~1`")
    }

    /// The value at this place.
    pub fn get<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        self.0.iter().try_fold(value, |value, token| match value {
            Value::Object(members) => members.get(token),
            Value::Array(items) => items.get(index(token)?),
            _ => None,
        })
    }

    /// Whether this is the place to which `tokens` lead; `*` here is every member and every item.
    pub fn fits(&self, tokens: &[String]) -> bool {
        self.0.len() == tokens.len()
            && self.0.iter().zip(tokens).all(|(own, token)| own == "*" || own == token)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|token| write!(out, "/{}", escape(token)))
    }
}

/// A member's name as it stands in a pointer.
pub fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

fn unescape(token: &str) -> Option<String> {
    let mut pieces = token.split('~');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let letter = match piece.as_bytes().first() {
            Some(b'0') => '~',
            Some(b'1') => '/',
            _ => return None,
        };
        text.push(letter);
        text.push_str(&piece[1..]);
    }
    Some(text)
}

/// `0`, `7`, `12`; neither `01` nor `-` nor `+1`.
fn index(token: &str) -> Option<usize> {
    let digits = token.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = token == "0" || !token.starts_with('0');
    if digits && canonical { token.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case("", Some(json!({"a/b": [1, {"m~n": 2}], "": 3})))]
    #[case("/a~1b/0", Some(json!(1)))]
    #[case("/a~1b/1/m~0n", Some(json!(2)))]
    #[case("/", Some(json!(3)))]
    #[case("/a~1b/01", None)]
    #[case("/a~1b/-", None)]
    #[case("/a~1b/2", None)]
    #[case("/nope", None)]
    fn finds_places(#[case] text: &str, #[case] expected: Option<Value>) {
        let value = json!({"a/b": [1, {"m~n": 2}], "": 3});
        let pointer = Pointer::parse(text).unwrap();
        assert_eq!(pointer.get(&value), expected.as_ref());
        assert_eq!(pointer.to_string(), text);
    }

    #[rstest]
    #[case("/items/*/id", &["items", "0", "id"], true)]
    #[case("/*", &["log"], true)]
    #[case("", &[], true)]
    #[case("/items/*/id", &["items", "0", "name"], false)]
    #[case("/items/*", &["items", "0", "id"], false)]
    #[case("/items/*", &["items"], false)]
    fn a_star_is_every_member(#[case] text: &str, #[case] tokens: &[&str], #[case] expected: bool) {
        let tokens: Vec<String> = tokens.iter().map(|token| (*token).to_owned()).collect();
        assert_eq!(Pointer::parse(text).unwrap().fits(&tokens), expected);
    }

    #[rstest]
    #[case("a", "does not begin with `/`")]
    #[case("/a~2", "has a `~` that is neither `~0` nor `~1`")]
    #[case("/a~", "has a `~` that is neither `~0` nor `~1`")]
    fn refuses_what_is_no_pointer(#[case] text: &str, #[case] reason: &str) {
        assert_eq!(Pointer::parse(text), Err(reason));
    }

    proptest::proptest! {
        #[test]
        fn any_member_can_be_pointed_at(name in ".{0,8}") {
            let value = json!({ name.clone(): true });
            let pointer = Pointer::parse(&format!("/{}", escape(&name))).unwrap();
            proptest::prop_assert_eq!(pointer.get(&value), Some(&json!(true)));
        }
    }
}
