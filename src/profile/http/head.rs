//! What may stand in the head of a request (RFC 9110 §5.1, §5.5, §9.1): one that could not be written is never sent.

use serde_json::Value as Json;

/// The method, if it is one.
pub(super) fn method(text: String) -> Result<String, String> {
    if is_token(&text) {
        return Ok(text);
    }
    Err(format!("{} is no method: it is one word of letters, digits and a few signs", Json::from(text)))
}

/// Whether a header can have this name.
pub fn header_name(name: &str) -> Result<(), String> {
    if is_token(name) {
        return Ok(());
    }
    let name = Json::from(name);
    Err(format!("{name} is no name of a header: it is one word of letters, digits and a few signs"))
}

/// Whether a header can be written; the value stays out of the message, because it may be a secret.
pub(super) fn header(name: &str, value: &str) -> Result<(), String> {
    header_name(name)?;
    if value.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t') {
        return Err(format!("the value of the header `{name}` holds a line break or a control character"));
    }
    Ok(())
}

/// A word of letters, digits and the signs of RFC 9110 §5.6.2.
fn is_token(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_part)
}
