//! Texts that Markdown and HTML must take as they are: what servers and scenarios say may format, link and mention nothing.

use std::fmt::Write;

use crate::report::visible;

/// A text in a line: every sign that could mean something is written as its number.
pub(in crate::report) fn text(words: &str) -> String {
    let words = one_line(words);
    let mut line = String::with_capacity(words.len());
    for (index, character) in words.char_indices() {
        if is_active(character, &words[index..]) {
            _ = write!(line, "&#{};", u32::from(character));
        } else {
            line.push(character);
        }
    }
    line
}

/// A text in a line that is shown letter by letter; it may stand in a table, which a bar would divide.
pub(in crate::report) fn code(words: &str) -> String {
    let line = one_line(words);
    if line.contains('|') || line.trim().is_empty() {
        return format!("<code>{}</code>", text(&line));
    }
    let quote = "`".repeat(longest_run(&line) + 1);
    let space = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{quote}{space}{line}{space}{quote}")
}

/// Lines that are shown as they are, in a fence that is longer than any in them.
pub(in crate::report) fn block(language: &str, lines: &str) -> String {
    let lines = visible::harmless(lines, &[]);
    let fence = "`".repeat(longest_run(&lines).max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n", lines.trim_end())
}

/// What stands folded behind a line; the line is HTML.
pub(in crate::report) fn folded(summary: &str, content: &str) -> String {
    format!("<details><summary>{summary}</summary>\n\n{}\n\n</details>\n", content.trim_end())
}

/// Punctuation that Markdown reads anywhere in a line; a colon and a `w` only where they make a link.
fn is_active(character: char, rest: &str) -> bool {
    match character {
        ':' => rest.starts_with("://"),
        'w' | 'W' => rest.get(..4).is_some_and(|rest| rest.eq_ignore_ascii_case("www.")),
        _ => "&<>`*_~[]|\\@#$!".contains(character),
    }
}

fn one_line(words: &str) -> String {
    let harmless = visible::harmless(words, &[]);
    harmless.split(['\n', '\t']).map(str::trim_end).collect::<Vec<_>>().join(" ")
}

fn longest_run(lines: &str) -> usize {
    lines.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("plain, 200 (HTTP): fine", "plain, 200 (HTTP): fine")]
    #[case("<img src=x>", "&#60;img src=x&#62;")]
    #[case("a|b\\|c", "a&#124;b&#92;&#124;c")]
    #[case("`code` **bold** [a](b)", "&#96;code&#96; &#42;&#42;bold&#42;&#42; &#91;a&#93;(b)")]
    #[case("one\n# two\n\n- three", "one &#35; two  - three")]
    #[case("@team #1 &amp;", "&#64;team &#35;1 &#38;amp;")]
    #[case("www.a.example", "&#119;ww.a.example")]
    #[case("\u{1b}[2J", "&#92;u{1b}&#91;2J")]
    fn nothing_in_a_line_means_anything(#[case] words: &str, #[case] expected: &str) {
        assert_eq!(text(words), expected);
    }

    #[test]
    fn an_address_is_no_link() {
        assert_eq!(text("http://a"), "http&#58;//a");
    }

    #[rstest]
    #[case("a < b", "`a < b`")]
    #[case("`a``", "``` `a`` ```")]
    #[case("a | `b`", "<code>a &#124; &#96;b&#96;</code>")]
    #[case("one\ntwo", "`one two`")]
    fn code_ends_where_it_is_meant_to(#[case] words: &str, #[case] expected: &str) {
        assert_eq!(code(words), expected);
    }

    #[rstest]
    #[case("plain", "```text\nplain\n```\n")]
    #[case("```\n````js", "`````text\n```\n````js\n`````\n")]
    fn a_fence_cannot_be_closed_from_inside(#[case] lines: &str, #[case] expected: &str) {
        assert_eq!(block("text", lines), expected);
    }
}
