//! Whether what stands behind each word of a request is of the kind that its table says, before anything is sent.

use crate::clock::parse_duration;
use crate::diagnostic::Diagnostic;
use crate::yaml::{Fields, Kind, Node, Shape, Value, wrong_type};

/// Reports every word with something behind it that could never be used; what an expression comes to is seen later.
pub fn check_kinds(words: &Node, shape: &'static Shape, diagnostics: &mut Vec<Diagnostic>) {
    let Kind::Mapping(entries) = &words.kind else { return };
    for (name, node) in entries {
        let Some(key) = shape.keys.iter().find(|key| key.name == name.value) else { continue };
        let before = diagnostics.len();
        check_kind(node, key.value, diagnostics);
        let is_content = name.value == "body" && shape.keys.iter().any(|key| key.name == "json");
        for mistake in diagnostics[before..].iter_mut().filter(|_| is_content) {
            mistake.help.push("for a body that is JSON write `json` in place of `body`".to_owned());
        }
    }
}

/// Checks what stands at a key, and everything in it.
fn check_kind(node: &Node, wanted: Value, diagnostics: &mut Vec<Diagnostic>) {
    if is_expression(node) {
        return;
    }
    if !is_kind(node, wanted) {
        diagnostics.push(wrong_type(node, &described(wanted)));
        return;
    }
    match (wanted, &node.kind) {
        (Value::OneOrMore(one) | Value::List(one), Kind::Sequence(items)) => {
            for item in items {
                check_kind(item, *one, diagnostics);
            }
        }
        (Value::Map(one), Kind::Mapping(entries)) => {
            for (_, value) in entries {
                check_kind(value, *one, diagnostics);
            }
        }
        (Value::Object(shape), _) => {
            Fields::open(node, shape, diagnostics);
            check_kinds(node, shape, diagnostics);
        }
        (Value::AnyOf(several), _) => {
            if let Some(one) = several.iter().find(|one| is_kind(node, **one)) {
                check_kind(node, *one, diagnostics);
            }
        }
        _ => {}
    }
}

/// Whether the text holds an expression, so that what it comes to is known only when the request is sent.
fn is_expression(node: &Node) -> bool {
    node.as_text().is_some_and(|text| text.contains("${{"))
}

/// Whether a node is of a kind, as far as it shows from outside.
fn is_kind(node: &Node, wanted: Value) -> bool {
    match wanted {
        Value::Text | Value::Size | Value::Choice(_) => node.as_text().is_some(),
        Value::Expression => is_expression(node),
        Value::Duration => node.as_text().is_some_and(|text| parse_duration(text).is_some()),
        Value::Integer | Value::Between(..) => matches!(node.kind, Kind::Integer(_)),
        Value::Bool => matches!(node.kind, Kind::Bool(_)),
        Value::Scalar => !matches!(node.kind, Kind::Mapping(_) | Kind::Sequence(_)),
        Value::List(_) => matches!(node.kind, Kind::Sequence(_)),
        Value::Map(_) | Value::Object(_) | Value::Recursive(_) => matches!(node.kind, Kind::Mapping(_)),
        Value::OneOrMore(one) => matches!(node.kind, Kind::Sequence(_)) || is_kind(node, *one),
        Value::AnyOf(several) => several.iter().any(|one| is_kind(node, *one)),
        Value::Any => true,
        Value::Null => matches!(node.kind, Kind::Null),
    }
}

fn described(wanted: Value) -> String {
    match wanted {
        Value::Text => "text".to_owned(),
        Value::Duration => "a duration such as `100ms`".to_owned(),
        Value::Choice(words) => format!("one of {}", words.join(", ")),
        Value::Integer | Value::Between(..) => "a whole number".to_owned(),
        Value::Size => "a size such as `8MiB`".to_owned(),
        Value::Expression => "an expression".to_owned(),
        Value::Bool => "`yes` or `no`".to_owned(),
        Value::Scalar => "text, a number or a truth value".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) | Value::Object(_) | Value::Recursive(_) => "a mapping".to_owned(),
        Value::OneOrMore(one) => format!("{} or a list", described(*one)),
        Value::AnyOf(several) => {
            // An expression is welcome everywhere.
            let told = several.iter().filter(|one| !matches!(one, Value::Expression));
            told.map(|one| described(*one)).collect::<Vec<_>>().join(" or ")
        }
        Value::Any => "anything".to_owned(),
        Value::Null => "nothing".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::render;
    use crate::profile::find;
    use crate::source::SourceMap;

    fn told(words: &str) -> String {
        let mut sources = SourceMap::default();
        let source = sources.add("a.yaml", words);
        let mut diagnostics = Vec::new();
        let node = crate::yaml::parse(source, words, &mut diagnostics).unwrap();
        check_kinds(&node, find("http").unwrap().request_shape(), &mut diagnostics);
        diagnostics
            .iter()
            .map(|diagnostic| render(diagnostic, &sources, false))
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn what_could_never_be_sent_is_told_before_anything_is() {
        insta::assert_snapshot!(told(
            "{ post: [/jobs], body: { a: 1 }, headers: x, query: \"${{ all }}\", hold: [1s], file: { name: a } }"
        ), @r#"
        error[wrong-type]: expected text, found a list
         --> a.yaml:1:9
          |
        1 | { post: [/jobs], body: { a: 1 }, headers: x, query: "${{ all }}", hold: [1s], file: { name: a } }
          |         ^^^^^^^
        error[wrong-type]: expected text, found a mapping
         --> a.yaml:1:24
          |
        1 | { post: [/jobs], body: { a: 1 }, headers: x, query: "${{ all }}", hold: [1s], file: { name: a } }
          |                        ^^^^^^^^
          |
          = help: for a body that is JSON write `json` in place of `body`
        error[wrong-type]: expected a mapping, found "x"
         --> a.yaml:1:43
          |
        1 | { post: [/jobs], body: { a: 1 }, headers: x, query: "${{ all }}", hold: [1s], file: { name: a } }
          |                                           ^
        error[wrong-type]: expected a duration such as `100ms`, found a list
         --> a.yaml:1:73
          |
        1 | { post: [/jobs], body: { a: 1 }, headers: x, query: "${{ all }}", hold: [1s], file: { name: a } }
          |                                                                         ^^^^
        "#);
    }

    #[test]
    fn what_is_right_is_left_alone() {
        let words = "{ post: /jobs, json: [1], headers: { a: 1 }, hold: \"${{ target.poll }}\", file: a }";
        assert_eq!(told(words), "");
    }
}
