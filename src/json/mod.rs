//! JSON values: places in them, and where two of them differ; knows nothing of who compares and why.

mod difference;
mod limit;
mod number;
mod pointer;
mod text;

pub use difference::{Difference, Extent, differences};
pub use limit::limit;
pub use number::{compare_numbers, is_exact};
pub use pointer::{Pointer, escape};
pub use text::shorten;

use serde_json::Value;

/// Whether two values say the same: `1` is `1.0`, and the order of an object's members says nothing.
pub fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => compare_numbers(left, right).is_eq(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, left)| right.get(name).is_some_and(|right| equal(left, right)))
        }
        _ => left == right,
    }
}

/// Whether `whole` has every member that `part` has, at any depth of objects; everything else must be equal.
pub fn covers(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(name, part)| whole.get(name).is_some_and(|whole| covers(whole, part)))
        }
        _ => equal(whole, part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case(json!(1), json!(1.0), true)]
    #[case(json!(1), json!("1"), false)]
    #[case(json!({"a": 1, "b": 2}), json!({"b": 2, "a": 1}), true)]
    #[case(json!({"a": 1}), json!({"a": 1, "b": 2}), false)]
    #[case(json!([1, 2]), json!([2, 1]), false)]
    #[case(json!(9_007_199_254_740_993_u64), json!(9_007_199_254_740_992_u64), false)]
    #[case(json!(null), json!(false), false)]
    fn equality_is_of_meaning(#[case] left: Value, #[case] right: Value, #[case] expected: bool) {
        assert_eq!(equal(&left, &right), expected);
        assert_eq!(equal(&right, &left), expected);
    }

    #[rstest]
    #[case(json!({"a": {"b": 1, "c": 2}}), json!({"a": {"b": 1}}), true)]
    #[case(json!({"a": 1}), json!({"a": 1, "b": null}), false)]
    #[case(json!({"a": [1, 2]}), json!({"a": [1]}), false)]
    fn a_part_may_leave_out_members(#[case] whole: Value, #[case] part: Value, #[case] expected: bool) {
        assert_eq!(covers(&whole, &part), expected);
    }
}
