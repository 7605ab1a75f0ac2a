//! What is told of a request before it is sent.

use rstest::rstest;

use crate::profile::{Files, check_kinds, find};
use crate::source::SourceMap;

/// Every message about the words of a request, as a suite is loaded.
fn told(words: &str) -> Vec<String> {
    let files: Files = [("a.bin".to_owned(), "0123456789".into())].into_iter().collect();
    let (source, mut diagnostics) = (SourceMap::default().add("a.yaml", words), Vec::new());
    let node = crate::yaml::parse(source, words, &mut diagnostics).unwrap();
    let profile = find("http").unwrap();
    check_kinds(&node, profile.request_shape(), &mut diagnostics);
    profile.examine(&node, &files, &mut diagnostics);
    let all_placed = diagnostics.iter().all(|told| told.label.is_some());
    let all_helped = diagnostics.iter().all(|told| !told.help.is_empty() || told.code == "wrong-type");
    assert!(all_placed && all_helped, "{diagnostics:?}");
    diagnostics.into_iter().map(|told| format!("{}: {}", told.code, told.message)).collect()
}

#[rstest]
#[case::no_slash("{ get: jobs }", "place: \"jobs\" is neither a path nor a URL")]
#[case::nowhere("{ get: '' }", "place: \"\" is neither a path nor a URL")]
#[case::blank("{ get: '/a b' }", "place: \" \" cannot stand in a URL, as in \"/a b\"")]
#[case::open_gap("{ get: '/a/{id' }", "place: \"{\" cannot stand in a URL, as in \"/a/{id\"")]
#[case::half_an_escape("{ get: '/a%zz' }", "place: \"/a%zz\" cannot stand in a URL (RFC 3986)")]
#[case::no_host("{ get: 'http://' }", "place: \"http://\" names no host")]
#[case::blank_behind_a_value("{ get: '${{ job }} b' }", "place: \" \" cannot stand in a URL, as in \"0 b\"")]
#[case::gap("{ get: '/a/{id}' }", "gap: nothing fills `{id}`")]
#[case::gap_behind_a_value("{ get: '${{ job }}/{id}' }", "gap: nothing fills `{id}`")]
#[case::no_gap("{ get: /a, path: { id: 1 } }", "gap: `path` has a value for `id`, and \"/a\" has no `{id}`")]
#[case::list_for_a_gap(
    "{ get: '/{id}', path: { id: [1] } }",
    "wrong-type: expected text, a number or a truth value, found a list"
)]
#[case::no_method("{ raw: /a }", "request-words: `raw` needs a `method` beside it")]
#[case::no_raw("{ get: /a, method: PUT }", "request-words: `method` means something only beside `raw`")]
#[case::two_words(
    "{ raw: /a, method: P UT }",
    "request-words: \"P UT\" is no method: it is one word of letters, digits and a few signs"
)]
#[case::hold_number("{ get: /a, hold: 2 }", "wrong-type: expected a duration such as `100ms`, found 2")]
#[case::hold_blank(
    "{ get: /a, hold: 30 s }",
    "wrong-type: expected a duration such as `100ms`, found \"30 s\""
)]
#[case::negative(
    "{ put: /a, file: { name: a.bin, offset: -1 } }",
    "file-part: `offset` must be a whole number, 0 or more, not -1"
)]
#[case::beyond(
    "{ put: /a, file: { name: a.bin, offset: 11 } }",
    "file-part: the file has 10 bytes, and none from byte 11"
)]
#[case::longer(
    "{ put: /a, file: { name: a.bin, offset: 8, length: 3 } }",
    "file-part: the file has 10 bytes, and 3 from byte 8 are more"
)]
#[case::offset_as_text(
    "{ put: /a, file: { name: a.bin, offset: '1' } }",
    "wrong-type: expected a whole number, found \"1\""
)]
#[case::header_name(
    "{ get: /a, headers: { X Y: 1 } }",
    "header: \"X Y\" is no name of a header: it is one word of letters, digits and a few signs"
)]
#[case::header_value(
    "{ get: /a, headers: { X: \"a\\nb\" } }",
    "header: the value of the header `X` holds a line break or a control character"
)]
#[case::media_type(
    "{ post: /a, content_type: \"a\\nb\" }",
    "header: the value of the header `Content-Type` holds a line break or a control character"
)]
#[case::header_list(
    "{ get: /a, headers: { X: [1] } }",
    "wrong-type: expected text, a number or a truth value, found a list"
)]
#[case::part(
    "{ post: /a, multipart: { f: { fil: a.bin } } }",
    "unknown-key: a part of a form has no key `fil`"
)]
#[case::part_of_lists(
    "{ post: /a, multipart: { f: [1] } }",
    "wrong-type: expected text, a number or a truth value or a mapping, found a list"
)]
#[case::deep_query(
    "{ get: /a, query: { a: { b: 1 } } }",
    "wrong-type: expected text, a number or a truth value or a list, found a mapping"
)]
#[case::deeper_query(
    "{ get: /a, query: { a: [[1]] } }",
    "wrong-type: expected text, a number or a truth value, found a list"
)]
#[case::deep_form(
    "{ post: /a, form: { a: { b: 1 } } }",
    "wrong-type: expected text, a number or a truth value or a list, found a mapping"
)]
fn a_mistake_is_told_once(#[case] words: &str, #[case] expected: &str) {
    assert_eq!(told(words), [expected]);
}

#[rstest]
#[case("{ get: / }")]
#[case("{ get: '/a?b=c&d%5B%5D=%20#e' }")]
#[case("{ get: 'http://[::1]:9/a' }")]
#[case("{ get: 'http://[${{ ip }}]:${{ port }}/a%${{ hex }}' }")]
#[case("{ get: '${{ place }}', path: { id: 1 } }")]
#[case("{ get: '/a/{id}', path: '${{ gaps }}' }")]
#[case("{ get: '/a/{id}/{id}', path: { id: '${{ id }}' } }")]
#[case("{ get: '$${{ job }}' }")]
#[case("{ raw: /a, method: '${{ method }}', hold: '${{ target.prompt }}' }")]
#[case("{ raw: /a, method: M-SEARCH, hold: 1m30s }")]
#[case("{ put: /a, file: { name: '${{ name }}', offset: 99 } }")]
#[case("{ put: /a, file: { name: a.bin, offset: '${{ at }}', length: 99 } }")]
#[case("{ put: /a, file: { name: a.bin, offset: 10 } }")]
#[case("{ get: /a, headers: { '${{ name }}': 1, X-A: \"a\\tü\", X-B: '', X-C: '${{ a }}' } }")]
#[case("{ post: /a, multipart: { a: 1, b: '${{ b }}', c: { file: a.bin, type: text/plain } } }")]
#[case("{ get: /a, query: { a: [1, '${{ b }}'], c: null, d: yes } }")]
fn what_can_be_sent_is_left_alone(#[case] words: &str) {
    assert_eq!(told(words), [""; 0]);
}
