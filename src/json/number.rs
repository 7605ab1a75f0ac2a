//! The order of JSON numbers, exact for whole ones, and which of them are kept as they were written.

use std::cmp::Ordering;

use serde_json::{Number, Value};

/// Which of two numbers is greater, whichever way they are written.
pub fn compare_numbers(left: &Number, right: &Number) -> Ordering {
    match (whole(left), whole(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => float(left).total_cmp(&float(right)),
    }
}

fn whole(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

/// Adding zero makes `-0.0` equal to `0.0`.
fn float(number: &Number) -> f64 {
    number.as_f64().unwrap_or(f64::NAN) + 0.0
}

/// Whether every number of a value says what its text said: whole numbers beyond 64 bits are kept rounded.
pub fn is_exact(value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|own| own.abs() < BEYOND)
        }
        Value::Array(items) => items.iter().all(is_exact),
        Value::Object(members) => members.values().all(is_exact),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

/// From here on, 2^63, a number that is not whole to the reader may have been to the writer.
const BEYOND: f64 = 9_223_372_036_854_775_808.0;

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("1", "1.0", Ordering::Equal)]
    #[case("-1", "18446744073709551615", Ordering::Less)]
    #[case("9007199254740993", "9007199254740992", Ordering::Greater)]
    #[case("-0.0", "0", Ordering::Equal)]
    #[case("1.5", "1", Ordering::Greater)]
    fn numbers_have_an_order(#[case] left: &str, #[case] right: &str, #[case] expected: Ordering) {
        let number = |text: &str| serde_json::from_str::<Number>(text).unwrap();
        assert_eq!(compare_numbers(&number(left), &number(right)), expected);
    }

    #[rstest]
    #[case("18446744073709551615", true)]
    #[case("-9223372036854775808", true)]
    #[case("0.1", true)]
    #[case("{\"id\": [18446744073709551616]}", false)]
    #[case("-18446744073709551616", false)]
    fn what_is_rounded_is_not_exact(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(is_exact(&serde_json::from_str(text).unwrap()), expected);
    }
}
