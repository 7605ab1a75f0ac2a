//! Sentences of the registry, in which names of the protocol stand between backticks.

/// A part of a sentence, and whether it is a name.
pub(in crate::report) struct Part<'a> {
    pub(in crate::report) text: &'a str,
    pub(in crate::report) is_name: bool,
}

/// The parts of a sentence in order; a backtick without another stays as it is.
pub(in crate::report) fn parts(sentence: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = sentence;
    while let Some((before, name, after)) = split(rest) {
        parts.push(Part { text: before, is_name: false });
        parts.push(Part { text: name, is_name: true });
        rest = after;
    }
    parts.push(Part { text: rest, is_name: false });
    parts.retain(|part| !part.text.is_empty());
    parts
}

fn split(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (name, after) = rest.split_once('`')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("plain", &[("plain", false)])]
    #[case("in `Location`, or not", &[("in ", false), ("Location", true), (", or not", false)])]
    #[case("`id` alone", &[("id", true), (" alone", false)])]
    #[case("one ` only", &[("one ` only", false)])]
    #[case("", &[])]
    fn names_are_told_from_words(#[case] sentence: &str, #[case] expected: &[(&str, bool)]) {
        let found: Vec<_> = parts(sentence).iter().map(|part| (part.text, part.is_name)).collect();
        assert_eq!(found, expected);
    }
}
