//! Sizes as people write them (`8MiB`).

/// The units a size may be written with, in bytes.
const UNITS: [(&str, u64); 4] = [("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];

/// Reads a size: a whole number and a unit.
pub fn parse_size(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (_, bytes) = UNITS.iter().find(|(unit, _)| *unit == &text[digits..])?;
    text[..digits].parse::<u64>().ok()?.checked_mul(*bytes)
}

/// What a size looks like, as a regular expression for editors.
pub fn size_pattern() -> String {
    format!("^[0-9]+(?:{})$", UNITS.map(|(unit, _)| unit).join("|"))
}

/// Writes a size the way it is read, in the largest unit of which it is a whole number.
pub fn format_size(bytes: u64) -> String {
    let whole = |(_, size): &&(&str, u64)| bytes > 0 && bytes.is_multiple_of(*size);
    let (unit, size) = UNITS.iter().rev().find(whole).unwrap_or(&UNITS[0]);
    format!("{}{unit}", bytes / size)
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
        assert_eq!(parse_size(text), expected);
    }

    #[rstest]
    #[case(0, "0B")]
    #[case(1023, "1023B")]
    #[case(64 << 10, "64KiB")]
    #[case(1 << 30, "1GiB")]
    fn writes_what_it_reads(#[case] bytes: u64, #[case] expected: &str) {
        assert_eq!((format_size(bytes).as_str(), parse_size(expected)), (expected, Some(bytes)));
    }
}
