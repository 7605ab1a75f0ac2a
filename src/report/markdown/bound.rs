//! A page of bounded size: what does not fit is left out whole, and a sentence at the end says what.

use crate::outcome::phrase;

/// A part of the page: what it is called where it is left out, and its text.
pub(super) struct Section {
    /// One of several of its kind: `violation`.
    pub kind: &'static str,
    /// What it says; nothing if it is empty.
    pub text: String,
}

/// The sections in order, as many as fit, an empty line between two.
pub(super) fn page(sections: &[Section], limit: usize) -> String {
    let room = limit.saturating_sub(LONGEST_SENTENCE);
    let (mut text, mut cut) = (String::new(), Vec::new());
    for section in sections.iter().filter(|section| !section.text.is_empty()) {
        let own = section.text.trim_end();
        if text.len() + own.len() + 2 > room {
            cut.push(section.kind);
            continue;
        }
        text.push_str(own);
        text.push_str("\n\n");
    }
    text.push_str(&sentence(cut));
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// How much room the last sentence may need.
const LONGEST_SENTENCE: usize = 512;

fn sentence(mut cut: Vec<&'static str>) -> String {
    if cut.is_empty() {
        return String::new();
    }
    let number = |kind: &&'static str, cut: &[&str]| cut.iter().filter(|other| *other == kind).count();
    let all = cut.clone();
    cut.dedup();
    let parts: Vec<String> = cut.iter().map(|kind| phrase::count(number(kind, &all), kind)).collect();
    format!(
        "Left out, because this page would be too long: {}. The JSON report has everything.",
        parts.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(kind: &'static str, length: usize) -> Section {
        Section { kind, text: "x".repeat(length) }
    }

    #[test]
    fn what_does_not_fit_is_counted_and_what_follows_may_still_fit() {
        let sections = vec![
            section("violation", 100),
            section("violation", 400),
            section("violation", 400),
            section("table", 9),
        ];
        let page = page(&sections, 700);
        assert!(page.len() <= 700);
        let parts: Vec<usize> = page.split("\n\n").map(str::len).collect();
        assert_eq!(parts[..2], [100, 9]);
        assert!(page.ends_with(
            "Left out, because this page would be too long: 2 violations. The JSON report has everything.\n"
        ));
    }

    #[test]
    fn a_page_that_fits_says_nothing_of_it() {
        assert_eq!(page(&[section("table", 3), section("table", 0)], 1_000), "xxx\n");
    }
}
