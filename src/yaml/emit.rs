//! A tree back to YAML text in block style; what is written is read back as the same values.

use std::fmt::Write;

use super::{Kind, Node};

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
                text.push_str(&scalar_text(&key.value));
                text.push(':');
                value_of(value, indent, text);
            }
        }
        Kind::Sequence(items) if !items.is_empty() => {
            for item in items {
                push_indent(indent, text);
                text.push('-');
                value_of(item, indent, text);
            }
        }
        _ => {
            push_indent(indent, text);
            let _ = writeln!(text, "{}", flat(node));
        }
    }
}

/// A value after its key or dash: on the same line if it is flat, below and further in if it is a collection.
fn value_of(node: &Node, indent: usize, text: &mut String) {
    let is_flat = match &node.kind {
        Kind::Mapping(entries) => entries.is_empty(),
        Kind::Sequence(items) => items.is_empty(),
        _ => true,
    };
    if is_flat {
        let _ = writeln!(text, " {}", flat(node));
    } else {
        text.push('\n');
        block(node, indent + 2, text);
    }
}

fn push_indent(indent: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indent));
}

fn flat(node: &Node) -> String {
    match &node.kind {
        Kind::Text(own) => scalar_text(own),
        Kind::Sequence(_) => "[]".to_owned(),
        Kind::Mapping(_) => "{}".to_owned(),
        _ => node.to_json().to_string(),
    }
}

/// Plain where nothing in it means anything to YAML; in double quotes, escaped as JSON is, everywhere else.
fn scalar_text(own: &str) -> String {
    let is_plain = own.starts_with(|c: char| c.is_ascii_alphabetic())
        && own.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'))
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
        let value =
            json!({ "title": "a job: done", "steps": [{ "get": "/a", "times": 3 }, []], "none": null });
        insta::assert_snapshot!(emit(&node(&value)), @r#"
        title: "a job: done"
        steps:
          -
            get: "/a"
            times: 3
          - []
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
