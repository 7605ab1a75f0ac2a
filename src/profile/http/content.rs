//! The body of a request: JSON, text, a form, parts, or the bytes of a file.

use bytes::Bytes;
use serde_json::{Map, Value as Json};

use super::{head, place};
use crate::profile::{Files, Words, word};
use crate::yaml::{Key, Shape, Value};

const NUMBER: Value = Value::AnyOf(&[Value::Integer, Value::Expression]);

/// `file`, where it names more than the file.
pub(super) static FILE: Shape = Shape {
    name: "a file to send",
    doc: "The bytes of a file of the suite, or a part of them.",
    keys: &[
        Key::required("name", Value::Text, "Its path below the suite's `files/`.").like("order.csv"),
        Key::optional("offset", NUMBER, "The first byte to send, counted from 0.").or("0").like("1024"),
        Key::optional("length", NUMBER, "How many bytes to send; up to the end, if left out.").like("1024"),
    ],
};

/// A part of `multipart` that is a file.
pub(super) static PART: Shape = Shape {
    name: "a part of a form",
    doc: "A file of the suite as a part of a form.",
    keys: &[
        Key::required("file", Value::Text, "Its path below the suite's `files/`.").like("order.csv"),
        Key::optional("type", Value::Text, "Its `Content-Type`.")
            .or("application/octet-stream")
            .like("text/csv"),
    ],
};

/// What a form in parts is, with what separates them: too long to stand in a file by chance.
const MULTIPART: &str = "multipart/form-data; boundary=orchspec-7d1f3b0a5c9e4268";

/// The words that give a request a body, of which it has one at most.
pub(super) const BODIES: [&str; 5] = ["json", "body", "form", "multipart", "file"];

/// A body, and what it is unless the scenario says otherwise.
pub(super) struct Content {
    bytes: Bytes,
    media_type: &'static str,
}

impl Content {
    /// What it is.
    pub(super) fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// The bytes.
    pub(super) fn into_bytes(self) -> Bytes {
        self.bytes
    }
}

/// The body that the words come to, if they speak of one.
pub(super) fn build(words: Words<'_>) -> Result<Option<Content>, String> {
    let given: Vec<&str> = BODIES.into_iter().filter(|name| words.words.contains_key(*name)).collect();
    let kind = match given.as_slice() {
        [] => return Ok(None),
        [kind] => *kind,
        [first, second, ..] => return Err(format!("a request cannot have both `{first}` and `{second}`")),
    };
    let (bytes, media_type) = match kind {
        "json" => (words.words["json"].to_string().into(), "application/json"),
        "body" => (text(words.words)?, "text/plain; charset=utf-8"),
        "form" => (form(words.words)?, "application/x-www-form-urlencoded"),
        "multipart" => (parts(words)?, MULTIPART),
        _ => (file(&words.words["file"], words.files)?, "application/octet-stream"),
    };
    Ok(Some(Content { bytes, media_type }))
}

fn text(words: &Map<String, Json>) -> Result<Bytes, String> {
    Ok(Bytes::copy_from_slice(word::text(words, "body")?.unwrap_or_default().as_bytes()))
}

fn form(words: &Map<String, Json>) -> Result<Bytes, String> {
    let entries = word::mapping(words, "form")?.map(|entries| place::pairs("form", entries));
    let entries = entries.transpose()?.unwrap_or_default();
    let pair = |(name, value): &(&str, String)| format!("{}={}", place::escape(name), place::escape(value));
    Ok(entries.iter().map(pair).collect::<Vec<_>>().join("&").into())
}

/// Parts in the form of RFC 7578.
fn parts(words: Words<'_>) -> Result<Bytes, String> {
    let boundary = MULTIPART.rsplit('=').next().unwrap_or_default();
    let mut bytes = Vec::new();
    for (name, part) in word::mapping(words.words, "multipart")?.into_iter().flatten() {
        let disposition =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(name));
        bytes.extend(disposition.bytes());
        match part.as_object().filter(|part| part.contains_key("file")) {
            Some(part) => {
                let file_name = word::text(part, "file")?.unwrap_or_default();
                let media_type = word::text(part, "type")?.unwrap_or("application/octet-stream");
                head::header("Content-Type", media_type)?;
                let last = file_name.rsplit('/').next().unwrap_or(file_name);
                let head = format!("; filename=\"{}\"\r\nContent-Type: {media_type}\r\n\r\n", quoted(last));
                bytes.extend(head.bytes());
                bytes.extend_from_slice(find(file_name, words.files)?);
            }
            None => bytes.extend(format!("\r\n\r\n{}", word::single("multipart", name, part)?).bytes()),
        }
        bytes.extend(b"\r\n");
    }
    bytes.extend(format!("--{boundary}--\r\n").bytes());
    Ok(bytes.into())
}

/// What would end a quoted name is percent-encoded, as browsers do (RFC 7578 §2).
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn find<'f>(name: &str, files: &'f Files) -> Result<&'f Bytes, String> {
    files.get(name).ok_or_else(|| format!("the suite has no file `{name}`"))
}

/// The bytes of a file, or the part that is asked for.
pub(super) fn file(value: &Json, files: &Files) -> Result<Bytes, String> {
    let Some(part) = value.as_object() else {
        let name =
            value.as_str().ok_or_else(|| format!("`file` must be a text or a mapping, not {value}"))?;
        return find(name, files).cloned();
    };
    let bytes = find(word::text(part, "name")?.unwrap_or_default(), files)?;
    let from = number(part, "offset")?.unwrap_or(0);
    if from > bytes.len() {
        return Err(format!("the file has {} bytes, and none from byte {from}", bytes.len()));
    }
    let length = number(part, "length")?.unwrap_or(bytes.len() - from);
    let end = from.checked_add(length).filter(|end| *end <= bytes.len());
    let end = end.ok_or_else(|| {
        format!("the file has {} bytes, and {length} from byte {from} are more", bytes.len())
    })?;
    Ok(bytes.slice(from..end))
}

fn number(part: &Map<String, Json>, name: &str) -> Result<Option<usize>, String> {
    let Some(value) = part.get(name) else { return Ok(None) };
    let number = value.as_u64().and_then(|number| usize::try_from(number).ok());
    number.map(Some).ok_or_else(|| format!("`{name}` must be a whole number, 0 or more, not {value}"))
}
