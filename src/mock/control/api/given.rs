//! What a call gives besides its path: body, query and headers, each held against the table.

use hyper::HeaderMap;
use hyper::header::{HeaderName, IF_MATCH};
use serde_json::{Map, Value};

use super::body;
use super::call::Call;
use crate::diagnostic::nearest;

/// What a call gives, all of it of the right form.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Given {
    /// The members of the body.
    pub(super) members: Map<String, Value>,
    /// The entries of the query.
    pub(super) query: Vec<(&'static str, u64)>,
    /// The version that the job is to have.
    pub(super) version: Option<u64>,
    /// The last event that the caller has seen.
    pub(super) last_event: Option<u64>,
}

impl Given {
    /// Reads it, or tells what is wrong with it.
    pub(super) fn read(
        call: &Call,
        (query, headers, bytes): (&str, &HeaderMap, &[u8]),
    ) -> Result<Self, String> {
        Ok(Self {
            members: body::read(bytes, call.takes)?,
            query: entries(call, query)?,
            version: version(call, headers)?,
            last_event: text(headers, &HeaderName::from_static("last-event-id"))
                .and_then(|id| id.parse().ok()),
        })
    }
}

/// The entries of a query; all of them are numbers, so that nothing has to be decoded.
fn entries(call: &Call, query: &str) -> Result<Vec<(&'static str, u64)>, String> {
    let entries = query.split('&').filter(|entry| !entry.is_empty());
    entries.map(|entry| read_entry(call, entry)).collect()
}

fn read_entry(call: &Call, entry: &str) -> Result<(&'static str, u64), String> {
    let (name, value) = entry.split_once('=').unwrap_or((entry, ""));
    let mut known = call.query.iter().map(|(name, _)| *name);
    let Some(own) = known.clone().find(|own| *own == name) else {
        return Err(match nearest(name, known.clone()) {
            Some(near) => format!("the query has no entry `{name}`; did you mean `{near}`?"),
            None if known.next().is_none() => {
                format!("the query has no entry `{name}`: this call takes none")
            }
            None => format!("the query has no entry `{name}`; there are {}", names(call)),
        });
    };
    let number = value.parse().map_err(|_| format!("`{name}` must be a whole number, not {value:?}"))?;
    Ok((own, number))
}

fn names(call: &Call) -> String {
    call.query.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// The version in `If-Match`, with or without the quotes of an entity tag; `*` is any.
fn version(call: &Call, headers: &HeaderMap) -> Result<Option<u64>, String> {
    match text(headers, &IF_MATCH).filter(|_| call.at_a_version) {
        None | Some("*") => Ok(None),
        Some(tag) => match tag.trim_matches('"').parse() {
            Ok(version) => Ok(Some(version)),
            Err(_) => Err(format!("`If-Match` must be the version of a job such as \"2\", not {tag}")),
        },
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("a text of odd bytes"))
}

#[cfg(test)]
mod tests {
    use hyper::Method;
    use hyper::header::HeaderValue;
    use rstest::rstest;

    use super::super::route;
    use super::*;

    fn read(line: &str, tag: Option<&'static str>) -> Result<Given, String> {
        let (method, target) = line.split_once(' ').unwrap();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let (call, _) = route::find(&method.parse::<Method>().unwrap(), path, false).unwrap();
        let tag = tag.map(|tag| (IF_MATCH, HeaderValue::from_static(tag)));
        Given::read(call, (query, &tag.into_iter().collect(), b""))
    }

    #[rstest]
    #[case("GET /journal?since=3&limit=5", None, Given { query: vec![("since", 3), ("limit", 5)], ..Given::default() })]
    #[case("POST /jobs/1/hold", Some("\"2\""), Given { version: Some(2), ..Given::default() })]
    #[case("POST /jobs/1/hold", Some("*"), Given::default())]
    #[case("GET /jobs", Some("odd"), Given::default())]
    fn what_a_call_gives_is_read(
        #[case] line: &str,
        #[case] tag: Option<&'static str>,
        #[case] expected: Given,
    ) {
        assert_eq!(read(line, tag), Ok(expected));
    }

    #[rstest]
    #[case("GET /journal?sinc=3", None, "the query has no entry `sinc`; did you mean `since`?")]
    #[case("GET /journal?number=3", None, "the query has no entry `number`; there are since, limit, job")]
    #[case("GET /jobs?since=3", None, "the query has no entry `since`: this call takes none")]
    #[case("GET /journal?since=x", None, "`since` must be a whole number, not \"x\"")]
    #[case(
        "POST /jobs/1/hold",
        Some("W/2"),
        "`If-Match` must be the version of a job such as \"2\", not W/2"
    )]
    fn what_is_wrong_with_it_is_told(
        #[case] line: &str,
        #[case] tag: Option<&'static str>,
        #[case] expected: &str,
    ) {
        assert_eq!(read(line, tag), Err(expected.to_owned()));
    }
}
