//! Sizes as people write them (`8MiB`).

/// The units a size may be written with, in bytes.
const UNITS: [(&str, u64); 4] = [("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];

/// Reads a size: a whole number and a unit.
pub(super) fn parse(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (_, bytes) = UNITS.iter().find(|(unit, _)| *unit == &text[digits..])?;
    text[..digits].parse::<u64>().ok()?.checked_mul(*bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("8MiB", Some(8 << 20))]
    #[case("0B", Some(0))]
    #[case("1GiB", Some(1 << 30))]
    #[case("8", None)]
    #[case("8MB", None)]
    #[case("MiB", None)]
    #[case("99999999999GiB", None)]
    fn reads_a_number_and_a_binary_unit(#[case] text: &str, #[case] expected: Option<u64>) {
        assert_eq!(parse(text), expected);
    }
}
