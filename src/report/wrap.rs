//! Long lines broken for a terminal: what goes on stands below where its text began, and what is to be copied stays whole.

use anstream::adapter::strip_str;

/// Beyond this a second column is no label any more.
const WIDEST_LABEL: usize = 24;

/// How far a line without a label hangs.
const HANGING: usize = 2;

/// What people copy into a shell.
const COMMANDS: [&str; 2] = ["this request ", "this case "];

/// The text with every line broken that is longer than `width`.
pub fn wrapped(text: &str, width: usize) -> String {
    text.split_inclusive('\n').map(|line| broken(line, width)).collect()
}

fn broken(line: &str, width: usize) -> String {
    let plain = strip_str(line).to_string();
    if length(&plain) <= width || is_verbatim(&plain) {
        return line.to_owned();
    }
    let hang = hanging(&plain);
    let (mut text, mut column) = (String::new(), 0);
    for (spaces, word) in words(line) {
        let long = length(&strip_str(word).to_string());
        let is_too_far = column > hang && column + spaces + long > width;
        // A word that fits nowhere is not helped by a line of its own.
        if is_too_far && hang + long <= width {
            text.push('\n');
            text.extend(std::iter::repeat_n(' ', hang));
            column = hang + long;
        } else {
            text.extend(std::iter::repeat_n(' ', spaces));
            column += spaces + long;
        }
        text.push_str(word);
    }
    text
}

/// What stays with the number before it.
const UNITS: [&str; 2] = ["ms", "s"];

/// Words, each with the number of spaces before it; a number and its unit are one.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let word = rest.trim_start_matches(' ');
        let spaces = rest.len() - word.len();
        let first = word.find(' ').unwrap_or(word.len());
        let end = first + unit(&word[..first], &word[first..]);
        rest = &word[end..];
        (spaces + end > 0).then(|| (spaces, &word[..end]))
    })
}

/// How much of what follows a word is the unit that it counts.
fn unit(word: &str, rest: &str) -> usize {
    let Some(next) = rest.strip_prefix(' ').filter(|_| word.ends_with(|last: char| last.is_ascii_digit()))
    else {
        return 0;
    };
    let next = &next[..next.find(' ').unwrap_or(next.len())];
    let plain = strip_str(next).to_string();
    let is_unit = UNITS.contains(&plain.trim_end_matches(|last: char| !last.is_alphanumeric()));
    if is_unit { 1 + next.len() } else { 0 }
}

/// Where the rest of a line goes on: below the text behind its labels, or a little further in than it began.
fn hanging(plain: &str) -> usize {
    let indent = plain.len() - plain.trim_start_matches(' ').len();
    let mut column = 0;
    let mut hang = indent + HANGING;
    for (spaces, word) in words(plain) {
        column += spaces;
        if column > indent && column <= WIDEST_LABEL && spaces > 1 {
            hang = column;
        }
        column += length(word);
    }
    hang
}

/// Excerpts have carets below them, and commands are copied.
fn is_verbatim(plain: &str) -> bool {
    let text = plain.trim_start();
    let behind_number = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    COMMANDS.iter().any(|command| text.starts_with(command)) || behind_number.starts_with(" | ")
}

fn length(text: &str) -> usize {
    text.trim_end_matches('\n').chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::short("  a b\n", "  a b\n")]
    #[case::prose("  one two three four five\n", "  one two three four\n    five\n")]
    #[case::label("    at  one two three four\n", "    at  one two\n        three four\n")]
    #[case::two_labels("  >  +5 s  one two three\n", "  >  +5 s  one two\n           three\n")]
    #[case::long_word(
        "  see http://a/very/long/path/indeed now\n",
        "  see http://a/very/long/path/indeed\n    now\n"
    )]
    #[case::command("    this case     orchspec run a/b/c/d\n", "    this case     orchspec run a/b/c/d\n")]
    #[case::excerpt("      12 |   - status: { equal: 202 }\n", "      12 |   - status: { equal: 202 }\n")]
    #[case::colour(
        "\u{1b}[1m  one two three four five\u{1b}[0m\n",
        "\u{1b}[1m  one two three four\n    five\u{1b}[0m\n"
    )]
    #[case::unit("  one two three 12 ms.\n", "  one two three\n    12 ms.\n")]
    #[case::no_unit("  one two three 12 seals\n", "  one two three 12\n    seals\n")]
    #[case::no_newline("one two three four five", "one two three four\n  five")]
    fn lines_are_broken_between_words(#[case] line: &str, #[case] expected: &str) {
        assert_eq!(wrapped(line, 20), expected);
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost(text in "[a-z |>0-9\n]{0,120}", width in 10_usize..60) {
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
            proptest::prop_assert_eq!(words(&wrapped(&text, width)), words(&text));
        }
    }
}
