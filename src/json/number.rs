//! The order of JSON numbers, exact for whole ones.

use std::cmp::Ordering;

use serde_json::Number;

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
}
