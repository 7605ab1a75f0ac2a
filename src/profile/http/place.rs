//! Where a request goes: a path below the base or a whole URL, its gaps filled and its query added.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value as Json};

use crate::http::message::Url;
use crate::profile::{Words, raw, word};

/// Everything but what RFC 3986 §2.3 leaves unreserved.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as it stands in a path or a query.
pub(super) fn escape(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// The URL that the words behind `action` come to.
pub(super) fn locate(words: Words<'_>, action: &str) -> Result<Url, String> {
    let place = word::text(words.words, action)?.unwrap_or_default();
    let filled = fill(place, word::mapping(words.words, "path")?)?;
    let is_whole = filled.starts_with("http://") || filled.starts_with("https://");
    let url = if is_whole {
        Url::parse(&filled).map_err(|reason| format!("`{action}`: {} {reason}", Json::from(filled)))?
    } else {
        raw::locate(words.base, &filled)?
    };
    match word::mapping(words.words, "query")? {
        Some(entries) => with_query(&url, &pairs(entries)),
        None => Ok(url),
    }
}

/// Puts a value into each `{name}` of a place.
fn fill(place: &str, values: Option<&Map<String, Json>>) -> Result<String, String> {
    let mut filled = place.to_owned();
    for (name, value) in values.into_iter().flatten() {
        let gap = format!("{{{name}}}");
        if !filled.contains(&gap) {
            return Err(format!("`path` has a value for `{name}`, and {} has no `{gap}`", Json::from(place)));
        }
        filled = filled.replace(&gap, &escape(&word::as_text(value)));
    }
    let open = filled.split_once('{').and_then(|(_, rest)| rest.split_once('}'));
    match open {
        Some((name, _)) => Err(format!("nothing fills `{{{name}}}`: write `path: {{ {name}: … }}`")),
        None => Ok(filled),
    }
}

/// Names and texts of entries; a list stands for several of one name.
pub(super) fn pairs(entries: &Map<String, Json>) -> Vec<(&str, String)> {
    let mut pairs = Vec::new();
    for (name, value) in entries {
        match value {
            Json::Array(items) => {
                pairs.extend(items.iter().map(|item| (name.as_str(), word::as_text(item))));
            }
            one => pairs.push((name, word::as_text(one))),
        }
    }
    pairs
}

/// The URL with these entries at the end of its query.
pub(super) fn with_query(url: &Url, entries: &[(&str, String)]) -> Result<Url, String> {
    if entries.is_empty() {
        return Ok(url.clone());
    }
    let added: Vec<String> =
        entries.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    let separator = if url.query().is_some() { '&' } else { '?' };
    let text = format!("{}{separator}{}", url.without_fragment(), added.join("&"));
    Url::parse(&text).map_err(|reason| format!("{} {reason}", Json::from(text)))
}
