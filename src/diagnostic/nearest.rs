//! The known name that a misspelt one was probably meant to be.

/// The name nearest to `wrong` (Damerau–Levenshtein), if it is near enough to be meant.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = wrong.chars().count().div_ceil(3).max(1);
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&wrong.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("equal", Some("equals"))]
    #[case("Status", Some("status"))]
    #[case("matchse", Some("matches"))]
    #[case("zzzzzz", None)]
    fn finds_only_what_is_near(#[case] wrong: &str, #[case] expected: Option<&str>) {
        assert_eq!(nearest(wrong, ["equals", "status", "matches"]), expected);
    }
}
