//! One snapshot as a file, in insta's format: a head between fences, and the text. Knows nothing of folders.

use std::path::Path;

const FENCE: &str = "---\n";

/// A kept answer, or a proposed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The file of the scenario that takes it, as its head says.
    pub(crate) source: String,
    /// What was answered.
    pub(crate) content: String,
}

impl Kept {
    /// Whether a scenario took it: a Rust project keeps those of its tests in the same form.
    pub(crate) fn is_of_a_scenario(&self) -> bool {
        Path::new(&self.source).extension().is_some_and(|extension| extension == "yaml")
    }
}

/// The text of a file.
pub(super) fn write(name: &str, source: &str, content: &str) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let expression = name.rsplit('/').next().unwrap_or(name);
    format!(
        "{FENCE}source: {}\nexpression: {}\n{FENCE}{}\n",
        quoted(source),
        quoted(expression),
        content.trim_end()
    )
}

/// Reads a file, whatever else insta has put into its head; the error says what is wrong with it.
pub(super) fn read(bytes: &[u8]) -> Result<Kept, &'static str> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is no text in UTF-8")?;
    // Version control may have changed the ends of lines.
    let text = text.replace("\r\n", "\n");
    let rest = text.strip_prefix(FENCE).ok_or("it does not begin with a line `---`")?;
    let (head, content) = match rest.strip_prefix(FENCE) {
        Some(content) => ("", content),
        None => rest.split_once("\n---\n").ok_or("its head does not end with a line `---`")?,
    };
    Ok(Kept { source: source(head), content: content.trim_end().to_owned() })
}

fn source(head: &str) -> String {
    let value = head.lines().find_map(|line| line.strip_prefix("source:")).unwrap_or_default().trim();
    serde_json::from_str(value).unwrap_or_else(|_| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn what_is_written_is_read_again() {
        let text = write(
            "uipath/async/completes/output",
            "scenarios/uipath/async/completes.yaml",
            "a: 1\n---\nb: 2\n",
        );
        let kept = read(text.as_bytes()).unwrap();
        assert_eq!(kept.content, "a: 1\n---\nb: 2");
        assert_eq!(kept.source, "scenarios/uipath/async/completes.yaml");
    }

    #[rstest]
    #[case::of_insta(
        "---\nsource: tests/it/a.rs\nassertion_line: 7\ndescription: \"a --- b\"\ninfo:\n  a: 1\n---\nx: 1\n",
        "tests/it/a.rs"
    )]
    #[case::other_ends("---\r\nsource: \"scenarios/a.yaml\"\r\n---\r\nx: 1\r\n", "scenarios/a.yaml")]
    #[case::an_empty_head("---\n---\nx: 1\n", "")]
    fn a_head_may_hold_more_or_less(#[case] text: &str, #[case] source: &str) {
        assert_eq!(read(text.as_bytes()), Ok(Kept { source: source.to_owned(), content: "x: 1".to_owned() }));
    }

    #[rstest]
    #[case::empty(b"", "it does not begin with a line `---`")]
    #[case::conflict(b"<<<<<<< HEAD\n---\nsource: a\n---\nx\n", "it does not begin with a line `---`")]
    #[case::half(b"---\nsource: a\n", "its head does not end with a line `---`")]
    #[case::binary(b"\x89PNG\r\n", "it is no text in UTF-8")]
    fn what_is_damaged_says_so(#[case] bytes: &[u8], #[case] reason: &str) {
        assert_eq!(read(bytes), Err(reason));
    }
}
