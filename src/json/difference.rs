//! The first places at which a value is not what was expected.

use serde_json::{Map, Value};

use super::{equal, escape};

/// More differences than this say no more than that everything is different.
const MOST: usize = 5;

/// How much of a value was written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// A part: objects may have more members, at any depth.
    Part,
}

/// One place at which two values differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference<'a> {
    /// The place, as a JSON Pointer.
    pub pointer: String,
    /// What should be there; `None`: nothing.
    pub expected: Option<&'a Value>,
    /// What is there; `None`: nothing.
    pub actual: Option<&'a Value>,
}

/// The first few places at which `actual` is not `expected`; none if it is.
pub fn differences<'a>(expected: &'a Value, actual: &'a Value, extent: Extent) -> Vec<Difference<'a>> {
    let mut search = Search { extent, found: Vec::new() };
    search.values(&mut String::new(), expected, actual);
    search.found
}

struct Search<'a> {
    extent: Extent,
    found: Vec<Difference<'a>>,
}

impl<'a> Search<'a> {
    fn values(&mut self, place: &mut String, expected: &'a Value, actual: &'a Value) {
        match (expected, actual) {
            (Value::Object(expected), Value::Object(actual)) => self.objects(place, expected, actual),
            (Value::Array(expected), Value::Array(actual)) if self.extent == Extent::Whole => {
                self.lists(place, expected, actual);
            }
            _ if equal(expected, actual) => {}
            _ => self.report(place, Some(expected), Some(actual)),
        }
    }

    fn objects(
        &mut self,
        place: &mut String,
        expected: &'a Map<String, Value>,
        actual: &'a Map<String, Value>,
    ) {
        for (name, value) in expected {
            self.below(place, name, Some(value), actual.get(name));
        }
        if self.extent == Extent::Whole {
            for (name, value) in actual.iter().filter(|(name, _)| !expected.contains_key(*name)) {
                self.below(place, name, None, Some(value));
            }
        }
    }

    fn lists(&mut self, place: &mut String, expected: &'a [Value], actual: &'a [Value]) {
        for index in 0..expected.len().max(actual.len()) {
            self.below(place, &index.to_string(), expected.get(index), actual.get(index));
        }
    }

    fn below(
        &mut self,
        place: &mut String,
        token: &str,
        expected: Option<&'a Value>,
        actual: Option<&'a Value>,
    ) {
        let length = place.len();
        place.push('/');
        place.push_str(&escape(token));
        match (expected, actual) {
            (Some(expected), Some(actual)) => self.values(place, expected, actual),
            _ => self.report(place, expected, actual),
        }
        place.truncate(length);
    }

    fn report(&mut self, place: &str, expected: Option<&'a Value>, actual: Option<&'a Value>) {
        if self.found.len() < MOST {
            self.found.push(Difference { pointer: place.to_owned(), expected, actual });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case(Extent::Whole, json!({"a": [1, 2], "b": 1}), json!({"b": 1.0, "a": [1, 2]}), &[])]
    #[case(Extent::Whole, json!({"a": [1, 2]}), json!({"a": [1, 3, 4], "c": 0}), &["/a/1", "/a/2", "/c"])]
    #[case(Extent::Part, json!({"a": {"b": 1}}), json!({"a": {"b": 2, "c": 0}, "d": 0}), &["/a/b"])]
    #[case(Extent::Part, json!({"a": [1]}), json!({"a": [1, 2]}), &["/a"])]
    #[case(Extent::Part, json!({"x/y": 1}), json!({}), &["/x~1y"])]
    #[case(Extent::Whole, json!(3), json!("3"), &[""])]
    fn names_the_places(
        #[case] extent: Extent,
        #[case] expected: Value,
        #[case] actual: Value,
        #[case] places: &[&str],
    ) {
        let found = differences(&expected, &actual, extent);
        assert_eq!(found.iter().map(|found| found.pointer.as_str()).collect::<Vec<_>>(), places);
    }

    #[test]
    fn there_is_an_end_to_it() {
        let expected: Value = (0..100).collect();
        let actual: Value = (1..101).collect();
        assert_eq!(differences(&expected, &actual, Extent::Whole).len(), MOST);
    }

    proptest::proptest! {
        #[test]
        fn a_difference_is_found_exactly_where_values_are_not_equal(left in 0_i64..3, right in 0_i64..3, deep: bool) {
            let wrap = |value: i64| if deep { json!({"a": [value]}) } else { json!(value) };
            let (left, right) = (wrap(left), wrap(right));
            proptest::prop_assert_eq!(differences(&left, &right, Extent::Whole).is_empty(), equal(&left, &right));
        }
    }
}
