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
        Some(entries) => with_query(&url, &pairs("query", entries)?),
        None => Ok(url),
    }
}

/// The names of the gaps of a place: `id` of `/jobs/{id}`.
pub(super) fn gaps(place: &str) -> impl Iterator<Item = &str> {
    place.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

/// Puts a value into each `{name}` of a place.
fn fill(place: &str, values: Option<&Map<String, Json>>) -> Result<String, String> {
    let mut filled = place.to_owned();
    for (name, value) in values.into_iter().flatten() {
        let gap = format!("{{{name}}}");
        if !filled.contains(&gap) {
            return Err(format!("`path` has a value for `{name}`, and {} has no `{gap}`", Json::from(place)));
        }
        filled = filled.replace(&gap, &escape(&word::single("path", name, value)?));
    }
    let open = gaps(&filled).next().map(str::to_owned);
    match open {
        Some(name) => Err(format!("nothing fills `{{{name}}}`: write `path: {{ {name}: … }}`")),
        None => Ok(filled),
    }
}

/// Names and texts of the entries of a word; a list stands for several of one name.
pub(super) fn pairs<'e>(
    word: &str,
    entries: &'e Map<String, Json>,
) -> Result<Vec<(&'e str, String)>, String> {
    let mut pairs = Vec::new();
    for (name, value) in entries {
        for item in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
            pairs.push((name.as_str(), word::single(word, name, item)?));
        }
    }
    Ok(pairs)
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
