//! What changed between a stored snapshot and the one taken now, line by line.

use similar::{ChangeTag, TextDiff};

/// Unified lines (`-` stored, `+` now, blank around), hunks apart by `…`.
pub fn lines(stored: &str, taken: &str) -> Vec<String> {
    let diff = TextDiff::from_lines(stored, taken);
    let mut lines = Vec::new();
    for group in diff.grouped_ops(CONTEXT) {
        if !lines.is_empty() {
            lines.push("…".to_owned());
        }
        for change in group.iter().flat_map(|operation| diff.iter_changes(operation)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            lines.push(format!("{sign} {}", change.value().trim_end()));
        }
    }
    lines
}

const CONTEXT: usize = 2;

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
}
