//! The matchers, one file and one line of [`MATCHERS`] each: what a value must be like.
//!
//! A matcher is written as a value (equal), a list (one of) or a mapping of matchers that must all hold. None of them
//! holds for a value that is absent unless it says so.

mod at;
mod at_least;
mod at_most;
mod contains;
mod each;
pub(super) mod equals;
mod has;
pub(super) mod r#in;
mod instant;
mod is;
mod json_string;
mod length;
mod less_than;
mod matches;
mod more_than;
mod not_equals;
mod not_in;
mod optional;
mod schema;

use std::fmt::Debug;

use serde_json::Value as Json;

use super::block::Compiler;
use super::subject::{Found, Scope, Subject};
use crate::source::Span;
use crate::yaml::{Key, Node, Shape, Value};

/// Something that a value must be like.
pub(super) trait Matcher: Debug + Send + Sync {
    /// Looks at a subject and says where it is not like that.
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found;

    /// Every name it uses.
    fn names(&self) -> Vec<(&str, Span)>;

    /// The one value that it accepts, if there is only one and it is always the same.
    fn constant(&self) -> Option<&Json> {
        None
    }
}

/// One matcher, as scenarios write it.
#[derive(Debug)]
pub struct MatcherDefinition {
    /// The word.
    pub name: &'static str,
    /// What it demands, one sentence.
    pub doc: &'static str,
    /// What could stand behind it, as YAML.
    pub example: &'static str,
    /// What may stand behind it.
    pub value: Value,
    pub(super) compile: fn(&Node, &mut Compiler<'_>) -> Option<Box<dyn Matcher>>,
}

impl MatcherDefinition {
    /// The example, as a mapping of this matcher.
    pub fn written(&self) -> String {
        format!("{{ {}: {} }}", self.name, self.example)
    }
}

/// Every matcher there is.
pub const MATCHERS: &[MatcherDefinition] = &[
    equals::DEFINITION,
    not_equals::DEFINITION,
    r#in::DEFINITION,
    not_in::DEFINITION,
    is::DEFINITION,
    matches::DEFINITION,
    contains::DEFINITION,
    at_least::DEFINITION,
    at_most::DEFINITION,
    more_than::DEFINITION,
    less_than::DEFINITION,
    has::DEFINITION,
    length::DEFINITION,
    json_string::DEFINITION,
    at::DEFINITION,
    optional::DEFINITION,
    schema::DEFINITION,
    each::DEFINITION,
    instant::DEFINITION,
];

const KEYS: [Key; MATCHERS.len()] = keys(&[]);

/// A mapping of matchers.
pub static SHAPE: Shape = Shape {
    name: "a mapping of matchers",
    doc: "What a value must be like; all of it must hold.",
    keys: &KEYS,
};

/// What may stand wherever a value is judged: the value itself, a list of possible ones, or matchers.
pub const ARGUMENT: Value = Value::AnyOf(&[Value::Scalar, Value::Null, Value::List(&Value::Any), MAPPING]);

/// A mapping of matchers, wherever one stands.
pub const MAPPING: Value = Value::Recursive(shape);

fn shape() -> &'static Shape {
    &SHAPE
}

/// The keys of a table and then one for each matcher, so that no list of matchers is written twice.
pub(super) const fn keys<const N: usize>(table: &[Key]) -> [Key; N] {
    let mut keys = [const { Key::optional("", Value::Any, "") }; N];
    let mut at = 0;
    while at < N {
        keys[at] = if at < table.len() {
            table[at]
        } else {
            let matcher = &MATCHERS[at - table.len()];
            Key::optional(matcher.name, matcher.value, matcher.doc).like(matcher.example)
        };
        at += 1;
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::conjunction::Matchers;
    use crate::check::sample::{compile, look_at, refuse, snapshot};
    use crate::check::{block, condition};
    use crate::yaml::Kind;

    #[test]
    fn every_example_is_a_mapping_of_its_matcher() {
        for known in MATCHERS {
            let (keys, mistakes) =
                compile(&known.written().replace("elma/task", "tst/job"), |node, compiler| {
                    Matchers::compile(node, compiler);
                    yaml_keys(node)
                });
            assert_eq!((keys, mistakes), (vec![known.name.to_owned()], String::new()));
        }
    }

    fn yaml_keys(node: &Node) -> Vec<String> {
        let Kind::Mapping(entries) = &node.kind else { return Vec::new() };
        entries.iter().map(|(name, _)| name.value.clone()).collect()
    }

    /// Otherwise a server that says nothing could pass.
    #[test]
    fn nothing_holds_where_nothing_can_be_looked_at() {
        for matcher in EVERY_KIND {
            let found = look_at(matcher, Subject::Hidden("no answer"));
            assert!(found.ends_with("actual no answer"), "{matcher}: {found}");
        }
    }

    #[test]
    fn what_is_absent_holds_only_where_that_is_said() {
        for matcher in EVERY_KIND {
            let said = ["absent", "optional"].iter().any(|word| matcher.contains(word));
            assert_eq!(look_at(matcher, Subject::Absent).is_empty(), said, "{matcher}");
        }
    }

    const EVERY_KIND: [&str; 19] = [
        "1",
        "[1, 2]",
        "{ equals: { a: 1 } }",
        "{ not_equals: 1 }",
        "{ not_in: [1] }",
        "{ is: absent }",
        "{ is: present }",
        "{ matches: a }",
        "{ at_least: 1 }",
        "{ at_most: 1s }",
        "{ has: a }",
        "{ has: { a: 1 } }",
        "{ length: 0 }",
        "{ json_string: { is: present } }",
        "{ at: { /a: { is: present } } }",
        "{ optional: { is: text } }",
        "{ schema: tst/job }",
        "{ each: { is: text } }",
        "{ instant: { not_before: 2024-01-15T12:00:00Z } }",
    ];

    #[test]
    fn a_duration_is_compared_as_one() {
        let held = Subject::Duration(std::time::Duration::from_secs(24));
        assert_eq!(look_at("{ at_least: 20s, at_most: 1m }", held), "");
        assert_eq!(look_at("{ at_least: 25s }", held), ": expected at least 25s, actual 24s");
        assert_eq!(look_at("{ at_most: \"${{ lag + 1s }}\" }", held), ": expected at most 3s, actual 24s");
        assert_eq!(look_at("24s", held), "");
    }

    #[test]
    fn no_word_means_two_things() {
        let shapes =
            [&SHAPE, &condition::SHAPE, &block::SHAPE, &block::PENDING_SHAPE, &condition::BODY_SHAPE];
        for shape in shapes {
            let mut names: Vec<&str> = shape.keys.iter().map(|key| key.name).collect();
            names.sort_unstable();
            let count = names.len();
            names.dedup();
            assert_eq!(names.len(), count, "{}", shape.name);
            assert!(names.iter().all(|name| !name.is_empty()), "{}", shape.name);
        }
    }

    #[test]
    fn unknown_words_are_named() {
        snapshot("matchers", &refuse(&["{ equal: 202 }", "{ zzzzzzzzzz: 1 }", "{}"]));
    }
}
