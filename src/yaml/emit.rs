//! A tree back to YAML text: block style, with what is short within braces; what is written is read back as the same
//! values.

use std::fmt::Write;

use super::{Kind, Node};
use crate::clock::parse_duration;
use crate::source::Spanned;

/// What is longer than this does not stand within braces.
const WIDEST: usize = 80;

/// Writes a tree; ends with a newline.
pub fn emit(node: &Node) -> String {
    let mut text = String::new();
    block(node, 0, &mut text);
    text
}

fn block(node: &Node, indent: usize, text: &mut String) {
    match &node.kind {
        Kind::Mapping(entries) if !entries.is_empty() => {
            for (key, value) in entries {
                push_indent(indent, text);
                let _ = write!(text, "{}:", scalar(&key.value));
                value_of(value, indent, text);
            }
        }
        Kind::Sequence(items) if !items.is_empty() => {
            for item in items {
                push_indent(indent, text);
                text.push('-');
                item_of(item, indent, text);
            }
        }
        _ => {
            push_indent(indent, text);
            let _ = writeln!(text, "{}", flow(node));
        }
    }
}

/// A value behind its key: on the same line if it is short, below and further in if not.
fn value_of(value: &Node, indent: usize, text: &mut String) {
    if let Some(short) = short(value) {
        let _ = writeln!(text, " {short}");
    } else {
        text.push('\n');
        block(value, indent + 2, text);
    }
}

/// An item behind its dash; if it is long, its first line stands there too.
fn item_of(item: &Node, indent: usize, text: &mut String) {
    if let Some(short) = short(item) {
        let _ = writeln!(text, " {short}");
    } else {
        let mut below = String::new();
        block(item, indent + 2, &mut below);
        let _ = write!(text, " {}", below.trim_start_matches(' '));
    }
}

/// A node on one line, if it fits there.
fn short(node: &Node) -> Option<String> {
    let is_single = !matches!(node.kind, Kind::Sequence(_) | Kind::Mapping(_));
    Some(flow(node)).filter(|text| is_single || text.len() <= WIDEST)
}

fn flow(node: &Node) -> String {
    match &node.kind {
        Kind::Text(own) => scalar(own),
        Kind::Sequence(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Kind::Mapping(entries) if entries.is_empty() => "{}".to_owned(),
        Kind::Mapping(entries) => {
            let entries: Vec<String> = entries.iter().map(|(key, value)| entry(key, value)).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        _ => node.to_json().to_string(),
    }
}

fn entry(key: &Spanned<String>, value: &Node) -> String {
    format!("{}: {}", scalar(&key.value), flow(value))
}

fn push_indent(indent: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indent));
}

/// A text as it is written: plain where nothing in it means anything to YAML; in double quotes, escaped as JSON is, everywhere else.
pub fn scalar(own: &str) -> String {
    let is_plain = (own.starts_with(|c: char| c.is_ascii_alphabetic()) || parse_duration(own).is_some())
        && own.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | '@' | '#'))
        && !["null", "true", "false"].contains(&own.to_lowercase().as_str());
    if is_plain { own.to_owned() } else { quoted(own) }
}

/// JSON's escapes are YAML's; the few characters that YAML refuses and JSON does not are escaped too.
fn quoted(own: &str) -> String {
    let mut text = String::new();
    for letter in serde_json::Value::from(own).to_string().chars() {
        match letter {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(text, "\\u{:04x}", u32::from(letter));
            }
            _ => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::source::SourceMap;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn read(text: &str) -> Option<Value> {
        let id = SourceMap::default().add("a.yaml", text);
        let mut diagnostics = Vec::new();
        let node = parse(id, text, &mut diagnostics);
        assert_eq!(diagnostics, [], "{text}");
        node.map(|node| node.to_json())
    }

    fn node(value: &Value) -> Node {
        let text = value.to_string();
        let id = SourceMap::default().add("a.json", text.as_str());
        parse(id, &text, &mut Vec::new()).unwrap()
    }

    #[test]
    fn writes_what_people_would_write() {
        let long = json!({ "name": "x".repeat(70), "list": [[1, 2], ["y".repeat(80)]], "last": true });
        let value =
            json!({ "title": "a job: done", "steps": [{ "get": "/a", "times": 3 }, [], long], "none": null });
        insta::assert_snapshot!(emit(&node(&value)), @r#"
        title: "a job: done"
        steps:
          - { get: "/a", times: 3 }
          - []
          - name: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
            list:
              - [1, 2]
              - - yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy
            last: true
        none: null
        "#);
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1.0e9..1.0e9).prop_map(Value::from),
            "[ -~äß\n\t€]{0,12}".prop_map(Value::from),
            "[a-z:#{}\\[\\],&*!|>'\"%@`0-9. -]{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-z$:# {}]{1,6}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in prop::collection::btree_map("[a-z]{1,4}", values(), 1..4)) {
            let value = Value::Object(value.into_iter().collect());
            let tree = node(&value);
            prop_assert_eq!(read(&emit(&tree)), Some(tree.to_json()));
        }
    }
}
