//! Numbers, lists of things and the operating system's reasons in a sentence.

use std::io;

/// `1 case`, `3 cases`.
pub fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// The first few of a list, and how many more there are.
pub fn first_of(items: &[&str], shown: usize) -> String {
    let head = items[..items.len().min(shown)].join(", ");
    match items.len().saturating_sub(shown) {
        0 => head,
        more => format!("{head} and {more} more"),
    }
}

/// The operating system's words without its number: `too many open files`.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "0 cases")]
    #[case(1, "1 case")]
    #[case(2, "2 cases")]
    fn nouns_follow_their_number(#[case] number: usize, #[case] expected: &str) {
        assert_eq!(count(number, "case"), expected);
    }

    #[rstest]
    #[case(&[], "")]
    #[case(&["a", "b"], "a, b")]
    #[case(&["a", "b", "c", "d"], "a, b and 2 more")]
    fn long_lists_are_cut(#[case] items: &[&str], #[case] expected: &str) {
        assert_eq!(first_of(items, 2), expected);
    }
}
