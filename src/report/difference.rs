//! What changed between a stored snapshot and the one taken now: line by line, and word by word within a changed line.

use similar::{ChangeTag, DiffOp, TextDiff};

use super::visible::harmless;

/// A line of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `-` stored, `+` now, a blank for both; `…` where lines are left out.
    pub sign: char,
    /// Its text in pieces, and whether each is what changed within the line.
    pub pieces: Vec<(bool, String)>,
}

/// Unified lines (`-` stored, `+` now, blank around), hunks apart by `…`.
pub fn lines(stored: &str, taken: &str) -> Vec<String> {
    let diff = TextDiff::from_lines(stored, taken);
    let hunks = hunks(&diff, CONTEXT, |operation| {
        diff.iter_changes(operation)
            .map(|change| (change.tag(), change.value().trim_end().to_owned()))
            .collect()
    });
    let line = |found: Option<(ChangeTag, String)>| match found {
        Some((tag, text)) => format!("{} {text}", sign(tag)),
        None => GAP.to_string(),
    };
    hunks.into_iter().map(line).collect()
}

/// The same for a terminal, with so many unchanged lines around each change, and with the changed words of changed lines.
pub fn marked(stored: &str, taken: &str, context: usize) -> Vec<Line> {
    let diff = TextDiff::from_lines(stored, taken);
    let hunks = hunks(&diff, context, |operation| {
        let changes = diff.iter_inline_changes(operation);
        changes.map(|change| (change.tag(), pieces(change.iter_strings_lossy()))).collect()
    });
    let line = |found: Option<(ChangeTag, Vec<(bool, String)>)>| match found {
        Some((tag, pieces)) => Line { sign: sign(tag), pieces },
        None => Line { sign: GAP, pieces: Vec::new() },
    };
    hunks.into_iter().map(line).collect()
}

const CONTEXT: usize = 2;
const GAP: char = '…';

/// The lines of every hunk; `None` between two of them.
fn hunks<'d, T>(
    diff: &TextDiff<'d, 'd, str>,
    context: usize,
    read: impl Fn(&DiffOp) -> Vec<(ChangeTag, T)>,
) -> Vec<Option<(ChangeTag, T)>> {
    let mut lines = Vec::new();
    for group in diff.grouped_ops(context) {
        if !lines.is_empty() {
            lines.push(None);
        }
        lines.extend(group.iter().flat_map(&read).map(Some));
    }
    lines
}

fn pieces<'t>(found: impl Iterator<Item = (bool, std::borrow::Cow<'t, str>)>) -> Vec<(bool, String)> {
    let plain = found.map(|(changed, text)| (changed, harmless(text.trim_end_matches('\n'), &[])));
    plain.filter(|(_, text)| !text.is_empty()).collect()
}

fn sign(tag: ChangeTag) -> char {
    match tag {
        ChangeTag::Delete => '-',
        ChangeTag::Insert => '+',
        ChangeTag::Equal => ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_went_and_what_came() {
        let stored = "a\nb\nc\nstatus: 200\n";
        let taken = "a\nb\nc\nstatus: 202\n";
        assert_eq!(lines(stored, taken), ["  b", "  c", "- status: 200", "+ status: 202"]);
        assert!(lines(stored, stored).is_empty());
    }

    #[test]
    fn hunks_stand_apart() {
        let (stored, taken) = ("a\n1\n2\n3\n4\n5\nb\n", "A\n1\n2\n3\n4\n5\nB\n");
        assert_eq!(lines(stored, taken), ["- a", "+ A", "  1", "  2", "…", "  4", "  5", "- b", "+ B"]);
    }

    #[test]
    fn only_the_words_that_changed_are_marked() {
        let found = marked("a\n\"priority\": \"MEDIUM\", x\n", "a\n\"priority\": \"LOW\", x\n", 1);
        let changed = |line: &Line| -> String {
            line.pieces.iter().filter(|(changed, _)| *changed).map(|(_, text)| text.as_str()).collect()
        };
        assert_eq!(found.iter().map(|line| line.sign).collect::<String>(), " -+");
        assert_eq!(found.iter().map(changed).collect::<Vec<_>>(), ["", "\"MEDIUM\",", "\"LOW\","]);
    }
}
