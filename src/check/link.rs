//! Links by their relation: in the header `Link` (RFC 8288), or in a JSON body as its `links` or `_links`.

use serde_json::Value;

use super::view::View;
use crate::http::message::readable;

/// The reference of the first link of a relation, as it is written.
pub(super) fn find(view: &View<'_>, relation: &str) -> Option<String> {
    let response = view.response().ok()?;
    let of_header = response.headers.all("link").find_map(|line| in_header(&readable(line), relation));
    of_header.or_else(|| in_body(view.json()?, relation))
}

/// `<reference>; rel="one other"`, several of them apart by commas.
fn in_header(line: &str, relation: &str) -> Option<String> {
    let mut rest = line;
    while let Some((_, behind)) = rest.split_once('<') {
        let (reference, parameters) = behind.split_once('>')?;
        let end = end_of_parameters(parameters);
        if relations(&parameters[..end]).any(|own| own.eq_ignore_ascii_case(relation)) {
            return Some(reference.trim().to_owned());
        }
        rest = &parameters[end..];
    }
    None
}

/// Where the next link begins: at a comma that stands in no quotes.
fn end_of_parameters(text: &str) -> usize {
    unquoted(text, ',').next().unwrap_or(text.len())
}

/// The places of a letter that stand in no quotes.
fn unquoted(text: &str, wanted: char) -> impl Iterator<Item = usize> {
    let mut is_quoted = false;
    text.char_indices().filter_map(move |(at, letter)| {
        is_quoted ^= letter == '"';
        (letter == wanted && !is_quoted).then_some(at)
    })
}

/// The relations that the parameters of a link name.
fn relations(parameters: &str) -> impl Iterator<Item = &str> {
    let ends = unquoted(parameters, ';').chain([parameters.len()]);
    let mut start = 0;
    let values = ends.filter_map(move |end| {
        let (name, value) = parameters[std::mem::replace(&mut start, end + 1)..end].split_once('=')?;
        name.trim().eq_ignore_ascii_case("rel").then(|| value.trim().trim_matches('"'))
    });
    values.flat_map(str::split_whitespace)
}

/// `links: [ { rel, href } ]`, or `_links: { REL: { href } }`; where there may be several, there may be a list of them.
fn in_body(body: &Value, relation: &str) -> Option<String> {
    let listed = body.get("links").and_then(Value::as_array).into_iter().flatten();
    let fits = |link: &&Value| each(link.get("rel")).any(|own| own.as_str() == Some(relation));
    let named = each(body.get("_links").and_then(|links| links.get(relation)));
    let reference = listed.filter(fits).chain(named).find_map(|link| link.get("href")?.as_str());
    reference.map(str::to_owned)
}

/// A value, or the items of a list.
fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let items = value.map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
    items.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case(r#"</a>; rel="next""#, Some("/a"))]
    #[case(r#"</b,c>; title="x, <y>; rel=next", </a> ; rel=next"#, Some("/a"))]
    #[case(r#"</a>; rel="prev next""#, Some("/a"))]
    #[case("</a>; rel=prev", None)]
    #[case("no link", None)]
    #[case("</a", None)]
    fn a_header_is_read(#[case] line: &str, #[case] expected: Option<&str>) {
        assert_eq!(in_header(line, "next").as_deref(), expected);
    }

    #[rstest]
    #[case(json!({ "links": [{ "rel": "self", "href": "/s" }, { "rel": "next", "href": "/a" }] }), Some("/a"))]
    #[case(json!({ "_links": { "next": { "href": "/a" } } }), Some("/a"))]
    #[case(json!({ "links": [{ "rel": ["prev", "next"], "href": "/a" }] }), Some("/a"))]
    #[case(json!({ "_links": { "next": [{ "href": "/a" }, { "href": "/b" }] } }), Some("/a"))]
    #[case(json!({ "_links": { "next": [] } }), None)]
    #[case(json!({ "links": { "next": "/a" } }), None)]
    #[case(json!([]), None)]
    fn a_body_is_read(#[case] body: Value, #[case] expected: Option<&str>) {
        assert_eq!(in_body(&body, "next").as_deref(), expected);
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read_without_a_panic(line in "[<>;,=\" relä]{0,40}") {
            in_header(&line, "rel");
        }
    }
}
